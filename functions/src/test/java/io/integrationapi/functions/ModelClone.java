package io.integrationapi.functions;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 6, for the {@link Model}: what a copy is. */
final class ModelClone {
  private static final Set<String> MAPPED = Set.of("settings", "install");

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
    source.forEachEntry(
        (member, value) -> collect(member, value, MAPPED.contains(member), referred));
    for (var entry : map.properties()) {
      boolean toId =
          entry.getValue().isString() && entry.getValue().stringValue().matches("[0-9a-f]{24}");
      if (!toId || !referred.contains(entry.getKey())) {
        expected.refuse(400, "invalid_connectionMap");
      }
    }
  }

  private static void collect(String member, JsonNode value, boolean mapped, Set<String> referred) {
    if (value.isString() && (mapped || member.equals("_connectionId"))) {
      referred.add(value.stringValue());
    }
    if (value.isObject()) {
      value.forEachEntry((name, child) -> collect(name, child, mapped, referred));
    }
    if (value.isArray()) {
      value.values().forEach(child -> collect("", child, mapped, referred));
    }
  }

  /** The copy, but for what only the server knows. */
  static ObjectNode copy(ObjectNode source, ObjectNode body) {
    JsonNode map = body.path("connectionMap");
    ObjectNode copy = ModelJson.object();
    source.forEachEntry((member, value) -> {
      if (!ModelDocument.SERVERS.contains(member) && !member.equals("updateInProgress")) {
        copy.set(member, mapped(member, value, MAPPED.contains(member), map));
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

  private static JsonNode mapped(String member, JsonNode value, boolean inside, JsonNode map) {
    if (value.isObject()) {
      ObjectNode object = ModelJson.object();
      for (Map.Entry<String, JsonNode> child : value.properties()) {
        object.set(child.getKey(), mapped(child.getKey(), child.getValue(), inside, map));
      }
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.values().forEach(child -> array.add(mapped("", child, inside, map)));
      return array;
    }
    boolean replaced =
        value.isString()
            && (inside || member.equals("_connectionId"))
            && map.has(value.stringValue());
    return replaced ? map.path(value.stringValue()) : value;
  }
}
