package io.integrationapi.domain;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Compares nodes of a tree as the JSON values that they stand for. */
final class JsonValues {
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        boolean equal =
            (JsonNumber.isNumber(a) && JsonNumber.isNumber(b))
                ? JsonNumber.canonical(a).equals(JsonNumber.canonical(b))
                : a.equals(b);
        return equal ? 0 : 1;
      };

  private JsonValues() {}

  /**
   * RFC 6902 section 4.6: numbers are equal by value, objects in whatever order their members are;
   * all else must be the same.
   */
  static boolean areEqual(JsonNode a, JsonNode b) {
    return a.equals(BY_VALUE, b);
  }
}
