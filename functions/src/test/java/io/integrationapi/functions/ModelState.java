package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the {@link Model} remembers: which integrations there are, and what was answered for them.
 */
final class ModelState {
  /** The ETag of a document that changed without being answered. */
  static final String UNSEEN = "unseen";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final Map<String, Kept> integrations = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> registered = new HashSet<>();
  final Map<String, Keyed> keys = new HashMap<>();
  final Set<String> groupIds = new HashSet<>();

  ModelState(InstantSource clock) {
    this.clock = clock;
  }

  long millis() {
    return clock.millis();
  }

  String now() {
    return TIME.format(clock.instant());
  }

  /** An integration. */
  static final class Kept {
    final String account;
    final @Nullable String manager;
    ObjectNode document;
    String etag;
    final Set<String> etags = new HashSet<>();
    @Nullable String since;

    Kept(String account, @Nullable String manager, ObjectNode document, String etag) {
      this.account = account;
      this.manager = manager;
      this.document = document;
      this.etag = etag;
      etags.add(etag);
    }

    String id() {
      return document.path("_id").stringValue();
    }

    boolean isLocked() {
      return document.path("updateInProgress").asBoolean(false);
    }

    /** Whether the caller writes the publisher's members. */
    boolean isPublishedBy(ModelCall call) {
      return call.isConnector() == (manager != null);
    }
  }

  /** What a first request with an idempotency key was, and when, and what it was answered. */
  record Keyed(ModelCall request, long at, Reply reply) {}

  void register(String connector) {
    registered.add(connector);
  }

  @Nullable String manager(JsonNode connector) {
    return connector.isString() && registered.contains(connector.stringValue())
        ? connector.stringValue()
        : null;
  }

  void keep(Kept kept) {
    integrations.put(kept.id(), kept);
  }

  /** The integration's document from now on, and what it means for the lock. */
  void change(Kept kept, ObjectNode after, boolean changes) {
    boolean wasLocked = kept.isLocked();
    kept.document = changes ? after.put("lastModified", now()) : after;
    if (!kept.isLocked()) {
      kept.since = null;
    } else if (!wasLocked) {
      kept.since = now();
    }
  }

  void remove(Kept kept) {
    integrations.remove(kept.id());
    gone.add(kept.id());
  }

  boolean everHad(String id) {
    return integrations.containsKey(id) || gone.contains(id);
  }

  List<Kept> all() {
    return List.copyOf(integrations.values());
  }

  List<String> gone() {
    return gone.stream().sorted().toList();
  }

  /** What the caller reaches, by id ascending. */
  List<Kept> reached(ModelCall call) {
    return integrations.values().stream().filter(kept -> reaches(call, kept)).toList();
  }

  @Nullable Kept reached(ModelCall call, String id) {
    Kept kept = integrations.get(id);
    return kept != null && reaches(call, kept) ? kept : null;
  }

  private static boolean reaches(ModelCall call, Kept kept) {
    return call.isConnector()
        ? call.caller().id().equals(kept.document.path("_connectorId").asString(""))
        : call.caller().id().equals(kept.account);
  }
}
