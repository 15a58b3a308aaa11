package io.integrationapi.domain.access;

/**
 * The {@code _userId} of an integrator.io account: 1 to {@value #MAX_LENGTH} characters.
 *
 * @param value never empty
 */
public record AccountId(String value) {
  /** The longest id, in characters; DynamoDB allows 2,048 bytes for a partition key. */
  public static final int MAX_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if the value is empty or too long
   */
  public AccountId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("an account's id has 1 to 200 characters");
    }
  }

  /** Whether an account can have that id. */
  public static boolean isValid(String text) {
    return !text.isEmpty() && text.length() <= MAX_LENGTH;
  }

  @Override
  public String toString() {
    return value;
  }
}
