package io.integrationapi.domain.integration;

import org.jspecify.annotations.Nullable;

/**
 * What people read: never locked.
 *
 * @param name 1 to {@value #MAX_NAME_LENGTH} characters, counted as Unicode code points
 */
public record Labels(String name, @Nullable String description, @Nullable String readme) {
  /** The longest name, in code points. */
  public static final int MAX_NAME_LENGTH = 200;

  /**
   * What counts of the name towards the limit of a document: a copy of a document at the limit can
   * be written back.
   */
  String countedName() {
    return CopyName.withoutPrefixes(name);
  }

  /** Whether a text may be a name. */
  static boolean isName(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_NAME_LENGTH;
  }

  /** The beginning of a text that may be a name. */
  static String cutToName(String text) {
    return text.codePointCount(0, text.length()) <= MAX_NAME_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_NAME_LENGTH));
  }
}
