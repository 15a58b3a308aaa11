package io.integrationapi.domain;

/**
 * The {@code _userId} of an integrator.io account.
 *
 * @param value never empty
 */
public record AccountId(String value) {
  /**
   * @throws IllegalArgumentException if the value is empty
   */
  public AccountId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an account's id is empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
