package io.integrationapi.functions;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of all routes by all callers, most of them such that they could succeed. */
final class RandomCalls {
  private final List<Caller> callers;
  private final ModelState state;
  private final RandomValues values;
  private final RandomPatches patches;
  private final List<ModelCall> posts = new ArrayList<>();
  private final List<ModelCall> pages = new ArrayList<>();
  private int keys;

  RandomCalls(Random random, List<Caller> callers, List<String> connectors, ModelState state) {
    this.callers = callers;
    this.state = state;
    values = new RandomValues(random, connectors);
    patches = new RandomPatches(values);
  }

  /** The next call. */
  ModelCall next() {
    Caller caller = values.one(callers);
    if (!posts.isEmpty() && values.chance(4)) {
      return values.one(posts);
    }
    if (!pages.isEmpty() && values.chance(15)) {
      ModelCall page = pages.removeLast();
      if (values.chance(5)) {
        Map<String, String> query = new LinkedHashMap<>(page.query());
        query.put("version", "another");
        return new ModelCall(page.caller(), "GET", page.path(), query, Map.of(), null);
      }
      return values.chance(10) ? by(other(page), page) : page;
    }
    Kept kept = target(caller);
    return switch (values.one(
        List.of(
            "list", "base", "info", "get", "get", "post", "post", "put", "put", "put", "put",
            "patch", "patch", "patch", "patch", "delete", "clone", "clone", "begin"))) {
      case "list" -> new ModelCall(caller, "GET", "/integrations", list(), Map.of(), null);
      case "base" -> {
        String path = "/connectors/" + connector(caller) + "/installBase";
        Map<String, String> query = new LinkedHashMap<>();
        limit(query);
        filter(query);
        yield new ModelCall(caller, "GET", path, query, Map.of(), null);
      }
      case "info" -> new ModelCall(caller, "GET", "/tokenInfo", Map.of(), Map.of(), null);
      case "get" -> call(caller, "GET", path(kept), null, condition("If-None-Match", kept, 50));
      case "post" -> {
        // Connectors make nothing, so they need not try so often.
        Caller maker = caller.kind().equals("connector") && values.chance(90) ? account() : caller;
        yield keyed(call(maker, "POST", "/integrations", values.text(values.draft()), key()));
      }
      case "put" -> {
        ObjectNode body =
            kept == null || values.chance(25) ? values.draft() : values.edited(kept.document);
        Map<String, String> condition = condition("If-Match", kept, 25);
        yield call(caller, "PUT", path(kept), values.text(body), condition);
      }
      case "patch" -> {
        ObjectNode document = kept == null ? ModelJson.object() : kept.document;
        String body = values.text(patches.patch(document));
        Map<String, String> headers = condition("If-Match", kept, 25);
        headers.put(
            "Content-Type", values.one(List.of("application/json", "application/json-patch+json")));
        yield call(caller, "PATCH", path(kept), body, headers);
      }
      case "delete" -> call(caller, "DELETE", path(kept), null, condition("If-Match", kept, 50));
      case "clone" -> {
        Map<String, String> headers = key();
        headers.putAll(condition("If-Match", kept, 20));
        String body = values.chance(25) ? null : values.text(values.cloning());
        yield keyed(call(caller, "POST", path(kept) + "/clone", body, headers));
      }
      default -> {
        Caller publisher = values.chance(70) ? publisher() : caller;
        String path = "/connectors/" + connector(publisher) + "/update";
        yield call(publisher, "PUT", path, values.text(begin(publisher)), new LinkedHashMap<>());
      }
    };
  }

  /** Remembers what an answer leads to. */
  void answered(ModelCall call, Reply reply) {
    ModelCall next = reply.status() == 200 ? ModelLists.next(call, reply) : null;
    if (next != null) {
      pages.add(next);
    }
  }

  private ModelCall call(
      Caller caller, String method, String path, @Nullable String body, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    if (body != null) {
      headers.putIfAbsent(
          "Content-Type",
          values.chance(2)
              ? values.one(List.of("text/plain", "application/xml"))
              : values.one(List.of("application/json", "Application/JSON; charset=utf-8")));
    }
    return new ModelCall(caller, method, path, Map.of(), headers, body);
  }

  private ModelCall keyed(ModelCall call) {
    if (call.headers().containsKey("Idempotency-Key")) {
      posts.add(call);
    }
    return call;
  }

