package io.integrationapi.functions;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 6, for the {@link Model}: what a copy is. */
final class ModelClone {
  private ModelClone() {}

  static void judge(ObjectNode body, ObjectNode source, Expected expected) {
    if (!ModelDocument.isAbsent(body.path("name")) && !ModelDocument.isName(body.path("name"))) {
      expected.refuse(422, "invalid_field", "name");
    }
    JsonNode map = body.path("connectionMap");
    if (!ModelDocument.isAbsent(map) && !map.isObject()) {
      expected.refuse(400, "invalid_connectionMap");
    }
    Set<String> referred = new HashSet<>();
    source.forEachEntry((member, value) -> {
      if (isMapped(member)) {
        collect(value, referred);
      }
    });
    for (var entry : map.properties()) {
      boolean toId =
          entry.getValue().isString() && entry.getValue().stringValue().matches("[0-9a-f]{24}");
      if (!toId || !referred.contains(entry.getKey())) {
        expected.refuse(400, "invalid_connectionMap");
      }
    }
  }

  /** Settings, the steps, and all that the contract calls any other member. */
  private static boolean isMapped(String member) {
    return ModelDocument.isLocked(member) || member.equals("install");
  }

  private static void collect(JsonNode value, Set<String> referred) {
    if (value.isString()) {
      referred.add(value.stringValue());
    }
    value.values().forEach(child -> collect(child, referred));
  }

  /** The copy, but for what only the server knows. */
  static ObjectNode copy(ObjectNode source, ObjectNode body) {
    JsonNode map = body.path("connectionMap");
    ObjectNode copy = ModelJson.object();
    source.forEachEntry((member, value) -> {
      if (!ModelDocument.SERVERS.contains(member) && !member.equals("updateInProgress")) {
        copy.set(member, isMapped(member) ? mapped(value, map) : value);
      }
    });
    copy.set("name", name(source, body));
    copy.set("_sourceId", source.path("_id"));
    if (copy.has("_connectorId")) {
      copy.put("mode", "install");
    }
    for (JsonNode step : copy.path("install").values()) {
      // The contract does not say that a step without the member gets it.
      if (step.has("completed")) {
        ((ObjectNode) step).put("completed", false);
      }
    }
    return copy;
  }

  private static JsonNode name(ObjectNode source, ObjectNode body) {
    if (!ModelDocument.isAbsent(body.path("name"))) {
      return body.path("name");
    }
    int[] name = ("Clone - " + source.path("name").stringValue()).codePoints().limit(200).toArray();
    return JsonNodeFactory.instance.stringNode(new String(name, 0, name.length));
  }

  private static JsonNode mapped(JsonNode value, JsonNode map) {
    if (value.isObject()) {
      ObjectNode object = ModelJson.object();
      value.forEachEntry((name, child) -> object.set(name, mapped(child, map)));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.values().forEach(child -> array.add(mapped(child, map)));
      return array;
    }
    return value.isString() && map.has(value.stringValue()) ? map.path(value.stringValue()) : value;
  }
}
