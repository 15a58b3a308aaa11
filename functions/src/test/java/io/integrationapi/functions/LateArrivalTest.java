package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A first attempt that the network keeps back arrives when its caller has long been answered: what
 * was refused must not happen then, and what was done must not happen again.
 */
class LateArrivalTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String UPDATE = "/connectors/" + PUBLISHER.id() + "/update";
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"" + PUBLISHER.id() + "\",\"settings\":{\"a\":%s}}";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Api api = new Api(() -> now);
  private final String id;
  private static final String USERS = MANAGED.formatted("\"user\"");
  private static final String USERS_PATCH =
      "[{\"op\":\"replace\",\"path\":\"/settings/a\",\"value\":\"user\"}]";

  private final String path;

  LateArrivalTest() {
    api.register(PUBLISHER);
    id = api.create(ALICE, MANAGED.formatted("\"given\"")).id();
    path = "/integrations/" + id;
    now = now.plusSeconds(60);
  }

  @Test
  void replacement_that_was_refused_for_the_lock_does_not_happen_when_the_lock_has_ended()
      throws IOException {
    keepBack(1, this::begin);

    Reply refused = api.put(ALICE, path).body(MANAGED.formatted("\"user\"")).send();
    assertEquals(List.of("update_in_progress"), refused.codes());

    endBehindTheAttempt("publisher");
    assertEquals("publisher", settings());
  }

  @Test
  void deletion_that_may_still_happen_is_not_told_as_refused() {
    keepBack(1, this::begin);

    assertEquals(503, api.delete(ALICE, path).send().status());
  }

  static Stream<Named<Function<LateArrivalTest, Reply>>> changes() {
    return Stream.of(
        Named.of("PUT", test -> test.api.put(ALICE, test.path).body(USERS).send()),
        Named.of("PATCH", test -> test.api.patch(ALICE, test.path).body(USERS_PATCH).send()));
  }

  /**
   * Two slow writers, and a lock that ends between their attempts: the revisions that the item
   * shows last are older than those before.
   */
  @ParameterizedTest
  @MethodSource("changes")
  void change_that_was_refused_for_the_lock_does_not_happen_behind_a_slower_writer(
      Function<LateArrivalTest, Reply> change) throws Exception {
    begin();
    CountDownLatch ended = new CountDownLatch(1);
    List<CompletableFuture<Reply>> slower = new ArrayList<>();
    keepBackUpdate(() -> slower.add(slowLabel(ended)));

    Reply refused = change.apply(this);
    assertEquals(List.of("update_in_progress"), refused.codes());

    assertEquals(200, end("publisher").status());
    ended.countDown();
    assertEquals(200, slower.getFirst().get().status());
    api.http.deliverLate();

    assertEquals("publisher", settings());
    assertEquals("Slow", document().path("name").asString());
  }

  /** Its first attempt is kept back; the second one waits until the lock has ended. */
  private CompletableFuture<Reply> slowLabel(CountDownLatch ended) {
    CountDownLatch lost = new CountDownLatch(1);
    keepBackUpdate(() -> {
      lost.countDown();
      await(ended);
    });
    CompletableFuture<Reply> reply =
        CompletableFuture.supplyAsync(
            () ->
                api.put(ALICE, path)
                    .body(MANAGED.formatted("\"publisher\"").replace("One", "Slow"))
                    .send(),
            Thread::startVirtualThread);
    await(lost);
    return reply;
  }

  /** The next update of an item is kept back; before anything else is sent, this is done. */
  private void keepBackUpdate(Runnable between) {
    api.http.takeOperations();
    AtomicBoolean kept = new AtomicBoolean();
    api.http.failWith(_ -> {
      boolean update = api.http.takeOperations().contains("UpdateItem");
      if (!update || kept.getAndSet(true)) {
        return Fault.NONE;
      }
      api.http.betweenAttempts(() -> {
        api.http.failWith(_ -> Fault.NONE);
        between.run();
      });
      return Fault.LATE;
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void integration_that_was_created_and_deleted_is_not_created_again_by_a_late_attempt()
      throws IOException {
    keepBack(1, () -> {});

    Reply created = api.create(ALICE, "{\"name\":\"Late\"}");
    assertEquals(201, created.status());
    assertEquals(204, api.delete(ALICE, "/integrations/" + created.id()).send().status());
    api.http.deliverLate();

    assertEquals(1, api.get(ALICE, "/integrations").send().json().size());
  }

  @Test
  void beginning_of_an_update_that_was_in_progress_does_not_happen_when_it_has_ended()
      throws IOException {
    // The first request asks the index.
    keepBack(2, this::begin);

    assertEquals("already_in_progress", begin());

    endBehindTheAttempt("publisher");
    assertFalse(document().path("updateInProgress").asBoolean(true));
  }

  @Test
  void end_of_an_update_does_not_end_the_next_one() throws IOException {
    begin();
    keepBack(2, () -> {});
    assertEquals(200, end("first").status());

    now = now.plus(Api.PATIENT.attempt());
    for (int i = 0; i < 16; i++) {
      api.patch(PUBLISHER, path)
          .body("[{\"op\":\"add\",\"path\":\"/settings/a\",\"value\":\"next\"}]")
          .send();
    }
    begin();
    api.http.deliverLate();

    assertEquals("next", settings());
    assertEquals(true, document().path("updateInProgress").asBoolean(false));
  }

  @Test
  void write_is_not_kept_out_by_one_of_a_clock_that_is_ahead() {
    now = now.plus(Duration.ofHours(1));
    assertEquals(200, api.put(ALICE, path).body(MANAGED.formatted("\"ahead\"")).send().status());
    now = now.minus(Duration.ofHours(1));

    assertEquals(200, api.put(ALICE, path).body(MANAGED.formatted("\"now\"")).send().status());
    assertEquals("now", settings());

    now = now.plus(Duration.ofHours(1));
    assertEquals("started", begin());
    now = now.minus(Duration.ofHours(1));
    assertEquals(List.of("update_in_progress"), api.delete(ALICE, path).send().codes());
    assertEquals(200, end("ended").status());

    now = now.plus(Duration.ofHours(1));
    assertEquals(200, end("again").status());
    now = now.minus(Duration.ofHours(1));
    assertEquals(204, api.delete(ALICE, path).send().status());
  }

  /** The request of that number is kept back; before it is sent again this is done. */
  private void keepBack(int number, Runnable between) {
    api.http.failWith(sent -> {
      if (sent != number) {
        return Fault.NONE;
      }
      api.http.betweenAttempts(() -> {
        api.http.failWith(_ -> Fault.NONE);
        between.run();
      });
      return Fault.LATE;
    });
  }

  private void endBehindTheAttempt(String settings) throws IOException {
    now = now.plus(Api.PATIENT.attempt());
    assertEquals(200, end(settings).status());
    api.http.deliverLate();
  }

  private String begin() {
    return api.put(PUBLISHER, UPDATE)
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send()
        .json()
        .at("/0/status")
        .asString();
  }

  private Reply end(String settings) {
    return api.put(PUBLISHER, path)
        .body(
            "{\"name\":\"One\",\"settings\":{\"a\":\""
                + settings
                + "\"},\"updateInProgress\":false}")
        .send();
  }

  private JsonNode document() {
    return api.get(ALICE, path).send().json();
  }

  private String settings() {
    return document().at("/settings/a").asString();
  }
}
