package io.integrationapi.proof;

import io.integrationapi.functions.Api.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the callers of a history know together, from answers alone. */
final class World {
  /** Each client's clock shows times of its own, by which its writes are recognised. */
  static final long CLOCK_STEP = 16;

  static final Instant BEGINNING = Instant.ofEpochMilli(1_800_000_000_000L);

  /** An integration as it was last seen. */
  record Known(String id, boolean managed, boolean alive, Content content, String tag, int writer) {
    Known dead() {
      return new Known(id, managed, false, content, tag, writer);
    }
  }

  private record Began(long clock, int number) {}

  private final Map<String, Known> integrations = new LinkedHashMap<>();
  private final Map<Integer, List<Began>> began = new HashMap<>();
  private final Set<Integer> ended = new HashSet<>();

  /** A client begins a call, at that time of its clock. */
  void begin(int client, Call call, long clock) {
    began.computeIfAbsent(client, _ -> new ArrayList<>()).add(new Began(clock, call.number()));
  }

  /** Learns from an answer. */
  void learn(Recorded recorded) {
    Call call = recorded.call();
    ended.add(call.number());
    Reply reply = recorded.reply();
    if (reply == null || call.isForeign()) {
      return;
    }
    String target = call.target();
    if (target != null && (reply.status() == 204 || reply.status() == 404)) {
      integrations.computeIfPresent(target, (_, known) -> known.dead());
    } else if (reply.status() < 300 && call.kind() == Call.Kind.LIST) {
      reply.json().values().forEach(document -> see(document, null));
    } else if (reply.status() < 300 && reply.json().has("createdAt")) {
      see(reply.json(), reply.etag());
    }
  }

  private void see(JsonNode document, @Nullable String tag) {
    String id = document.path("_id").asString();
    Known before = integrations.get(id);
    Content content = Content.of(document);
    if (tag != null) {
      boolean alive = before == null || before.alive();
      int writer = writer(document, "lastModified");
      integrations.put(
          id, new Known(id, document.has("_connectorId"), alive, content, tag, writer));
    } else if (before != null) {
      integrations.put(
          id,
          new Known(id, before.managed(), before.alive(), content, before.tag(), before.writer()));
    } else if (ended.contains(writer(document, "createdAt"))) {
      // One that nobody was told of is left alone until its maker knows: docs/adr/0002, "What
      // remains".
      integrations.put(id, new Known(id, document.has("_connectorId"), true, content, "", -1));
    }
  }

  /** The call that wrote a document, by the time that the document shows. */
  int writer(JsonNode document, String member) {
    long clock = Instant.parse(document.path(member).asString()).toEpochMilli();
    int client = (int) Math.floorMod(clock, CLOCK_STEP);
    return began.getOrDefault(client, List.of()).reversed().stream()
        .filter(call -> call.clock() <= clock)
        .findFirst()
        .map(Began::number)
        .orElse(-1);
  }

  List<Known> alive() {
    return integrations.values().stream().filter(Known::alive).toList();
  }

  List<Known> gone() {
    return integrations.values().stream().filter(known -> !known.alive()).toList();
  }
}