  private Map<String, String> key() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (values.chance(35)) {
      boolean used = keys > 0 && values.chance(15);
      keys += used ? 0 : 1;
      headers.put("Idempotency-Key", "key " + keys);
    }
    if (values.chance(2)) {
      headers.put("Idempotency-Key", values.one(List.of("", "k".repeat(256), "k".repeat(255))));
    }
    return headers;
  }

  private @Nullable Kept target(Caller caller) {
    ModelCall asked = new ModelCall(caller, "GET", "/", Map.of(), Map.of(), null);
    List<Kept> reached = state.reached(asked);
    List<Kept> all = values.chance(85) ? reached : state.all();
    return all.isEmpty() || values.chance(3) ? null : values.one(all);
  }

  private String path(@Nullable Kept kept) {
    List<String> gone = new ArrayList<>(state.gone());
    gone.addAll(List.of("f".repeat(24), "F".repeat(24), "x"));
    return "/integrations/" + (kept == null ? values.one(gone) : kept.id());
  }

  private Map<String, String> condition(String header, @Nullable Kept kept, int percent) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (kept != null && values.chance(percent)) {
      String tag = kept.etag;
      String old = values.one(kept.etags.stream().sorted().toList());
      headers.put(
          header,
          values.one(
              List.of(
                  tag,
                  tag,
                  old,
                  "*",
                  "W/" + tag,
                  "\"none\"",
                  "\"none\", " + tag,
                  old + ",W/" + tag,
                  values.chance(20) ? "none" : tag)));
    }
    return headers;
  }

  private Map<String, String> list() {
    Map<String, String> query = new LinkedHashMap<>();
    limit(query);
    filter(query);
    List<String> names =
        List.of(
            "", "mode", "settings.a,x", "_id", "settings", "lastModified,settings.b,readme", "a b");
    if (values.chance(25)) {
      query.put("include", values.one(names));
    }
    if (values.chance(25)) {
      query.put("exclude", values.one(names));
    }
    if (values.chance(2)) {
      query.put("cursor", "forged");
    }
    if (values.chance(5)) {
      query.put("unknown", "1");
    }
    return query;
  }

  private void filter(Map<String, String> query) {
    if (values.chance(60)) {
      return;
    }
    // An install base refuses some of them.
    Map<String, List<String>> filters = new LinkedHashMap<>();
    filters.put("name", List.of("One", "Two", "one", ""));
    filters.put("mode", List.of("install", "settings", "settings", "uninstall", "other"));
    filters.put("version", List.of("1", "2", ""));
    filters.put("updateInProgress", List.of("true", "false", "false", "no"));
    filters.put("modifiedAfter", List.of(state.now(), earlier(), "then"));
    filters.put("modifiedBefore", List.of(state.now(), earlier()));
    filters.put("sort", List.of("_id", "-_id", "-_id", "createdAt", "-createdAt", "", "name"));
    filters.put("skip", List.of("0", "1", "2", "9", "-1"));
    if (values.chance(70)) {
      filters.put("_connectorId", List.of(connector(publisher()), "x"));
      filters.put("sandbox", List.of("true", "false", "1"));
      filters.put("q", List.of("o", "ÜN", "D2", "x", ""));
      filters.put("search", List.of("T", "D"));
      filters.put("createdAfter", List.of(earlier(), earlier()));
      filters.put("createdBefore", List.of(earlier(), state.now()));
    }
    filters.forEach((name, some) -> {
      if (values.chance(12)) {
        query.put(name, values.one(some));
      }
    });
  }

  /** The moment at which some integration was changed last. */
  private String earlier() {
    List<Kept> all = state.all();
    return all.isEmpty()
        ? state.now()
        : values.one(all).document.path("lastModified").asString(state.now());
  }

  private void limit(Map<String, String> query) {
    if (values.chance(60)) {
      String wrong = values.one(List.of("0", "1001", "-1", "a", "1.5"));
      query.put(
          "limit", values.chance(4) ? wrong : values.one(List.of("1", "2", "3", "7", "1000", "")));
    }
  }

  private ObjectNode begin(Caller publisher) {
    ObjectNode body = ModelJson.object();
    if (values.chance(3)) {
      return body;
    }
    if (values.chance(4)) {
      body.set("_integrationIds", values.value());
      return body;
    }
    ArrayNode ids = body.putArray("_integrationIds");
    for (int i = values.one(List.of(1, 1, 1, 2, 3)); i > 0; i--) {
      Kept kept = target(publisher);
      ids.add(kept == null ? values.one(List.of("f".repeat(24), "x")) : kept.id());
    }
    return body;
  }

  private Caller account() {
    return callers.getFirst();
  }

  private Caller publisher() {
    return values.one(callers.stream().filter(one -> one.kind().equals("connector")).toList());
  }

  private String connector(Caller caller) {
    boolean own = caller.kind().equals("connector") && !values.chance(4);
    return own ? caller.id() : publisher().id();
  }

  private Caller other(ModelCall call) {
    return values.one(
        callers.stream().filter(caller -> !caller.id().equals(call.caller().id())).toList());
  }

  private static ModelCall by(Caller caller, ModelCall call) {
    return new ModelCall(
        caller, call.method(), call.path(), call.query(), call.headers(), call.body());
  }
}
