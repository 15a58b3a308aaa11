package io.integrationapi.functions;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request says, and what of it may not be, for the {@link Model}. */
final class ModelBodies {
  private ModelBodies() {}

  /** A body, empty if it is not even an object. */
  record Body(ObjectNode object, boolean isValid) {}

  /** A body that may be missing, and is, or is null. */
  static Body nothing(ModelCall call, Expected expected) {
    if (!isEmpty(call)) {
      judgeType(call, Set.of("application/json"), expected);
    }
    return new Body(ModelJson.object(), true);
  }

  static void judgeType(ModelCall call, Set<String> types, Expected expected) {
    String type = call.headers().getOrDefault("Content-Type", "application/json");
    String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (call.body() == null) {
      expected.perhaps(415, "unsupported_media_type", Expected.ANY);
    } else if (!types.contains(essence)) {
      expected.refuse(415, "unsupported_media_type");
    }
  }

  static JsonNode tree(ModelCall call, Set<String> types, Expected expected) {
    judgeType(call, types, expected);
    JsonNode tree = ModelJson.read(call.body());
    if (tree == null) {
      expected.refuse(400, "malformed_json");
    }
    return tree == null ? MissingNode.getInstance() : tree;
  }

  static Body object(ModelCall call, Expected expected) {
    JsonNode tree = tree(call, Set.of("application/json"), expected);
    if (tree instanceof ObjectNode object) {
      return new Body(object, true);
    }
    expected.refuse(400, "malformed_json");
    return new Body(ModelJson.object(), false);
  }

  static void judgeSize(ObjectNode document, Expected expected) {
    if (ModelJson.bytes(document) > ModelDocument.MAX_BYTES) {
      expected.refuse(413, "document_too_large");
    }
    if (ModelJson.depth(document) > ModelDocument.MAX_DEPTH) {
      expected.refuse(422, "invalid_field");
    }
  }

  static void judgeId(ObjectNode body, String id, Expected expected) {
    JsonNode sent = body.path("_id");
    if (!ModelDocument.isAbsent(sent) && !id.equals(sent.asString(""))) {
      expected.refuse(422, "invalid_field", "_id");
    }
  }

  /** The connector was chosen when the integration was made. */
  static void judgeConnector(ObjectNode body, ObjectNode document, Expected expected) {
    JsonNode sent = body.path("_connectorId");
    if (sent.isString() && !sent.equals(document.path("_connectorId"))) {
      expected.refuse(422, "immutable_field", "_connectorId");
    }
  }

  static void judgeIds(JsonNode ids, Expected expected) {
    if (ModelDocument.isAbsent(ids)) {
      expected.refuse(422, "missing_required_field", "_integrationIds");
    } else if (!ids.isArray() || ids.isEmpty() || ids.size() > 1000) {
      expected.refuse(422, "invalid_field", "_integrationIds");
    }
    for (int i = 0; ids.isArray() && i < ids.size(); i++) {
      if (!ids.path(i).isString()) {
        expected.refuse(422, "invalid_field", "_integrationIds[" + i + "]");
      }
    }
  }

  /** A patch says what it changes, so what it may not change it must leave. */
  static void judgeImmutable(
      ObjectNode before, ObjectNode after, boolean publisher, Expected expected) {
    for (String member : immutable(publisher)) {
      JsonNode old = before.path(member);
      JsonNode now = after.path(member);
      if (old.isMissingNode() ? !ModelDocument.isAbsent(now) : !ModelJson.same(old, now)) {
        expected.refuse(422, "immutable_field", member);
      }
    }
  }

  /** A patch that fails may be told as well what it was not allowed to try. */
  static void perhapsImmutable(Set<String> touched, boolean publisher, Expected expected) {
    for (String member : immutable(publisher)) {
      if (touched.contains(member) || touched.contains("")) {
        expected.perhaps(422, "immutable_field", member);
      }
    }
  }

  private static Set<String> immutable(boolean publisher) {
    return publisher
        ? Set.of("_id", "createdAt", "lastModified", "_sourceId", "_connectorId")
        : Set.of(
            "_id",
            "createdAt",
            "lastModified",
            "_sourceId",
            "_connectorId",
            "mode",
            "version",
            "updateInProgress",
            "install");
  }

  /** Whether a body that may be missing counts as missing. */
  static boolean saysNothing(ModelCall call) {
    JsonNode tree = isEmpty(call) ? null : ModelJson.read(call.body());
    return isEmpty(call) || (tree != null && tree.isNull());
  }

  /** Whether it has no body, which over HTTP is the same as an empty one. */
  static boolean isEmpty(ModelCall call) {
    return call.body() == null || call.body().isEmpty();
  }

  /**
   * Whether two calls are one request for an idempotency key: the text of the JSON is no matter.
   */
  static boolean areOneRequest(ModelCall one, ModelCall other) {
    JsonNode first = saysNothing(one) ? ModelJson.object() : ModelJson.read(one.body());
    JsonNode second = saysNothing(other) ? ModelJson.object() : ModelJson.read(other.body());
    return one.method().equals(other.method())
        && one.path().equals(other.path())
        && first != null
        && second != null
        && ModelJson.equal(first, second);
  }
}
