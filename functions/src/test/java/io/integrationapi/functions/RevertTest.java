package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 9: a revert is a PUT of what the caller may write, as it was then. */
class RevertTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"" + PUBLISHER.id() + "\",\"settings\":{\"a\":1.0}}";
  private static final String OWN =
      "{\"name\":\"One\",\"description\":\"d\",\"settings\":{\"b\":1.0,\"a\":[]},\"z\":\"\"}";

  private Instant now = Instant.parse("2026-11-26T01:00:00Z");
  private final Api api = new Api(() -> now);
  private final Recorder recorder = new Recorder(api);

  @BeforeEach
  void register() {
    api.register(PUBLISHER);
  }

  @Test
  void what_was_erased_and_changed_is_as_it_was() {
    String id = create(OWN);
    String before = document(id);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\",\"other\":1}");

    Reply reverted = revert(ALICE, id, first).send();

    assertEquals(200, reverted.status());
    assertEquals(withoutTimes(before), withoutTimes(document(id)));
    assertEquals(document(id), reverted.body());
    assertNotEquals("", reverted.etag());
    recorder.record();
    assertEquals(List.of("revert", "update", "create"), events(id));
  }

  @Test
  void a_state_that_stands_already_changes_nothing() {
    String id = create(OWN);
    Reply before = api.get(ALICE, path(id)).send();

    Reply reverted = revert(ALICE, id, newest(id)).send();

    assertEquals(200, reverted.status());
    assertEquals(before, reverted);
    recorder.record();
    assertEquals(List.of("create"), events(id));
  }

  @Test
  void each_party_gets_back_what_it_writes() {
    String id = create(MANAGED);
    put(PUBLISHER, id, "{\"name\":\"One\",\"version\":\"1\",\"settings\":{\"a\":1.0}}");
    String first = newest(id);
    put(PUBLISHER, id, "{\"name\":\"Two\",\"version\":\"2\",\"mode\":\"settings\"}");

    Reply byAccount = revert(ALICE, id, first).send();
    assertEquals("One", byAccount.json().path("name").asString());
    assertEquals("2", byAccount.json().path("version").asString());
    assertEquals("settings", byAccount.json().path("mode").asString());

    Reply byPublisher = revert(PUBLISHER, id, first).send();
    assertEquals("One", byPublisher.json().path("name").asString());
    assertEquals("1", byPublisher.json().path("version").asString());
    assertEquals("install", byPublisher.json().path("mode").asString());
  }

  @Test
  void lock_holds_as_for_a_put() {
    String id = create(MANAGED);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\",\"settings\":{\"a\":2}}");
    begin(id);
    String locked = newest(id);

    Reply refused = Untouched.refuse(api, ALICE, revert(ALICE, id, first));
    assertEquals(409, refused.status());
    assertEquals(List.of("update_in_progress"), refused.codes());

    // The publisher's own write goes through, and ends no update.
    Reply byPublisher = revert(PUBLISHER, id, first).send();
    assertEquals(200, byPublisher.status());
    assertEquals("{\"a\":1.0}", JsonText.write(byPublisher.json().path("settings")));
    assertTrue(byPublisher.json().path("updateInProgress").booleanValue());
    recorder.record();
    put(PUBLISHER, id, "{\"name\":\"Two\",\"updateInProgress\":false}");

    // Nor does a state that was locked begin one.
    Reply unlocked = revert(PUBLISHER, id, locked).send();
    assertEquals(200, unlocked.status());
    assertFalse(unlocked.json().path("updateInProgress").booleanValue());
  }

  @Test
  void a_label_comes_back_under_the_lock() {
    String id = create(MANAGED);
    String first = newest(id);
    put(ALICE, id, MANAGED.replace("One", "Two"));
    begin(id);

    assertEquals("One", revert(ALICE, id, first).send().json().path("name").asString());
  }

  @Test
  void precondition_holds_as_for_a_put() {
    String id = create(OWN);
    String first = newest(id);
    String etag = api.get(ALICE, path(id)).send().etag();
    put(ALICE, id, "{\"name\":\"Two\"}");

    Reply stale = Untouched.refuse(api, ALICE, revert(ALICE, id, first).header("If-Match", etag));
    assertEquals(412, stale.status());
    assertEquals(412, revert(ALICE, id, first).header("If-None-Match", "*").send().status());
    String now = api.get(ALICE, path(id)).send().etag();
    assertEquals(200, revert(ALICE, id, first).header("If-Match", now).send().status());
  }

  @Test
  void a_read_token_reverts_nothing() {
    String id = create(OWN);

    Reply refused = Untouched.refuse(api, ALICE, revert(ALICE.readOnly(), id, newest(id)));

    assertEquals(403, refused.status());
  }

  @Test
  void a_state_that_is_not_kept_is_not_found() {
    String id = create(OWN);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\"}");
    now = now.plus(Duration.ofDays(89));
    assertEquals(200, revert(ALICE, id, first).send().status());
    recorder.record();

    now = now.plus(Duration.ofDays(2));
    Reply refused = Untouched.refuse(api, ALICE, revert(ALICE, id, first));

    assertEquals(404, refused.status());
    assertEquals(List.of("revert"), events(id));
  }

  @Test
  void a_snapshot_is_kept_for_longer() {
    String id = create(OWN);
    String snapshot = api.post(ALICE, path(id) + "/revisions/create").send().id();
    put(ALICE, id, "{\"name\":\"Two\"}");
    now = now.plus(Duration.ofDays(3650));

    assertEquals("One", revert(ALICE, id, snapshot).send().json().path("name").asString());

    recorder.record();
    delete(id);
    now = now.plus(Duration.ofDays(91));
    assertEquals(404, revert(ALICE, id, snapshot).send().status());
  }

  @Test
  void same_key_has_one_effect_and_one_answer() {
    String id = create(OWN);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\"}");
    Reply once = keyed(id, first, "k").send();
    recorder.record();
    put(ALICE, id, "{\"name\":\"Three\"}");

    Reply again = keyed(id, first, "k").send();

    assertEquals(200, once.status());
    assertEquals(once, again);
    assertEquals("Three", api.get(ALICE, path(id)).send().json().path("name").asString());
  }

  @Test
  void same_key_with_another_request_is_refused() {
    String id = create(OWN);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\"}");
    String second = newest(id);
    keyed(id, first, "k").send();

    Reply reused = Untouched.refuse(api, ALICE, keyed(id, second, "k"));
    assertEquals(List.of("idempotency_key_reused"), reused.codes());
    Reply other = Untouched.refuse(api, ALICE, keyed(id, first, "k").body("{\"a\":1}"));
    assertEquals(List.of("idempotency_key_reused"), other.codes());
    Reply created =
        Untouched.refuse(
            api, ALICE, api.post(ALICE, "/integrations").header("Idempotency-Key", "k").body(OWN));
    assertEquals(List.of("idempotency_key_reused"), created.codes());
    // And the other way round.
    api.post(ALICE, "/integrations").header("Idempotency-Key", "c").body(OWN).send();
    assertEquals(
        List.of("idempotency_key_reused"),
        Untouched.refuse(api, ALICE, keyed(id, first, "c")).codes());
  }

  @Test
  void a_refused_request_leaves_its_key_free() {
    String id = create(MANAGED);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\",\"settings\":{\"a\":2}}");
    begin(id);
    assertEquals(409, keyed(id, first, "k").send().status());
    assertEquals(404, keyed(id, "f".repeat(24), "k").send().status());
    put(PUBLISHER, id, "{\"name\":\"Two\",\"updateInProgress\":false}");

    assertEquals(200, keyed(id, first, "k").send().status());
  }

  /** The function that held the key is gone: nobody knows whether it reverted. */
  @Test
  void key_of_a_request_that_runs_is_in_progress_until_it_cannot_run_any_more() {
    String id = create(OWN);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\"}");
    // Hold, two reads, then the write never arrives.
    api.http.failWith(number -> number > 3 ? Fault.REFUSED : Fault.NONE);
    Reply lost = keyed(id, first, "k").send();
    api.http.failWith(_ -> Fault.NONE);
    assertEquals(503, lost.status());

    assertEquals(List.of("idempotency_in_progress"), keyed(id, first, "k").send().codes());
    assertEquals(List.of("idempotency_key_reused"), keyed(id, newest(id), "k").send().codes());
    assertEquals("Two", api.get(ALICE, path(id)).send().json().path("name").asString());

    now = now.plusSeconds(16);
    Reply repeated = keyed(id, first, "k").send();
    assertEquals(200, repeated.status());
    assertEquals(repeated, keyed(id, first, "k").send());
  }

  @Test
  void deleted_integration_comes_back_under_its_id() {
    String id = create(OWN);
    String before = document(id);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\"}");
    delete(id);
    assertEquals(412, revert(ALICE, id, first).header("If-Match", "*").send().status());

    Reply revived = revert(ALICE, id, first).header("If-None-Match", "*").send();

    assertEquals(201, revived.status());
    String location = revived.headers().getOrDefault("Location", "");
    assertTrue(location.endsWith("/v1/integrations/" + id), location);
    assertEquals(document(id), revived.body());
    assertEquals(withoutTimes(before), withoutTimes(document(id)));
    assertEquals(JsonText.readTrusted(before).path("createdAt"), revived.json().path("createdAt"));
    recorder.record();
    assertEquals(List.of("revert", "delete", "update", "create"), events(id));
    assertEquals(
        before.contains("\"name\":\"One\""),
        api.get(ALICE, "/integrations").send().toString().contains(id));
  }

  @Test
  void deleted_integration_comes_back_before_its_deletion_is_recorded() {
    String id = create(OWN);
    String first = newest(id);
    now = now.plusMillis(1);
    assertEquals(204, api.delete(ALICE, path(id)).send().status());
    now = now.plusMillis(1);
    List<ObjectNode> late = recorder.pending();

    assertEquals(201, revert(ALICE, id, first).send().status());
    recorder.record(late);
    recorder.record();

    assertEquals(List.of("revert", "delete", "create"), events(id));
    assertEquals(200, api.get(ALICE, path(id)).send().status());
  }

  /** What the account did not write, it does not bring back either. */
  @Test
  void managed_integration_comes_back_as_its_publisher_left_it() {
    String id = create(MANAGED);
    String first = newest(id);
    put(PUBLISHER, id, "{\"name\":\"Two\",\"version\":\"2\",\"mode\":\"settings\"}");
    begin(id);
    put(PUBLISHER, id, "{\"name\":\"Two\",\"version\":\"3\",\"updateInProgress\":false}");
    delete(id);
    assertEquals(404, revert(PUBLISHER, id, first).send().status());

    Reply revived = revert(ALICE, id, first).send();

    assertEquals(201, revived.status());
    assertEquals("One", revived.json().path("name").asString());
    assertEquals("{\"a\":1.0}", JsonText.write(revived.json().path("settings")));
    assertEquals("3", revived.json().path("version").asString());
    assertEquals("settings", revived.json().path("mode").asString());
    assertFalse(revived.json().path("updateInProgress").booleanValue());
    // It is managed as before.
    Reply put = api.put(ALICE, path(id)).body("{\"name\":\"Mine\",\"version\":\"4\"}").send();
    assertEquals("3", put.json().path("version").asString());
    assertEquals(200, api.get(PUBLISHER, path(id)).send().status());
  }

  @Test
  void a_locked_state_comes_back_without_its_lock() {
    String id = create("{\"name\":\"One\",\"updateInProgress\":true}");
    String locked = newest(id);
    put(ALICE, id, "{\"name\":\"One\",\"updateInProgress\":false}");
    delete(id);

    Reply revived = revert(ALICE, id, locked).send();

    assertEquals(201, revived.status());
    assertEquals("false", revived.json().path("updateInProgress").toString());
    assertEquals(204, api.delete(ALICE, path(id)).send().status());
  }

  @Test
  void keyed_return_of_a_deleted_integration_is_answered_alike() {
    String id = create(OWN);
    String first = newest(id);
    delete(id);

    Reply once = keyed(id, first, "k").send();
    recorder.record();
    put(ALICE, id, "{\"name\":\"Two\"}");

    assertEquals(201, once.status());
    assertEquals(once, keyed(id, first, "k").send());
  }

  @Test
  void somebody_else_who_brings_it_back_first_made_it() {
    String id = create(OWN);
    String first = newest(id);
    delete(id);
    List<Reply> other = new ArrayList<>();
    // Row and state are read, and there is nothing to replace; then it is to be made.
    api.http.failWith(number -> {
      if (number == 4 && other.isEmpty()) {
        other.add(revert(ALICE, id, first).send());
      }
      return Fault.NONE;
    });
    Reply reverted = revert(ALICE, id, first).send();
    api.http.failWith(_ -> Fault.NONE);

    assertEquals(List.of(201), other.stream().map(Reply::status).toList());
    assertEquals(200, reverted.status());
    assertEquals(other.getFirst().etag(), reverted.etag());
  }

  @Test
  void of_many_who_bring_it_back_one_makes_it_and_none_is_refused() throws Exception {
    String id = create(OWN);
    String first = newest(id);
    delete(id);
    List<Future<Reply>> replies = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reply> one = revert(ALICE, id, first)::send;
      for (int i = 0; i < 8; i++) {
        replies.add(executor.submit(one));
      }
    }

    List<Integer> statuses = new ArrayList<>();
    for (Future<Reply> reply : replies) {
      statuses.add(reply.get().status());
    }
    statuses.sort(null);
    assertEquals(List.of(200, 200, 200, 200, 200, 200, 200, 201), statuses);
  }

  /** Whatever the interleaving: locked part is never changed under the lock. */
  @Test
  void no_revert_gets_past_a_lock_that_begins_at_the_same_time() throws Exception {
    String id = create(MANAGED);
    String first = newest(id);
    put(ALICE, id, "{\"name\":\"Two\",\"settings\":{\"a\":2}}");
    for (int round = 0; round < 10; round++) {
      put(ALICE, id, "{\"name\":\"Two\",\"settings\":{\"a\":2,\"round\":" + round + "}}");
      Reply reverted;
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Reply> revert = executor.submit(revert(ALICE, id, first)::send);
        begin(id);
        reverted = revert.get();
      }
      boolean refused = reverted.status() == 409;
      assertTrue(refused || reverted.status() == 200, reverted::toString);
      assertEquals(
          refused,
          api.get(ALICE, path(id)).send().json().path("settings").has("round"),
          reverted::toString);
      put(PUBLISHER, id, "{\"name\":\"Two\",\"settings\":{\"a\":2},\"updateInProgress\":false}");
    }
  }

  @Test
  void a_lost_answer_of_the_store_makes_no_second_revert() {
    String id = create(OWN);
    String first = newest(id);
    // The key is held, row and state are read, the write is sent, what came of it is kept.
    for (int lost = 1; lost <= 5; lost++) {
      int request = lost;
      put(ALICE, id, "{\"name\":\"Two\"}");
      int rows = events(id).size();
      api.http.failWith(number -> number == request ? Fault.ANSWER_LOST : Fault.NONE);
      Reply reverted = keyed(id, first, "k " + lost).send();
      api.http.failWith(_ -> Fault.NONE);

      assertEquals(200, reverted.status(), reverted::toString);
      assertEquals(reverted, keyed(id, first, "k " + lost).send());
      recorder.record();
      assertEquals(rows + 1, events(id).size());
    }
  }

  private Call revert(Caller caller, String id, String revision) {
    return api.post(caller, path(id) + "/revisions/" + revision + "/revert");
  }

  private Call keyed(String id, String revision, String key) {
    return revert(ALICE, id, revision).header("Idempotency-Key", key);
  }

  private String create(String body) {
    Reply created = api.create(ALICE, body);
    assertEquals(201, created.status(), created::toString);
    recorder.record();
    return created.id();
  }

  private void put(Caller caller, String id, String body) {
    now = now.plusMillis(1);
    Reply reply = api.put(caller, path(id)).body(body).send();
    assertEquals(200, reply.status(), reply::toString);
    recorder.record();
  }

  private void begin(String id) {
    api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send();
    recorder.record();
  }

  private void delete(String id) {
    now = now.plusSeconds(1);
    assertEquals(204, api.delete(ALICE, path(id)).send().status());
    recorder.record();
    recorder.record();
    now = now.plusSeconds(1);
  }

  private static String path(String id) {
    return "/integrations/" + id;
  }

  private String document(String id) {
    return String.valueOf(api.get(ALICE, path(id)).send().body());
  }

  private static String withoutTimes(String document) {
    ObjectNode json = (ObjectNode) JsonText.readTrusted(document);
    json.remove("lastModified");
    return JsonText.write(json);
  }

  /** The id of the newest revision. */
  private String newest(String id) {
    return api.get(ALICE, path(id) + "/revisions?limit=1")
        .send()
        .json()
        .path(0)
        .path("_id")
        .asString();
  }

  private List<String> events(String id) {
    List<String> events = new ArrayList<>();
    for (JsonNode row : api.get(ALICE, path(id) + "/audit").send().json().values()) {
      events.add(row.path("event").asString());
    }
    return events;
  }
}
