package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.functions.ModelState.Kept;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The two lists of contract sections 3 and 5, for the {@link Model}. */
final class ModelLists {
  private static final Pattern NEXT =
      Pattern.compile("<(?:https?://[^/>]*)?/v1(/[^?>]*)\\?([^>]*)>; rel=\"next\"");
  private static final List<String> ROW = List.of("name", "version", "mode", "updateInProgress");

  private final ModelState state;
  private final Map<String, Page> cursors = new HashMap<>();

  /**
   * Whose the cursor is, for which query, what came last before it, and what was on the list since
   * the first page was asked for: a list ends with that, or may, since what is made meanwhile could
   * keep it going for ever.
   */
  record Page(String principal, Map<String, String> query, String after, Set<String> atFirst) {}

  ModelLists(ModelState state) {
    this.state = state;
  }

  /** The request for the next page, if the answer has one. */
  static @Nullable ModelCall next(ModelCall call, Reply reply) {
    Matcher link = NEXT.matcher(reply.headers().getOrDefault("Link", ""));
    if (!link.matches()) {
      return null;
    }
    Map<String, String> query = new LinkedHashMap<>();
    for (String parameter : link.group(2).split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return new ModelCall(call.caller(), "GET", link.group(1), query, Map.of(), null);
  }

  @Nullable String integrations(ModelCall call, Reply reply) {
    Expected expected = new Expected();
    String include = unlessEmpty(call, "include");
    String exclude = unlessEmpty(call, "exclude");
    for (String names : new String[] {include, exclude}) {
      if (names != null && !names.matches("[A-Za-z0-9._,]*")) {
        expected.refuse(400, "invalid_query_params");
      }
    }
    if (include != null && exclude != null) {
      expected.refuse(400, "invalid_query_params");
    }
    return page(
        call,
        reply,
        expected,
        new ModelFilter(call.query(), false),
        kept -> ModelProjection.of(kept.document, include, exclude));
  }

  @Nullable String installBase(ModelCall call, Reply reply) {
    Expected expected = new Expected();
    if (!call.isConnector()) {
      expected.refuse(403, "forbidden");
    } else if (!call.segment(2).equals(call.caller().id())) {
      // Another's connector may be a route that the token is not for, or one that does not exist.
      expected.refuse(403, "forbidden");
      expected.perhaps(404, "not_found", Expected.ANY);
    }
    return page(call, reply, expected, new ModelFilter(call.query(), true), ModelLists::row);
  }

  private static @Nullable String unlessEmpty(ModelCall call, String name) {
    String value = call.query().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** What a cursor belongs to. */
  private static Map<String, String> query(ModelCall call) {
    Map<String, String> query = new HashMap<>(call.query());
    query.keySet().removeAll(Set.of("cursor", "limit", "unknown"));
    for (String name : List.of("include", "exclude", "sort")) {
      query.remove(name, "");
    }
    return query;
  }

  private static ObjectNode row(Kept kept) {
    ObjectNode row = ModelJson.object();
    row.set("_integrationId", kept.document.path("_id"));
    for (String member : ROW) {
      if (kept.document.has(member)) {
        row.set(member, kept.document.path(member));
      }
    }
    if (kept.isLocked() && kept.since != null) {
      row.put("updateInProgressSince", kept.since);
    }
    row.set("lastModified", kept.document.path("lastModified"));
    return row;
  }

  private interface View {
    ObjectNode of(Kept kept);
  }

  private @Nullable String page(
      ModelCall call, Reply reply, Expected expected, ModelFilter filter, View view) {
    String limit = Objects.requireNonNullElse(unlessEmpty(call, "limit"), "1000");
    if (filter.isWrong()) {
      expected.refuse(400, "invalid_query_params");
    }
    if (!limit.matches("[0-9]{1,9}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > 1000) {
      expected.refuse(400, "invalid_query_params");
    }
    String cursor = call.query().get("cursor");
    Page page =
        cursor == null
            ? new Page(
                call.principal(),
                query(call),
                "",
                state.reached(call).stream()
                    .filter(kept -> filter.shows(kept.document))
                    .map(Kept::id)
                    .collect(Collectors.toSet()))
            : cursors.get(cursor);
    if (page == null
        || !page.principal().equals(call.principal())
        || !page.query().equals(query(call))) {
      expected.refuse(400, "invalid_query_params");
    }
    if (expected.refuses()) {
      return reply.status() < 400
          ? "answered " + reply.status() + ", expected " + expected
          : expected.judgeRefusal(reply, _ -> null);
    }
    if (reply.status() != 200 || page == null) {
      return "answered " + reply.status() + ", expected 200";
    }
    // A connector's list may lag on AWS; the embedded store's index does not.
    Set<String> answered =
        reply.json().values().stream()
            .map(item -> item.path("_id").asString(item.path("_integrationId").asString("")))
            .collect(Collectors.toSet());
    List<Kept> inOrder = state.reached(call);
    List<Kept> rest =
        (filter.descends() ? inOrder.reversed() : inOrder)
            .stream()
                .filter(kept -> filter.shows(kept.document))
                .filter(kept ->
                    page.after().isEmpty()
                        || (filter.descends()
                            ? kept.id().compareTo(page.after()) < 0
                            : kept.id().compareTo(page.after()) > 0))
                .filter(kept ->
                    page.atFirst().contains(kept.id())
                        || answered.contains(kept.id())
                        // The caller may have asked for documents without their ids.
                        || answered.contains(""))
                .skip(cursor == null ? filter.skip() : 0)
                .toList();
    return judge(call, reply, rest, Integer.parseInt(limit), page, filter, view);
  }

  private @Nullable String judge(
      ModelCall call,
      Reply reply,
      List<Kept> rest,
      int limit,
      Page page,
      ModelFilter filter,
      View view) {
    JsonNode answered = reply.json();
    // Only what is too long for the platform may end a page before its limit.
    boolean long_ =
        rest.stream().mapToLong(kept -> ModelJson.bytes(kept.document)).sum() > 4_900_000;
    int most = Math.min(limit, rest.size());
    int least = Math.min(limit, expectedOf(rest, page));
    int size = answered.size();
    if (!answered.isArray() || size > most || (size < least && (!long_ || size == 0))) {
      return "a page of " + size + ", expected " + least + " to " + most;
    }
    for (int i = 0; i < size; i++) {
      ObjectNode item = view.of(rest.get(i));
      if (!ModelJson.same(item, answered.path(i))) {
        return "item " + i + " is " + answered.path(i) + ", expected " + item;
      }
    }
    ModelCall next = next(call, reply);
    boolean newer =
        state.reached(call).stream().anyMatch(kept -> !page.atFirst().contains(kept.id()));
    boolean ends = expectedOf(rest.subList(size, rest.size()), page) == 0;
    if (next == null ? !ends : size == rest.size() && !newer) {
      return "Link is " + reply.headers().get("Link") + " after " + size + " of " + rest.size();
    }
    if (next == null) {
      return null;
    }
    Map<String, String> query = new HashMap<>(next.query());
    Map<String, String> asked = new HashMap<>(call.query());
    cursors.put(
        query.getOrDefault("cursor", ""),
        new Page(call.principal(), page.query(), rest.get(size - 1).id(), still(page, filter)));
    query.remove("cursor");
    asked.remove("cursor");
    asked.remove("unknown");
    for (String name : List.of("include", "exclude", "sort", "limit")) {
      asked.remove(name, "");
    }
    query.remove("unknown");
    return query.equals(asked) && next.path().equals(call.path())
        ? null
        : "the next page is of " + next.target() + ", expected that of " + call.target();
  }

  /** What was not on the list when it was read may be missed when it comes onto it. */
  private Set<String> still(Page page, ModelFilter filter) {
    return state.all().stream()
        .filter(kept -> page.atFirst().contains(kept.id()) && filter.shows(kept.document))
        .map(Kept::id)
        .collect(Collectors.toSet());
  }

  /** How many of them the list must show; those that are newer than its first page it may. */
  private static int expectedOf(List<Kept> some, Page page) {
    return (int) some.stream().filter(kept -> page.atFirst().contains(kept.id())).count();
  }
}
