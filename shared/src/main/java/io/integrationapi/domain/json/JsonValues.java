package io.integrationapi.domain.json;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Questions about the nodes of a tree as the JSON values that they stand for. */
public final class JsonValues {
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
  public static boolean areEqual(JsonNode a, JsonNode b) {
    return a.equals(BY_VALUE, b);
  }

  /** Whether a tree has more levels of arrays and objects than that. It looks no deeper. */
  public static boolean nestDeeperThan(int levels, JsonNode tree) {
    if (!tree.isContainer()) {
      return false;
    }
    if (levels == 0) {
      return true;
    }
    for (JsonNode child : tree.values()) {
      if (nestDeeperThan(levels - 1, child)) {
        return true;
      }
    }
    return false;
  }
}
