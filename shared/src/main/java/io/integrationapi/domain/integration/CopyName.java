package io.integrationapi.domain.integration;

/** The name that a copy has unless its maker gave it another (contract section 6). */
final class CopyName {
  private static final String PREFIX = "Clone - ";

  private CopyName() {}

  /** The name of a copy, cut to what a name may have. */
  static String of(String sourceName) {
    return Labels.cutToName(PREFIX + sourceName);
  }

  /** A name without what copying put before it, however often. */
  static String withoutPrefixes(String name) {
    String rest = name;
    while (rest.startsWith(PREFIX)) {
      rest = rest.substring(PREFIX.length());
    }
    return rest;
  }
}
