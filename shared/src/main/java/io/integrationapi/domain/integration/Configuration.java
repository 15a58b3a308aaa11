package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an integration that a managed update locks (contract section 5): {@code settings} and
 * every member that the contract's table does not name, in the order of the document: {@code
 * settings} first, the others as they were sent.
 *
 * @param json an object
 */
public record Configuration(Json json) {
  /**
   * @param members in any order; never changed once they are here
   */
  public Configuration(ObjectNode members) {
    this(Json.of(settingsFirst(members)));
  }

  /** The members, which nobody may change. */
  public ObjectNode members() {
    return (ObjectNode) json.tree();
  }

  /** Equal for configurations that are equal as JSON values, and only for those. */
  public String digest() {
    return json.digest();
  }

  private static ObjectNode settingsFirst(ObjectNode members) {
    String key = Member.SETTINGS.key();
    JsonNode settings = members.get(key);
    if (settings == null || members.propertyNames().iterator().next().equals(key)) {
      return members;
    }
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    ordered.set(key, settings);
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      ordered.set(member.getKey(), member.getValue());
    }
    return ordered;
  }
}
