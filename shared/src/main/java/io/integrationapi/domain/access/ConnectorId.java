package io.integrationapi.domain.access;

/**
 * The {@code _connectorId} of a SmartConnector: 1 to {@value #MAX_LENGTH} characters. Whether a
 * connector of that id is registered here is another question.
 *
 * @param value never empty
 */
public record ConnectorId(String value) {
  /** The longest id, in characters; DynamoDB allows 2,048 bytes for a key of an index. */
  public static final int MAX_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if the value is empty or too long
   */
  public ConnectorId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a connector's id has 1 to 200 characters");
    }
  }

  /** Whether a connector can have that id. */
  public static boolean isValid(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_LENGTH;
  }

  @Override
  public String toString() {
    return value;
  }
}
