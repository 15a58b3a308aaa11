package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.json.JsonPatch;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 9, what is read of the history, and snapshots. */
class HistoryTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final Caller OTHER = Caller.connector("ffffffffffffffffffffffff");
  private static final String UNKNOWN = "/integrations/ffffffffffffffffffffffff";

  private final Api api = new Api();
  private final Recorder recorder = new Recorder(api);

  @BeforeEach
  void register() {
    api.register(PUBLISHER);
  }

  @Test
  void audit_tells_who_changed_what() {
    String id = create("{\"name\":\"One\",\"settings\":{\"region\":\"EMEA\",\"n\":1.0}}");
    put(ALICE, id, "{\"name\":\"One\",\"settings\":{\"region\":\"APAC\"}}");

    List<JsonNode> rows = audit(ALICE, id);

    JsonNode update = rows.getFirst();
    String head = "{\"_id\":\"" + update.path("_id").asString() + "\",\"time\":\"";
    assertEquals(
        head
            + update.path("time").asString()
            + "\",\"event\":\"update\",\"source\":\"api\",\"resourceType\":\"integration\","
            + "\"_resourceId\":\""
            + id
            + "\",\"by\":{\"_userId\":\"alice\",\"label\":\""
            + Api.LABEL
            + "\"},\"requestId\":\"a-request\",\"fieldChanges\":["
            + "{\"fieldPath\":\"settings.region\",\"oldValue\":\"EMEA\",\"newValue\":\"APAC\"},"
            + "{\"fieldPath\":\"settings.n\",\"oldValue\":1.0}]}",
        JsonText.write(update));
    assertEquals(List.of("update", "create"), texts(rows, "event"));
    assertEquals(0, rows.getLast().path("fieldChanges").size());
  }

  @Test
  void every_event_has_its_word_and_its_author() {
    String id = create(managed("M"));
    begin(id);
    end(id);
    begin(id);
    api.invoke(
        "BreakLockFunction",
        "{\"_integrationId\":\"" + id + "\",\"by\":\"ann\",\"reason\":\"gone\"}");
    recorder.record();
    Reply copy = api.post(ALICE, "/integrations/" + id + "/clone").send();
    recorder.record();
    String revision = revisions(ALICE, id).getLast().path("_id").asString();
    put(ALICE, id, "{\"name\":\"Other\"}");
    revert(ALICE, id, revision);
    delete(ALICE, id);

    List<JsonNode> rows = audit(ALICE, id);

    assertEquals(
        List.of("delete", "revert", "update", "break_lock", "lock", "unlock", "lock", "create"),
        texts(rows, "event"));
    assertEquals("{\"operator\":\"ann\"}", JsonText.write(rows.get(3).path("by")));
    assertEquals("operator", rows.get(3).path("source").asString());
    assertEquals(PUBLISHER.id(), rows.get(4).path("by").path("_connectorId").asString());
    assertEquals(List.of("clone"), texts(audit(ALICE, copy.id()), "event"));
    assertEquals(
        List.of("revert", "change", "change", "change", "change", "change", "create"),
        texts(revisions(ALICE, id), "type"));
  }

  @Test
  void a_change_that_is_too_long_to_tell_is_truncated() {
    String id = create("{\"name\":\"One\"}");
    put(ALICE, id, "{\"name\":\"Two\",\"settings\":{\"a\":\"" + "x".repeat(70_000) + "\"}}");

    JsonNode row = audit(ALICE, id).getFirst();

    assertTrue(row.path("truncated").booleanValue());
    assertEquals(List.of("name"), texts(row.path("fieldChanges").values(), "fieldPath"));
  }

  @Test
  void a_revision_has_the_document_as_it_was_answered() {
    Reply first =
        api.create(
            ALICE, "{\"name\":\"One\",\"version\":\"1.0\",\"settings\":{\"b\":1e-200,\"a\":[]}}");
    recorder.record();
    put(ALICE, first.id(), "{\"name\":\"Two\",\"version\":\"1.1\"}");

    List<JsonNode> rows = revisions(ALICE, first.id());
    Reply revision = api.get(ALICE, revision(first.id(), rows.getLast())).send();

    assertEquals(200, revision.status());
    String row = JsonText.write(rows.getLast());
    assertEquals(
        row.substring(0, row.length() - 1) + ",\"document\":" + first.body() + "}",
        revision.body());
    assertEquals(first.etag(), rows.getLast().path("etag").asString());
    assertEquals(List.of("1.1", "1.0"), texts(rows, "version"));
    assertEquals("alice", rows.getLast().path("createdBy").path("_userId").asString());
  }

  @Test
  void diff_leads_exactly_to_the_present_state_or_to_another() {
    String one = "{\"name\":\"One\",\"settings\":{\"a\":1.0,\"b\":{\"x\":[1,2,3]}},\"z\":1}";
    String id = create(one);
    put(ALICE, id, "{\"name\":\"One\",\"z\":1,\"settings\":{\"b\":{\"x\":[1,3]},\"a\":1.00}}");
    put(ALICE, id, "{\"name\":\"Three\",\"y\":1,\"settings\":{}}");
    List<JsonNode> rows = revisions(ALICE, id);
    List<String> documents =
        rows.stream()
            .map(row -> api.get(ALICE, revision(id, row)).send().json().path("document"))
            .map(JsonText::write)
            .toList();

    for (int from = 0; from < 3; from++) {
      String target = revision(id, rows.get(from)) + "/diff";
      assertEquals(
          api.get(ALICE, "/integrations/" + id).send().body(),
          patched(documents.get(from), api.get(ALICE, target).send()));
      for (int to = 0; to < 3; to++) {
        Reply diff = api.get(ALICE, target + "?to=" + rows.get(to).path("_id").asString()).send();
        assertEquals(documents.get(to), patched(documents.get(from), diff));
        assertEquals(from == to, diff.json().isEmpty());
      }
    }
  }

  @Test
  void both_principals_see_the_whole_of_it() {
    String id = create(managed("M"));
    put(ALICE, id, "{\"name\":\"By alice\"}");
    put(PUBLISHER, id, "{\"name\":\"By the publisher\",\"version\":\"2\"}");

    for (String list : List.of("/audit", "/revisions")) {
      String target = "/integrations/" + id + list;
      assertEquals(3, api.get(ALICE, target).send().json().size());
      assertEquals(
          api.get(ALICE, target).send().body(),
          api.get(PUBLISHER.readOnly(), target).send().body());
    }
    JsonNode oldest = revisions(PUBLISHER, id).getLast();
    assertEquals(200, api.get(PUBLISHER, revision(id, oldest)).send().status());
    assertEquals(200, api.get(PUBLISHER, revision(id, oldest) + "/diff").send().status());
    assertEquals(
        201, api.post(PUBLISHER, "/integrations/" + id + "/revisions/create").send().status());
  }

  @Test
  void what_is_foreign_is_answered_as_what_is_unknown() {
    String id = create(managed("M"));
    String own = "/integrations/" + id;
    String revision = "/revisions/" + revisions(ALICE, id).getFirst().path("_id").asString();
    String none = "/revisions/ffffffffffffffffffffffff";

    for (Caller stranger : List.of(BOB, OTHER)) {
      for (String route :
          List.of("/audit", "/revisions", revision, revision + "/diff", none, none + "/diff")) {
        Reply foreign = api.get(stranger, own + route).send();
        assertEquals(404, foreign.status());
        assertEquals(api.get(stranger, UNKNOWN + route).send(), foreign);
        assertEquals(api.get(stranger, "/integrations/malformed" + route).send(), foreign);
      }
      for (String route : List.of("/revisions/create", revision + "/revert", none + "/revert")) {
        Reply foreign = Untouched.refuse(api, ALICE, api.post(stranger, own + route));
        assertEquals(404, foreign.status());
        assertEquals(api.post(stranger, UNKNOWN + route).send(), foreign);
        assertEquals(api.post(stranger, "/integrations/malformed" + route).send(), foreign);
      }
    }
    assertEquals(
        api.get(BOB, own + revision).send().body(), api.get(ALICE, own + none).send().body());
    assertEquals(
        api.get(BOB, own + revision).send().body(),
        api.get(ALICE, own + "/revisions/malformed").send().body());
  }

  @Test
  void history_of_a_deleted_integration_is_its_accounts() {
    String id = create(managed("M"));
    JsonNode revision = revisions(ALICE, id).getFirst();
    delete(ALICE, id);

    assertEquals(List.of("delete", "create"), texts(audit(ALICE, id), "event"));
    assertEquals(1, revisions(ALICE, id).size());
    assertEquals(200, api.get(ALICE, revision(id, revision)).send().status());
    assertEquals(404, api.get(ALICE, revision(id, revision) + "/diff").send().status());
    assertEquals(404, api.get(PUBLISHER, "/integrations/" + id + "/audit").send().status());
    assertEquals(404, api.get(PUBLISHER, revision(id, revision)).send().status());
  }

  @Test
  void pages_make_up_the_whole_once_while_others_write() {
    String id = create("{\"name\":\"0\"}");
    for (int i = 1; i <= 7; i++) {
      put(ALICE, id, "{\"name\":\"" + i + "\"}");
    }
    for (String list : List.of("/audit", "/revisions")) {
      String target = "/integrations/" + id + list;
      List<String> all = Walk.ids(List.of(api.get(ALICE, target).send()));
      List<String> paged = new ArrayList<>();
      Optional<String> next = Optional.of(target + "?limit=3");
      int pages = 0;
      while (next.isPresent()) {
        Reply page = api.get(ALICE, next.get()).send();
        paged.addAll(Walk.ids(List.of(page)));
        next = Walk.next(page);
        pages++;
        put(ALICE, id, "{\"name\":\"meanwhile " + list + pages + "\"}");
      }
      assertEquals(all, paged);
      assertEquals(all.size(), new HashSet<>(paged).size());
      assertEquals((all.size() + 2) / 3, pages);
    }
  }

  @Test
  void cursor_is_worthless_elsewhere() {
    String id = create(managed("M"));
    put(ALICE, id, "{\"name\":\"Two\"}");
    String other = create("{\"name\":\"Other\"}");
    String next =
        Walk.next(api.get(ALICE, "/integrations/" + id + "/audit?limit=1").send()).orElseThrow();

    assertEquals(1, api.get(ALICE, next).send().json().size());
    assertEquals(List.of("cursor"), api.get(PUBLISHER, next).send().fields());
    assertEquals(
        List.of("cursor"), api.get(ALICE, next.replace("/audit", "/revisions")).send().fields());
    assertEquals(List.of("cursor"), api.get(ALICE, next.replace(id, other)).send().fields());
  }

  @Test
  void a_page_keeps_within_what_an_answer_carries() {
    String id = create("{\"name\":\"One\"}");
    for (int i = 0; i < 90; i++) {
      put(ALICE, id, "{\"name\":\"One\",\"a\":\"" + (i + "\\u0007").repeat(3_900) + "\"}");
    }

    List<Reply> pages = Walk.pages(api, ALICE, "/integrations/" + id + "/audit");

    assertTrue(pages.size() > 1, () -> pages.size() + " pages");
    assertEquals(91, Walk.ids(pages).size());
    for (Reply page : pages) {
      assertTrue(String.valueOf(page.body()).length() < 5_000_000);
    }
  }

  @Test
  void snapshot_names_the_present_state_and_changes_nothing() {
    String id = create("{\"name\":\"One\"}");
    Reply before = api.get(ALICE, "/integrations/" + id).send();

    Reply snapshot = snapshot(ALICE, id, "", "{\"description\":\"before the move\"}");

    assertEquals(201, snapshot.status());
    assertEquals("snapshot", snapshot.json().path("type").asString());
    assertEquals("before the move", snapshot.json().path("description").asString());
    assertEquals(before.etag(), snapshot.json().path("etag").asString());
    assertEquals(before, api.get(ALICE, "/integrations/" + id).send());
    assertEquals(snapshot.json(), revisions(ALICE, id).getFirst());
    assertEquals(List.of("create"), texts(audit(ALICE, id), "event"));
    String location = snapshot.headers().getOrDefault("Location", "");
    assertTrue(location.endsWith(revision(id, snapshot.json())), location);
    assertEquals(
        before.body(),
        JsonText.write(
            api.get(ALICE, revision(id, snapshot.json())).send().json().path("document")));
  }

  @Test
  void snapshot_of_an_unchanged_state_is_taken_unless_it_is_to_be_ignored() {
    String id = create("{\"name\":\"One\"}");
    String ignore = "?ignoreIfNoChanges=true";

    assertEquals(201, snapshot(ALICE, id, ignore, null).status());
    Reply ignored = snapshot(ALICE, id, ignore, "{\"description\":\"again\"}");
    assertEquals(204, ignored.status());
    assertEquals(null, ignored.body());
    assertEquals(201, snapshot(ALICE, id, "?ignoreIfNoChanges=false", "null").status());
    assertEquals(3, revisions(ALICE, id).size());

    // Changed, and not recorded yet.
    api.put(ALICE, "/integrations/" + id).body("{\"name\":\"Two\"}").send();
    assertEquals(201, snapshot(ALICE, id, ignore, null).status());
    recorder.record();
    assertEquals(204, snapshot(ALICE, id, ignore, null).status());
    put(ALICE, id, "{\"name\":\"One\"}");
    assertEquals(201, snapshot(ALICE, id, ignore, null).status());
  }

  @Test
  void snapshots_of_one_millisecond_are_all_kept_and_a_lost_answer_makes_no_second_one() {
    Api still = new Api(() -> Instant.parse("2026-11-26T01:00:00Z"));
    String own = "/integrations/" + still.create(ALICE, "{\"name\":\"One\"}").id();
    // First the answer about the row, which is kept.
    for (int lost = 3; lost >= 1; lost--) {
      int request = lost;
      still.http.failWith(number -> number == request ? Fault.ANSWER_LOST : Fault.NONE);
      Reply snapshot =
          still
              .post(ALICE, own + "/revisions/create")
              .body("{\"description\":\"" + lost + "\"}")
              .send();
      still.http.failWith(_ -> Fault.NONE);
      assertEquals(201, snapshot.status(), snapshot::toString);
    }

    List<JsonNode> rows = List.copyOf(still.get(ALICE, own + "/revisions").send().json().values());
    assertEquals(List.of("1", "2", "3"), texts(rows, "description"));
  }

  @Test
  void a_read_token_takes_no_snapshot() {
    String id = create("{\"name\":\"One\"}");

    assertEquals(403, snapshot(ALICE.readOnly(), id, "", null).status());
    assertEquals(1, revisions(ALICE, id).size());
  }

  @Test
  void where_no_history_is_kept_there_is_none() {
    Api off = new Api(0);
    String own = "/integrations/" + off.create(ALICE, "{\"name\":\"One\"}").id();
    String revision = "/revisions/ffffffffffffffffffffffff";

    assertEquals("[]", off.get(ALICE, own + "/audit").send().body());
    assertEquals("[]", off.get(ALICE, own + "/revisions").send().body());
    assertEquals(404, off.get(ALICE, own + revision).send().status());
    assertEquals(404, off.get(ALICE, own + revision + "/diff").send().status());
    assertEquals(404, off.post(ALICE, own + revision + "/revert").send().status());
    Reply snapshot = off.post(ALICE, own + "/revisions/create").send();
    assertEquals(404, snapshot.status());
    assertEquals(
        "No history is kept here.",
        snapshot.json().path("errors").path(0).path("message").asString());
    assertEquals(off.get(BOB, UNKNOWN + "/audit").send(), off.get(BOB, own + "/audit").send());
  }

  @Test
  void what_was_kept_before_it_was_turned_off_is_not_shown() {
    String id = create("{\"name\":\"One\"}");
    JsonNode revision = revisions(ALICE, id).getFirst();
    Api off = api.withHistory(0);

    assertEquals("[]", off.get(ALICE, "/integrations/" + id + "/audit").send().body());
    assertEquals(404, off.get(ALICE, revision(id, revision)).send().status());
  }

  /** What the history tells is its reader's alone, whatever goes wrong on the way. */
  @Test
  void no_log_holds_what_the_history_tells() {
    String secret = "hunter2-of-the-history";
    String id = create("{\"name\":\"One\",\"settings\":{\"secret\":\"" + secret + "\"}}");
    put(ALICE, id, "{\"name\":\"Two\",\"settings\":{}}");
    String own = "/integrations/" + id;
    String revision = revision(id, revisions(ALICE, id).getLast());
    List<Api.Call> calls =
        List.of(
            api.get(ALICE, own + "/audit"),
            api.get(ALICE, own + "/revisions"),
            api.get(ALICE, revision),
            api.get(ALICE, revision + "/diff"),
            api.post(ALICE, own + "/revisions/create").body("{\"description\":\"d\"}"),
            api.post(ALICE, revision + "/revert"));
    assertTrue(String.valueOf(calls.getFirst().send().body()).contains(secret));
    for (int failing = 1; failing <= 3; failing++) {
      int from = failing;
      for (Api.Call call : calls) {
        api.http.failWith(number -> number >= from ? Fault.DENIED : Fault.NONE);
        call.send();
        api.http.failWith(_ -> Fault.NONE);
      }
    }

    List<JsonNode> log = api.takeLog();
    assertFalse(log.isEmpty());
    assertFalse(log.toString().contains(secret));
  }

  private String create(String body) {
    Reply created = api.create(ALICE, body);
    assertEquals(201, created.status(), created::toString);
    recorder.record();
    return created.id();
  }

  private static String managed(String name) {
    return "{\"name\":\"" + name + "\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}";
  }

  private void put(Caller caller, String id, String body) {
    Reply reply = api.put(caller, "/integrations/" + id).body(body).send();
    assertEquals(200, reply.status(), reply::toString);
    recorder.record();
  }

  private void delete(Caller caller, String id) {
    assertEquals(204, api.delete(caller, "/integrations/" + id).send().status());
    recorder.record();
    recorder.record();
  }

  private void revert(Caller caller, String id, String revision) {
    Reply reply =
        api.post(caller, "/integrations/" + id + "/revisions/" + revision + "/revert").send();
    assertEquals(200, reply.status(), reply::toString);
    recorder.record();
  }

  private void begin(String id) {
    api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send();
    recorder.record();
  }

  private void end(String id) {
    Reply reply =
        api.patch(PUBLISHER, "/integrations/" + id)
            .body("[{\"op\":\"add\",\"path\":\"/updateInProgress\",\"value\":false}]")
            .send();
    assertEquals(200, reply.status(), reply::toString);
    recorder.record();
  }

  private Reply snapshot(Caller caller, String id, String query, @Nullable String body) {
    Api.Call call = api.post(caller, "/integrations/" + id + "/revisions/create" + query);
    return body == null ? call.send() : call.body(body).send();
  }

  private static String revision(String id, JsonNode row) {
    return "/integrations/" + id + "/revisions/" + row.path("_id").asString();
  }

  private List<JsonNode> audit(Caller caller, String id) {
    return list(caller, "/integrations/" + id + "/audit");
  }

  private List<JsonNode> revisions(Caller caller, String id) {
    return list(caller, "/integrations/" + id + "/revisions");
  }

  private List<JsonNode> list(Caller caller, String target) {
    Reply reply = api.get(caller, target).send();
    assertEquals(200, reply.status(), reply::toString);
    return List.copyOf(reply.json().values());
  }

  private static List<String> texts(Iterable<JsonNode> rows, String member) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.path(member).asString()));
    return texts;
  }

  /** The document that the patch leads to. */
  static String patched(String document, Reply diff) {
    assertEquals(200, diff.status(), diff::toString);
    assertFalse(diff.headers().containsKey("Link"));
    Validated<JsonNode> result =
        JsonPatch.read(diff.json())
            .then(patch ->
                patch.applyTo(
                    (ObjectNode) JsonText.readTrusted(document), Map.of(), Document.LIMITS));
    return result instanceof Validated.Valid<JsonNode>(JsonNode value)
        ? JsonText.write(value)
        : result.toString();
  }
}
