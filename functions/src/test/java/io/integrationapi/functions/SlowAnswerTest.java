package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store that takes its time: every function answers before Lambda ends it, and says nothing that
 * it does not know. The cases wait more than they work, so they run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class SlowAnswerTest {
  /** What Lambda gives most functions; the last second is for writing the answer. */
  private static final Duration LIMIT =
      TestStore.template().function("PatchIntegrationFunction").timeout().minusSeconds(1);

  private static final Duration LIMIT_OF_BEGIN =
      TestStore.template().function("BeginUpdateFunction").timeout().minusSeconds(1);

  /** The first requests of a cold process take longer than an attempt may last. */
  @BeforeAll
  static void warmUp() {
    for (Write write : Write.values()) {
      Api api = new Api();
      write.send(api, Write.given(api));
    }
  }

  static Stream<Arguments> timeouts() {
    return Stream.of(Write.values())
        .flatMap(write ->
            Stream.of(
                Arguments.of(write, Fault.ANSWER_LATE), Arguments.of(write, Fault.NEVER_ANSWERED)));
  }

  @ParameterizedTest(name = "{0}, {1} at the first request")
  @MethodSource("timeouts")
  void write_whose_first_request_timed_out_is_done_once(Write write, Fault fault) {
    Steady.run(api -> assertDoneOnce(api, write, fault, 1));
  }

  @ParameterizedTest(name = "{0}, {1} at the second request")
  @MethodSource("timeouts")
  void write_whose_second_request_timed_out_is_done_once(Write write, Fault fault) {
    Steady.run(api -> assertDoneOnce(api, write, fault, 2));
  }

  private static void assertDoneOnce(Api api, Write write, Fault fault, int at) {
    Reply given = Write.given(api);
    api.http.failWith(number -> number == at ? fault : Fault.NONE);

    Reply reply = timed(() -> write.send(api, given));

    api.http.failWith(_ -> Fault.NONE);
    write.assertDone(api, given, reply);
  }

  @ParameterizedTest(name = "{0}, always {1}")
  @MethodSource("timeouts")
  void write_all_of_whose_requests_time_out_is_503(Write write, Fault fault) {
    Steady.run(api -> assertUnknown(api, write, fault));
  }

  private static void assertUnknown(Api api, Write write, Fault fault) {
    Reply given = Write.given(api);
    api.http.failWith(_ -> fault);

    Reply reply = timed(() -> write.send(api, given));

    api.http.failWith(_ -> Fault.NONE);
    write.assertUnknown(api, reply);
  }

  @Test
  void read_that_is_never_answered_is_503() {
    Steady.run(SlowAnswerTest::assertReadUnavailable);
  }

  private static void assertReadUnavailable(Api api) {
    String path = "/integrations/" + Write.given(api).id();
    api.http.failWith(_ -> Fault.NEVER_ANSWERED);

    assertUnavailable(timed(api.get(Write.ALICE, path)::send));
    assertUnavailable(timed(api.get(Write.PUBLISHER, "/integrations")::send));
  }

  /** Each of its calls comes to an answer just in time, but there are too many of them. */
  @Test
  void publishers_patch_whose_calls_are_all_slow_is_503_in_time() {
    Steady.run(SlowAnswerTest::assertPatchUnavailable);
  }

  private static void assertPatchUnavailable(Api api) {
    Reply given = Write.given(api);
    api.http.takeOperations();
    api.http.failWith(number -> number % 3 == 0 ? Fault.SLOW : Fault.NEVER_ANSWERED);

    assertUnavailable(
        timed(
            api.patch(Write.PUBLISHER, "/integrations/" + given.id())
                    .body("[{\"op\":\"add\",\"path\":\"/x\",\"value\":1}]")
                ::send));

    assertTrue(
        Set.of("Query", "GetItem").containsAll(api.http.takeOperations()), "no time for a write");
    api.http.failWith(_ -> Fault.NONE);
    assertEquals(given.etag(), api.get(Write.ALICE, "/integrations/" + given.id()).send().etag());
  }

  @Test
  void updates_that_began_before_the_store_fell_silent_are_told_from_those_without_time() {
    Steady.run(SlowAnswerTest::assertToldApart);
  }

  private static void assertToldApart(Api api) {
    Reply given = Write.given(api);
    List<String> ids = new ArrayList<>(List.of(given.id()));
    for (int i = 1; i < 1000; i++) {
      ids.add(String.format("%024x", i));
    }
    api.http.failWith(number -> number > 600 ? Fault.NEVER_ANSWERED : Fault.NONE);

    Reply reply =
        timed(
            LIMIT_OF_BEGIN,
            api.put(Write.PUBLISHER, "/connectors/" + Write.PUBLISHER.id() + "/update")
                    .body("{\"_integrationIds\":" + Api.array(ids.toArray(String[]::new)) + "}")
                ::send);

    api.http.failWith(_ -> Fault.NONE);
    assertEquals(200, reply.status(), reply.body());
    assertEquals(1000, reply.json().size());
    assertEquals(Set.of("started", "not_found", "unavailable"), statuses(reply));
    assertEquals("started", reply.json().path(0).path("status").asString());
  }

  private static Set<String> statuses(Reply reply) {
    return reply.json().values().stream()
        .map(row -> row.path("status").asString())
        .collect(Collectors.toSet());
  }

  private interface Sending {
    Reply send();
  }

  private static Reply timed(Sending sending) {
    return timed(LIMIT, sending);
  }

  private static Reply timed(Duration limit, Sending sending) {
    long start = System.nanoTime();
    Reply reply = sending.send();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(limit) < 0, () -> "answered after " + taken + ": " + reply);
    return reply;
  }

  private static void assertUnavailable(Reply reply) {
    assertEquals(503, reply.status(), reply.body());
    assertEquals(List.of("service_unavailable"), reply.codes());
    assertTrue(reply.headers().containsKey("Retry-After"));
  }
}
