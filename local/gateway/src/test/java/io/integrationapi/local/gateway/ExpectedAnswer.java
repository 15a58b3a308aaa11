package io.integrationapi.local.gateway;

import io.integrationapi.domain.json.JsonText;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an answer must contain, as {@code events/README.md} says. */
final class ExpectedAnswer {

  private ExpectedAnswer() {}

  /**
   * @throws AssertionError with the first thing that is missing, or is not what it should be
   */
  static void check(JsonNode expected, JsonNode answer) {
    ObjectNode bodiless = answer.deepCopy().asObject();
    // A page's body is no JSON, and none is expected of it.
    if (!expected.has("body")) {
      bodiless.remove("body");
    }
    difference(comparable(expected), comparable(bodiless), "answer")
        .ifPresent(difference -> {
          throw new AssertionError(difference + " in " + answer);
        });
  }

  /** With the body as JSON if it is that, and the names of headers in lower case. */
  private static JsonNode comparable(JsonNode answer) {
    if (!(answer instanceof ObjectNode object)) {
      return answer;
    }
    ObjectNode copy = object.deepCopy();
    if (copy.path("body").isString() && !copy.path("body").asString().isEmpty()) {
      copy.set("body", JsonText.readTrusted(copy.path("body").asString()));
    }
    if (copy.path("headers") instanceof ObjectNode headers) {
      ObjectNode lowered = JsonNodeFactory.instance.objectNode();
      headers
          .properties()
          .forEach(
              header -> lowered.set(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
      copy.set("headers", lowered);
    }
    return copy;
  }

  private static Optional<String> difference(JsonNode expected, JsonNode found, String where) {
    if (expected.isObject() && found.isObject()) {
      return expected.properties().stream()
          .flatMap(member ->
              difference(
                  member.getValue(), found.path(member.getKey()), where + "." + member.getKey())
                  .stream())
          .findFirst();
    }
    if (expected.isArray() && found.isArray()) {
      return missingElement(expected, found, where);
    }
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            where
                + " is "
                + (found.isMissingNode() ? "missing" : found)
                + ", expected "
                + expected);
  }

  /** Others may stand between the elements, but their order is the one that is expected. */
  private static Optional<String> missingElement(JsonNode expected, JsonNode found, String where) {
    if (expected.isEmpty() && !found.isEmpty()) {
      return Optional.of(where + " is " + found + ", expected []");
    }
    Iterator<JsonNode> rest = found.values().iterator();
    for (JsonNode element : expected.values()) {
      boolean there = false;
      while (!there && rest.hasNext()) {
        there = difference(element, rest.next(), where).isEmpty();
      }
      if (!there) {
        return Optional.of(where + " has no " + element);
      }
    }
    return Optional.empty();
  }
}
