package io.integrationapi.functions;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 2, groups, for the {@link Model}. */
final class ModelGroups {
  private ModelGroups() {}

  /** Gives each group without an id the one that was answered, if no group had it before. */
  static void identify(ObjectNode document, JsonNode answered, Set<String> known) {
    for (String member : Set.of("flowGroupings", "apiGroupings")) {
      JsonNode groups = document.path(member);
      for (int i = 0; groups.isArray() && i < groups.size(); i++) {
        if (groups.path(i) instanceof ObjectNode group
            && ModelDocument.isAbsent(group.path("_id"))) {
          String id = answered.path(member).path(i).path("_id").asString("");
          if (id.matches("[0-9a-f]{24}") && known.add(id)) {
            group.put("_id", id);
          }
        }
      }
    }
  }
}
