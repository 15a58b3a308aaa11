package io.integrationapi.functions;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Patches: of what is in a document, and of what is not. */
final class RandomPatches {
  private final RandomValues values;

  RandomPatches(RandomValues values) {
    this.values = values;
  }

  JsonNode patch(ObjectNode document) {
    if (values.chance(3)) {
      return RandomValues.json(
          values.one(
              List.of(
                  "[{}]",
                  "[1]",
                  "{\"op\":\"test\"}",
                  "[{\"op\":\"add\",\"path\":\"/x\"}]",
                  "[{\"op\":\"increment\",\"path\":\"/x\",\"value\":1}]",
                  "[{\"op\":\"remove\",\"path\":\"x\"}]",
                  "[{\"op\":\"remove\",\"path\":\"/x~2\"}]",
                  "[{\"op\":\"move\",\"path\":\"/x\"}]",
                  "[{\"op\":\"copy\",\"path\":\"/x\",\"from\":1}]")));
    }
    ArrayNode patch = Api.array();
    ObjectNode now = document.deepCopy();
    for (int i = values.one(List.of(0, 1, 1, 1, 2, 3)); i > 0; i--) {
      ObjectNode operation = operation(now);
      patch.add(operation);
      // So that the next operation finds what this one left.
      if (ModelPatch.apply(now, Api.array().add(operation)).tree() instanceof ObjectNode next) {
        now = next;
      }
    }
    return patch;
  }

  private ObjectNode operation(ObjectNode document) {
    ObjectNode operation = ModelJson.object();
    String member = values.member();
    String path = pointer(member, document);
    String op =
        values.one(List.of("add", "add", "remove", "replace", "replace", "move", "copy", "test"));
    operation.put("op", op).put("path", path);
    switch (op) {
      case "add", "replace" -> {
        boolean top = path.lastIndexOf('/') == 0;
        operation.set("value", top ? values.value(member) : values.value());
        if (values.chance(2)) {
          operation.put("path", "").set("value", values.edited(document));
        }
      }
      case "test" -> {
        JsonNode there = document.at(path);
        boolean met = values.chance(80) && !there.isMissingNode();
        operation.set("value", met ? there : values.value());
      }
      case "move", "copy" -> operation.put("from", pointer(values.member(), document));
      default -> {
        // A remove has nothing more.
      }
    }
    return operation;
  }

  private String pointer(String member, ObjectNode document) {
    StringBuilder pointer = new StringBuilder("/").append(escaped(member));
    JsonNode node = document.path(member);
    while (node.isContainer() && values.chance(60)) {
      String token;
      if (node.isArray()) {
        token = values.one(List.of("0", "0", "1", String.valueOf(node.size()), "-", "9", "a"));
        node = token.matches("[0-9]") ? node.path(Integer.parseInt(token)) : node.path("none");
      } else {
        boolean there = !node.isEmpty() && values.chance(75);
        token = there ? values.one(List.copyOf(node.propertyNames())) : "new";
        node = node.path(token);
      }
      pointer.append('/').append(escaped(token));
    }
    return pointer.toString();
  }

  private static String escaped(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }
}
