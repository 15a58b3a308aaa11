package io.integrationapi.functions;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies, right and wrong, from few enough values that equal ones meet. */
final class RandomValues {
  private static final List<String> VALUES =
      List.of(
          "1",
          "1.0",
          "1.00",
          "1e2",
          "100",
          "1e-200",
          "0.1234567890123456789012345678901234567890",
          "-7",
          "true",
          "false",
          "\"\"",
          "\"a\"",
          "\"\\u0000\\ud83d\\ude00é\"",
          "[]",
          "{}",
          "[null]",
          "{\"\":1}",
          "{\"a\":1,\"b\":[2,{\"c\":null}]}",
          "{\"b\":[2,{\"c\":null}],\"a\":1}",
          "{\"a\":1.0,\"b\":[2,{\"c\":null}]}",
          "{\"_connectionId\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}",
          "[\"bbbbbbbbbbbbbbbbbbbbbbbb\",{\"deep\":{\"x\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}}]");
  private static final List<String> ANYTHING = List.of("null", "1", "\"a\"", "[]", "{}", "true");
  static final List<String> OTHERS =
      List.of("x", "y", "z.z", "", "ü", "_userId", "Name", "a/b~c", "sandbox");
  private static final List<String> CONNECTIONS =
      List.of("a".repeat(24), "b".repeat(24), "c".repeat(24), "d".repeat(24));

  private final Random random;
  private final List<String> connectors;

  RandomValues(Random random, List<String> connectors) {
    this.random = random;
    this.connectors = connectors;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  JsonNode value() {
    return json(one(VALUES));
  }

  static JsonNode json(String text) {
    JsonNode tree = ModelJson.read(text);
    if (tree == null) {
      throw new IllegalArgumentException(text);
    }
    return tree;
  }

  String member() {
    return one(
        List.of(
            "name",
            "description",
            "readme",
            "settings",
            "mode",
            "version",
            "updateInProgress",
            "install",
            "_connectorId",
            "_id",
            "createdAt",
            "lastModified",
            "_sourceId",
            "x",
            "y",
            "sandbox",
            "flowGroupings",
            one(OTHERS)));
  }

  /** A value for the member, mostly one that it may have. */
  JsonNode value(String member) {
    if (chance(4)) {
      return json(one(ANYTHING));
    }
    return switch (member) {
      case "name" -> json("\"" + name() + "\"");
      case "description", "readme" -> json(one(List.of("\"\"", "\"d\"", "\"d2\"", "null")));
      case "settings" -> settings();
      case "mode" ->
          json(one(List.of("\"install\"", "\"settings\"", "\"uninstall\"", "\"other\"")));
      case "version" -> json(one(List.of("\"1\"", "\"2\"", "\"\"")));
      case "updateInProgress" -> json(one(List.of("true", "true", "false", "false", "null")));
      case "install" -> install();
      case "flowGroupings" -> groups();
      case "_connectorId" -> json("\"" + one(connectors) + "\"");
      case "sandbox" -> json(one(List.of("true", "false", "\"true\"")));
      default -> value();
    };
  }

  private String name() {
    return one(
        List.of(
            "One",
            "Two",
            "Ünï",
            "n".repeat(200),
            "😀".repeat(chance(50) ? 150 : 196),
            chance(20) ? "n".repeat(201) : "Three",
            chance(20) ? "" : "Four"));
  }

  private ObjectNode settings() {
    ObjectNode settings = ModelJson.object();
    for (String member : List.of("a", "b", "connection", "")) {
      if (chance(50)) {
        settings.set(member, chance(20) ? connection() : value());
      }
    }
    return settings;
  }

  private JsonNode connection() {
    return json("\"" + one(CONNECTIONS) + "\"");
  }

  private ArrayNode install() {
    ArrayNode install = Api.array();
    for (int i = random.nextInt(4); i > 0; i--) {
      ObjectNode step = install.addObject();
      step.put("name", "step");
      if (chance(70)) {
        step.set("completed", chance(3) ? value() : json(one(List.of("true", "false"))));
      }
      if (chance(50)) {
        step.set("_connectionId", chance(3) ? value() : connection());
      }
      if (chance(30)) {
        step.set(one(List.of("more", "imageURL")), chance(50) ? json("\"u\"") : value());
      }
    }
    return install;
  }

  private JsonNode groups() {
    return json(
        one(
            List.of(
                "[]",
                "[{}]",
                "[{\"name\":\"g\"},{\"_id\":null,\"name\":\"h\"}]",
                "[{\"name\":\"g\",\"_id\":\"eeeeeeeeeeeeeeeeeeeeeeee\"},1,[{}]]",
                "{}")));
  }

  /** A draft from nothing. */
  ObjectNode draft() {
    ObjectNode draft = ModelJson.object();
    if (!chance(4)) {
      draft.set("name", value("name"));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      String member = member();
      draft.set(member, value(member));
    }
    return draft;
  }

  /** A document as it was read, with few changes or none. */
  ObjectNode edited(ObjectNode document) {
    ObjectNode draft = document.deepCopy();
    for (int i = random.nextInt(3); i > 0; i--) {
      String member = chance(25) ? "updateInProgress" : member();
      if (chance(25)) {
        draft.remove(member);
      } else {
        draft.set(member, value(member));
      }
    }
    if (!draft.isEmpty() && chance(20)) {
      String member = one(List.copyOf(draft.propertyNames()));
      JsonNode value = draft.path(member);
      draft.remove(member);
      draft.set(member, value);
    }
    return draft;
  }

  /** The text of a body, now and then broken. */
  String text(JsonNode body) {
    String text = body.toString();
    if (chance(2)) {
      return one(
          List.of(
              "", "{", "[]", "null", "1", text + "}", "{\"name\":\"a\",\"name\":\"b\"}", "nul"));
    }
    if (chance(1) && body.isObject() && !body.isEmpty()) {
      String more =
          one(
              List.of(
                  "\"" + "é".repeat(180_000) + "\"",
                  "\"" + "é".repeat(120_000) + "\"",
                  "[".repeat(110) + "]".repeat(110),
                  "[".repeat(90) + "]".repeat(90)));
      return text.substring(0, text.length() - 1) + ",\"big\":" + more + "}";
    }
    return text;
  }

  /** A clone's body. */
  ObjectNode cloning() {
    ObjectNode body = ModelJson.object();
    if (chance(30)) {
      body.set("name", value("name"));
    }
    if (chance(50)) {
      ObjectNode map = body.putObject("connectionMap");
      for (int i = random.nextInt(3); i > 0; i--) {
        String to =
            chance(8) ? one(List.of("1", "\"\"", "\"no id\"", "{}")) : connection().toString();
        map.set(chance(8) ? "e".repeat(24) : one(CONNECTIONS), json(to));
      }
    }
    if (chance(3)) {
      body.set("connectionMap", json(one(List.of("1", "[]", "\"a\""))));
    }
    return body;
  }
}
