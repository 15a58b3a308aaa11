package io.integrationapi.domain.json;

/**
 * The beginning of a text that a caller wrote, for messages. Such a text may be of any length, and
 * an answer has to stay within what the platform carries.
 */
public final class Excerpt {
  private static final int MAX_LENGTH = 100;

  private Excerpt() {}

  /** The text, cut to {@value #MAX_LENGTH} characters. */
  public static String of(String text) {
    return text.codePointCount(0, text.length()) <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) + "…";
  }
}
