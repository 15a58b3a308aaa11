package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the {@link Model} says of answers and conditions on every route. */
final class ModelAnswers {
  private ModelAnswers() {}

  /** What is asked of every write. */
  static void judgeWriter(ModelCall call, Expected expected) {
    ModelConditions.judgeSyntax(call.headers().get("If-Match"), expected);
    if (!call.mayWrite()) {
      expected.refuse(403, "forbidden");
    }
  }

  /** What DELETE and clone ask of an integration, whoever calls. */
  static void judgeOnUnlocked(ModelCall call, Kept kept, Expected expected) {
    ModelConditions.judgeIfMatch(call.headers().get("If-Match"), kept.etag, expected);
    if (kept.isLocked()) {
      expected.refuse(409, "update_in_progress");
    }
  }

  static @Nullable String refused(Reply reply, Expected expected, @Nullable Kept kept) {
    return reply.status() < 400
        ? "answered " + reply.status() + ", expected " + expected
        : expected.judgeRefusal(reply, error -> kept == null ? null : lock(error, kept));
  }

  /** What a refusal under the lock says: since when, and whose update it is. */
  private static @Nullable String lock(JsonNode error, Kept kept) {
    boolean whose =
        kept.manager == null || kept.manager.equals(error.path("_connectorId").asString(""));
    return whose && Objects.equals(kept.since, error.path("since").asString(""))
        ? null
        : "told " + error + ", expected since " + kept.since + " by " + kept.manager;
  }

  static @Nullable String difference(JsonNode document, Reply reply) {
    return ModelJson.same(document, reply.json()) ? null : "expected " + document;
  }
}
