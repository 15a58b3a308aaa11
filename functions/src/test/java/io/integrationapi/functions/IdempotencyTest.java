package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3: the same key from the same caller has one effect and one answer. */
class IdempotencyTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final String BODY = "{\"name\":\"One\",\"settings\":{\"a\":1.0}}";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Api api = new Api(() -> now);

  @Test
  void same_request_is_answered_the_same_and_done_once() {
    Reply first = create(ALICE, "k", BODY);

    assertEquals(201, first.status());
    assertEquals(first, create(ALICE, "k", BODY));
    assertEquals(first, create(ALICE, "k", " {\"settings\" : {\"a\":1}, \"name\":\"One\"}"));
    assertEquals(1, count(ALICE));
  }

  @Test
  void answer_stays_the_same_when_the_integration_is_changed_or_gone() {
    Reply first = create(ALICE, "k", BODY);
    String path = "/integrations/" + first.id();

    api.put(ALICE, path).body("{\"name\":\"Two\"}").send();
    assertEquals(first, create(ALICE, "k", BODY));
    api.delete(ALICE, path).send();
    assertEquals(first, create(ALICE, "k", BODY));
    assertEquals(0, count(ALICE));
  }

  @Test
  void key_is_remembered_for_24_hours_to_the_millisecond() {
    now = Instant.parse("2026-11-24T12:00:00.999Z");
    Reply first = create(ALICE, "k", BODY);

    now = now.plus(Duration.ofHours(24)).minusMillis(1);
    assertEquals(first, create(ALICE, "k", BODY));
    now = now.plusSeconds(2);
    assertNotEquals(first, create(ALICE, "k", BODY));
    assertEquals(2, count(ALICE));
  }

  /** Others ask for the same at once; what they have to be answered is known. */
  @Test
  void conflict_on_the_record_of_what_is_done_is_no_reason_to_wait() {
    Reply first = create(ALICE, "k", BODY);
    Reply copy = clone(ALICE, first.id(), "l", "{}");
    api.http.failWith(_ -> Fault.CONFLICT);

    assertEquals(first, create(ALICE, "k", BODY));
    assertEquals(copy, clone(ALICE, first.id(), "l", "{}"));

    api.http.failWith(_ -> Fault.NONE);
  }

  @Test
  void throttled_table_is_no_other_request_that_is_still_running() {
    Reply source = api.create(ALICE, BODY);
    api.http.failWith(_ -> Fault.ITEM_THROTTLED);

    assertEquals(List.of("service_unavailable"), create(ALICE, "k", BODY).codes());
    assertEquals(List.of("service_unavailable"), clone(ALICE, source.id(), "l", "{}").codes());

    api.http.failWith(_ -> Fault.NONE);
  }

  @Test
  void another_request_under_the_key_is_refused() {
    Reply first = create(ALICE, "k", BODY);

    for (Reply other :
        List.of(
            create(ALICE, "k", "{\"name\":\"Two\"}"),
            clone(ALICE, first.id(), "k", "{\"name\":\"One\",\"settings\":{\"a\":1.0}}"))) {
      assertEquals(422, other.status());
      assertEquals(List.of("idempotency_key_reused"), other.codes());
    }
    assertEquals(1, count(ALICE));
  }

  @Test
  void clone_of_another_source_under_the_key_is_refused() {
    String one = api.create(ALICE, BODY).id();
    String other = api.create(ALICE, BODY).id();
    assertEquals(201, clone(ALICE, one, "k", "{}").status());

    assertEquals(List.of("idempotency_key_reused"), clone(ALICE, other, "k", "{}").codes());

    assertEquals(3, count(ALICE));
  }

  @Test
  void key_belongs_to_its_caller() {
    assertNotEquals(create(ALICE, "k", BODY).id(), create(BOB, "k", BODY).id());
  }

  @Test
  void refused_request_leaves_its_key_free() {
    assertEquals(422, create(ALICE, "k", "{}").status());
    assertEquals(404, clone(ALICE, "ffffffffffffffffffffffff", "k", "{}").status());
    assertEquals(201, create(ALICE, "k", BODY).status());
  }

  @Test
  void key_is_free_again_after_a_day() {
    Reply first = create(ALICE, "k", BODY);

    now = now.plus(Duration.ofHours(24)).minusSeconds(1);
    assertEquals(first, create(ALICE, "k", BODY));
    now = now.plusSeconds(1);
    assertNotEquals(first.id(), create(ALICE, "k", BODY).id());
  }

  @Test
  void key_that_is_a_day_old_says_nothing_of_a_source_that_is_gone() {
    Reply source = create(ALICE, "s", BODY);
    assertEquals(201, clone(ALICE, source.id(), "k", "{}").status());
    api.delete(ALICE, "/integrations/" + source.id()).send();

    now = now.plus(Duration.ofHours(24));
    assertEquals(404, clone(ALICE, source.id(), "k", "{}").status());
  }

  @Test
  void clone_is_answered_the_same_when_its_source_is_changed_locked_or_gone() {
    Reply source = api.create(ALICE, "{\"name\":\"One\",\"settings\":{\"c\":\"old\"}}");
    String path = "/integrations/" + source.id();
    String map = "{\"connectionMap\":{\"old\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}}";
    Reply first = clone(ALICE, source.id(), "k", map);
    assertEquals(201, first.status());

    api.put(ALICE, path).body("{\"name\":\"Two\",\"updateInProgress\":true}").send();
    assertEquals(first, clone(ALICE, source.id(), "k", map));
    api.put(ALICE, path).body("{\"name\":\"Two\",\"updateInProgress\":false}").send();
    api.delete(ALICE, path).send();
    assertEquals(first, clone(ALICE, source.id(), "k", map));
    assertEquals(422, clone(ALICE, source.id(), "k", "{}").status());
    assertEquals(1, count(ALICE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_crowd_on_one_key_has_one_effect_and_one_answer(boolean clones) throws Exception {
    Reply source = api.create(ALICE, BODY);
    List<Future<Reply>> crowd = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        crowd.add(
            executor.submit(
                () -> clones ? clone(ALICE, source.id(), "k", "{}") : create(ALICE, "k", BODY)));
      }
    }

    HashSet<Reply> replies = new HashSet<>();
    for (Future<Reply> reply : crowd) {
      replies.add(reply.get());
    }
    assertEquals(1, replies.size());
    assertEquals(201, replies.iterator().next().status());
    assertEquals(2, count(ALICE));
  }

  private Reply create(Caller caller, String key, String body) {
    return api.post(caller, "/integrations").header("Idempotency-Key", key).body(body).send();
  }

  private Reply clone(Caller caller, String id, String key, String body) {
    return api.post(caller, "/integrations/" + id + "/clone")
        .header("Idempotency-Key", key)
        .body(body)
        .send();
  }

  private int count(Caller caller) {
    return api.get(caller, "/integrations").send().json().size();
  }
}
