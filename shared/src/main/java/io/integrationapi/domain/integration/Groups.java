package io.integrationapi.domain.integration;

import io.integrationapi.domain.invocation.ClockAndRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of the configuration that hold groups, of flows and of APIs. Each group has an id:
 * one that is sent without gets one, as in the public API, once for each request.
 */
final class Groups {
  static final String FLOWS = "flowGroupings";
  static final String APIS = "apiGroupings";

  private static final String ID = "_id";

  private Groups() {}

  /** The value of such a member in which every group has an id; what is no group stays. */
  static JsonNode identified(JsonNode groups, ClockAndRandom clockAndRandom) {
    if (!groups.isArray()) {
      return groups;
    }
    ArrayNode identified = JsonNodeFactory.instance.arrayNode(groups.size());
    for (JsonNode group : groups.values()) {
      identified.add(group.isObject() ? identifiedGroup(group, clockAndRandom) : group);
    }
    return identified;
  }

  private static JsonNode identifiedGroup(JsonNode group, ClockAndRandom clockAndRandom) {
    if (group.hasNonNull(ID)) {
      return group;
    }
    ObjectNode identified = JsonNodeFactory.instance.objectNode();
    group.forEachEntry(identified::set);
    return identified.put(ID, IntegrationId.next(clockAndRandom).value());
  }
}
