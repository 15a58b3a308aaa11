package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PUT and PATCH, for the {@link Model}. */
final class ModelWriting {
  private final ModelState state;

  ModelWriting(ModelState state) {
    this.state = state;
  }

  @Nullable String replace(ModelCall call, Reply reply, @Nullable Kept kept, Expected expected) {
    ModelAnswers.judgeWriter(call, expected);
    ModelBodies.Body body = ModelBodies.object(call, expected);
    if (kept == null) {
      // Nobody knows who publishes what is not there, so any member's fault may come first.
      ModelDocument.judge(body.object(), true, expected);
      ModelBodies.judgeId(body.object(), call.segment(2), expected);
      ModelBodies.judgeSize(body.object(), expected);
      return ModelAnswers.refused(reply, expected.refuse(404, "not_found"), null);
    }
    if (body.isValid()) {
      ModelDocument.judge(body.object(), kept.isPublishedBy(call), expected);
      ModelBodies.judgeId(body.object(), kept.id(), expected);
      ModelBodies.judgeConnector(body.object(), kept.document, expected);
    }
    return write(call, reply, kept, body.object(), expected);
  }

  @Nullable String patch(ModelCall call, Reply reply, @Nullable Kept kept, Expected expected) {
    ModelAnswers.judgeWriter(call, expected);
    JsonNode patch =
        ModelBodies.tree(call, Set.of("application/json", "application/json-patch+json"), expected);
    if (!patch.isMissingNode() && !ModelPatch.isPatch(patch)) {
      expected.refuse(400, "invalid_patch");
    }
    if (kept == null) {
      return ModelAnswers.refused(reply, expected.refuse(404, "not_found"), null);
    }
    ModelConditions.judgeIfMatch(call.headers().get("If-Match"), kept.etag, expected);
    if (patch.isMissingNode() || !ModelPatch.isPatch(patch)) {
      return ModelAnswers.refused(reply, expected, kept);
    }
    ModelPatch.Outcome outcome = ModelPatch.apply(kept.document, patch);
    boolean publisher = kept.isPublishedBy(call);
    if (outcome.tree() == null) {
      expected.refuse(409, "patch_failed");
      ModelBodies.perhapsImmutable(outcome.touched(), publisher, expected);
      return ModelAnswers.refused(reply, expected, kept);
    }
    if (!(outcome.tree() instanceof ObjectNode result)) {
      expected.refuse(422, "invalid_field");
      ModelBodies.perhapsImmutable(outcome.touched(), publisher, expected);
      return ModelAnswers.refused(reply, expected, kept);
    }
    ModelPatch.dropEmptyDefaults(kept.document, result);
    ModelBodies.judgeImmutable(kept.document, result, publisher, expected);
    ModelDocument.judge(result, publisher, expected);
    return write(call, reply, kept, result, expected);
  }

  private @Nullable String write(
      ModelCall call, Reply reply, Kept kept, ObjectNode draft, Expected expected) {
    ModelConditions.judgeIfMatch(call.headers().get("If-Match"), kept.etag, expected);
    ObjectNode before = kept.document;
    ObjectNode after = ModelDocument.written(before, draft, kept.isPublishedBy(call));
    ModelBodies.judgeSize(after, expected);
    if (kept.isLocked() && !call.isConnector() && !ModelDocument.leavesLockedPart(before, after)) {
      expected.refuse(409, "update_in_progress");
    }
    if (expected.refuses()) {
      return ModelAnswers.refused(reply, expected, kept);
    }
    if (reply.status() != 200) {
      return "answered " + reply.status() + ", expected 200 " + after;
    }
    ModelGroups.identify(after, reply.json(), state.groupIds);
    // The contract leaves open whether a write of what stands there already is a change. If it is
    // one, both the ETag and lastModified say so.
    boolean changes = !ModelJson.same(before, after) || !reply.etag().equals(kept.etag);
    if (changes && !kept.etags.add(reply.etag())) {
      return "the ETag " + reply.etag() + " is not new, though the document is: " + after;
    }
    state.change(kept, after, changes);
    kept.etag = reply.etag();
    return ModelAnswers.difference(kept.document, reply);
  }
}
