package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import io.integrationapi.functions.ModelState.Keyed;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The two POSTs, for the {@link Model}: what is made once, whatever is repeated. */
final class ModelMaking {
  private static final long DAY = 24 * 60 * 60 * 1000L;

  private final ModelState state;

  ModelMaking(ModelState state) {
    this.state = state;
  }

  @Nullable String create(ModelCall call, Reply reply, Expected expected) {
    Keyed earlier = judgePost(call, expected);
    if (earlier != null) {
      return difference(earlier, reply);
    }
    if (call.isConnector()) {
      expected.refuse(403, "forbidden");
    }
    ModelBodies.Body body = ModelBodies.object(call, expected);
    ObjectNode draft = body.object();
    String manager = state.manager(draft.path("_connectorId"));
    ObjectNode document = ModelDocument.written(null, draft, manager == null);
    if (body.isValid()) {
      ModelDocument.judge(draft, manager == null, expected);
      ModelBodies.judgeSize(document, expected);
    }
    if (document.has("_connectorId")) {
      document.put("mode", "install");
    }
    return expected.refuses()
        ? ModelAnswers.refused(reply, expected, null)
        : made(call, reply, new Kept(call.caller().id(), manager, document, reply.etag()));
  }

  @Nullable String copy(ModelCall call, Reply reply, @Nullable Kept kept, Expected expected) {
    Keyed earlier = judgePost(call, expected);
    if (earlier != null) {
      return difference(earlier, reply);
    }
    ModelBodies.Body body =
        ModelBodies.saysNothing(call)
            ? ModelBodies.nothing(call, expected)
            : ModelBodies.object(call, expected);
    if (kept == null) {
      ModelClone.judge(body.object(), ModelJson.object(), expected);
      return ModelAnswers.refused(reply, expected.refuse(404, "not_found"), null);
    }
    ModelAnswers.judgeOnUnlocked(call, kept, expected);
    ModelClone.judge(body.object(), kept.document, expected);
    if (expected.refuses()) {
      return ModelAnswers.refused(reply, expected, kept);
    }
    ObjectNode document = ModelClone.copy(kept.document, body.object());
    String manager = state.manager(document.path("_connectorId"));
    return made(call, reply, new Kept(kept.account, manager, document, reply.etag()));
  }

  /** A new integration: its document is completed with what only the server can know. */
  private @Nullable String made(ModelCall call, Reply reply, Kept made) {
    String id = reply.id();
    String location = reply.headers().getOrDefault("Location", "");
    if (reply.status() != 201 || !id.matches("[0-9a-f]{24}") || state.everHad(id)) {
      return "answered " + reply.status() + " with id " + id + ", expected 201 with a new one";
    }
    if (!location.endsWith("/v1/integrations/" + id)) {
      return "Location is " + location;
    }
    made.document.put("_id", id).put("createdAt", state.now()).put("lastModified", state.now());
    made.document = ModelDocument.arranged(made.document);
    ModelGroups.identify(made.document, reply.json(), state.groupIds);
    made.since = made.isLocked() ? state.now() : null;
    state.keep(made);
    String key = call.headers().get("Idempotency-Key");
    if (key != null) {
      state.keys.put(call.principal() + " " + key, new Keyed(call, state.millis(), reply));
    }
    return ModelAnswers.difference(made.document, reply);
  }

  /** What is asked of all POSTs, and the first answer if the call repeats one by its key. */
  private @Nullable Keyed judgePost(ModelCall call, Expected expected) {
    ModelAnswers.judgeWriter(call, expected);
    String key = call.headers().get("Idempotency-Key");
    if (key != null && (key.isEmpty() || key.length() > 255)) {
      expected.refuse(400, "invalid_header");
    }
    Keyed earlier = state.keys.get(call.principal() + " " + key);
    if (earlier == null || state.millis() - earlier.at() >= DAY || !call.mayWrite()) {
      return null;
    }
    if (!ModelBodies.isEmpty(call)) {
      ModelBodies.judgeType(call, Set.of("application/json"), expected);
    }
    if (expected.refuses()) {
      // What is not even read as a request repeats none.
      return null;
    }
    if (ModelBodies.areOneRequest(earlier.request(), call)) {
      return earlier;
    }
    expected.refuse(422, "idempotency_key_reused");
    return null;
  }

  private static @Nullable String difference(Keyed earlier, Reply reply) {
    return earlier.reply().equals(reply) ? null : "expected the first answer, " + earlier.reply();
  }
}
