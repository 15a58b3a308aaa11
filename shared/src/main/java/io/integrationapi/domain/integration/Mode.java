package io.integrationapi.domain.integration;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where an integration is in its life, as its user interface shows it (contract section 2). */
public enum Mode {
  INSTALL("install"),
  SETTINGS("settings"),
  UNINSTALL("uninstall");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  /** As it stands in a document. */
  public String word() {
    return word;
  }

  /** The mode of that word, or nothing. */
  public static Optional<Mode> parse(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }

  /** Whether a value is the word of a mode. */
  static boolean isWord(JsonNode value) {
    return value.isString() && parse(value.stringValue()).isPresent();
  }
}
