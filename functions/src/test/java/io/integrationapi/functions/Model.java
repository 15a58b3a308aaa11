package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract a second time, written from its text alone and on nothing of the product's: says of
 * each answer whether it is one that the contract allows after all that went before.
 */
final class Model {
  final ModelState state;
  private final ModelLists lists;
  private final ModelMaking making;
  private final ModelWriting writing;

  Model(InstantSource clock) {
    state = new ModelState(clock);
    lists = new ModelLists(state);
    making = new ModelMaking(state);
    writing = new ModelWriting(state);
  }

  /** What is wrong with the answer; null if nothing is. What it did is remembered. */
  @Nullable String judge(ModelCall call, Reply reply) {
    Kept kept = state.reached(call, call.segment(2));
    Expected expected = new Expected();
    return switch (call.route()) {
      case "GET /tokenInfo" -> tokenInfo(call, reply);
      case "GET /integrations" -> lists.integrations(call, reply);
      case "GET /connectors/{_id}/installBase" -> lists.installBase(call, reply);
      case "PUT /connectors/{_id}/update" -> beginUpdate(call, reply, expected);
      case "GET /integrations/{_id}" -> get(call, reply, kept, expected);
      case "POST /integrations" -> making.create(call, reply, expected);
      case "POST /integrations/{_id}/clone" -> making.copy(call, reply, kept, expected);
      case "PUT /integrations/{_id}" -> writing.replace(call, reply, kept, expected);
      case "PATCH /integrations/{_id}" -> writing.patch(call, reply, kept, expected);
      case "DELETE /integrations/{_id}" -> delete(call, reply, kept, expected);
      default -> throw new IllegalArgumentException(call.route());
    };
  }

  private static @Nullable String tokenInfo(ModelCall call, Reply reply) {
    ObjectNode info = ModelJson.object();
    info.put(call.isConnector() ? "_connectorId" : "_userId", call.caller().id());
    info.put("scope", call.mayWrite() ? "*" : "read");
    return reply.status() == 200 && ModelJson.same(info, reply.json()) ? null : "expected " + info;
  }

  private @Nullable String get(
      ModelCall call, Reply reply, @Nullable Kept kept, Expected expected) {
    String condition = call.headers().get("If-None-Match");
    ModelConditions.judgeSyntax(condition, expected);
    if (kept == null) {
      return ModelAnswers.refused(reply, expected.refuse(404, "not_found"), null);
    }
    if (reply.status() == 400) {
      return ModelAnswers.refused(reply, expected, kept);
    }
    if (kept.etag.equals(ModelState.UNSEEN) && kept.etags.add(reply.etag())) {
      kept.etag = reply.etag();
    }
    int status = ModelConditions.isKnown(condition, kept.etag) ? 304 : 200;
    if (reply.status() != status || !reply.etag().equals(kept.etag)) {
      return "answered "
          + reply.status()
          + " "
          + reply.etag()
          + ", expected "
          + status
          + " "
          + kept.etag;
    }
    return status == 304 ? null : ModelAnswers.difference(kept.document, reply);
  }

  private @Nullable String delete(
      ModelCall call, Reply reply, @Nullable Kept kept, Expected expected) {
    ModelAnswers.judgeWriter(call, expected);
    if (kept == null) {
      return ModelAnswers.refused(reply, expected.refuse(404, "not_found"), null);
    }
    ModelAnswers.judgeOnUnlocked(call, kept, expected);
    if (expected.refuses()) {
      return ModelAnswers.refused(reply, expected, kept);
    }
    state.remove(kept);
    return reply.status() == 204 && reply.body() == null
        ? null
        : "answered " + reply.status() + ", expected 204";
  }

  private @Nullable String beginUpdate(ModelCall call, Reply reply, Expected expected) {
    ModelAnswers.judgeWriter(call, expected);
    if (!call.isConnector()) {
      expected.refuse(403, "forbidden");
    } else if (!call.segment(2).equals(call.caller().id())) {
      expected.refuse(403, "forbidden");
      expected.perhaps(404, "not_found", Expected.ANY);
    }
    ObjectNode body = ModelBodies.object(call, expected).object();
    ModelBodies.judgeIds(body.path("_integrationIds"), expected);
    if (expected.refuses()) {
      return ModelAnswers.refused(reply, expected, null);
    }
    ArrayNode outcomes = Api.array();
    for (JsonNode id : body.path("_integrationIds").values()) {
      Kept kept = state.reached(call, id.stringValue());
      String status = "not_found";
      if (kept != null && call.caller().id().equals(kept.manager)) {
        status = kept.isLocked() ? "already_in_progress" : "started";
        if (!kept.isLocked()) {
          ObjectNode locked = kept.document.deepCopy();
          state.change(kept, ModelDocument.arranged(locked.put("updateInProgress", true)), true);
          kept.etag = ModelState.UNSEEN;
        }
      }
      outcomes.addObject().put("_integrationId", id.stringValue()).put("status", status);
    }
    return reply.status() == 200
        ? ModelAnswers.difference(outcomes, reply)
        : "expected 200 " + outcomes;
  }
}
