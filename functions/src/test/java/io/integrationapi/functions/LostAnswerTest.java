package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of write through every fault of the line to the store: a caller never hears a refusal
 * that its own first attempt caused, and nothing happens twice. What fails every time is waited
 * for, so the cases run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class LostAnswerTest {
  /** Faults that take their time are another test's: {@link SlowAnswerTest}. */
  private static final Set<Fault> AT_ONCE =
      EnumSet.of(
          Fault.NONE,
          Fault.REFUSED,
          Fault.ANSWER_LOST,
          Fault.SERVER_ERROR,
          Fault.SERVER_ERROR_AFTERWARDS,
          Fault.CUT_OFF,
          Fault.THROTTLED,
          Fault.CONFLICT);

  static Stream<Arguments> onceFaulty() {
    List<Arguments> cases = new ArrayList<>();
    for (Write write : Write.values()) {
      for (Fault fault : AT_ONCE) {
        cases.add(Arguments.of(write, fault, 1));
        cases.add(Arguments.of(write, fault, 2));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, {1} at request {2}")
  @MethodSource("onceFaulty")
  void write_that_met_one_fault_is_done_once_and_answered_as_if_there_had_been_none(
      Write write, Fault fault, int at) {
    Api api = new Api();
    Reply given = Write.given(api);
    api.http.failWith(number -> number == at ? fault : Fault.NONE);

    Reply reply = write.send(api, given);

    api.http.failWith(_ -> Fault.NONE);
    write.assertDone(api, given, reply);
  }

  static Stream<Arguments> alwaysFaulty() {
    List<Arguments> cases = new ArrayList<>();
    for (Write write : Write.values()) {
      for (Fault fault : AT_ONCE) {
        if (fault != Fault.NONE) {
          cases.add(Arguments.of(write, fault));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, always {1}")
  @MethodSource("alwaysFaulty")
  void write_that_cannot_be_known_is_503_and_happens_at_most_once(Write write, Fault fault) {
    Api api = new Api();
    Reply given = Write.given(api);
    api.http.failWith(_ -> fault);

    Reply reply = write.send(api, given);

    api.http.failWith(_ -> Fault.NONE);
    if (fault == Fault.CONFLICT && write.name().endsWith("WITH_KEY")) {
      // What is in the way of a key's record is the same key's other request.
      assertEquals(409, reply.status(), reply.body());
      assertEquals(List.of("idempotency_in_progress"), reply.codes());
    } else {
      write.assertUnknown(api, reply);
    }
  }

  static Stream<Arguments> overtaken() {
    return Stream.of(Fault.ANSWER_LOST, Fault.SERVER_ERROR_AFTERWARDS)
        .flatMap(fault ->
            Stream.of(Write.REPLACE, Write.END_OF_LOCK).map(write -> Arguments.of(write, fault)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("overtaken")
  void write_whose_answer_was_lost_is_a_success_and_not_repeated_over_who_came_between(
      Write write, Fault fault) {
    Api api = new Api();
    Reply given = Write.given(api);
    // The publisher's writes ask the index first.
    int at = write == Write.END_OF_LOCK ? 2 : 1;
    IntFunction<Fault> faults = number -> number == at ? fault : Fault.NONE;
    api.http.failWith(number -> {
      if (number == at) {
        api.http.betweenAttempts(() -> {
          api.http.failWith(_ -> Fault.NONE);
          api.put(Write.ALICE, "/integrations/" + given.id())
              .body(Write.MANAGED.replace("One", "Between").replace("1}", "2}"))
              .send();
        });
      }
      return faults.apply(number);
    });

    Reply reply = write.send(api, given);

    // One strong tag has one body, so the answer is the document as it is now.
    Reply now = api.get(Write.ALICE, "/integrations/" + given.id()).send();
    assertEquals(200, reply.status(), reply.body());
    assertEquals("Between", reply.json().path("name").asString());
    assertEquals(now.body(), reply.body());
    assertEquals(now.etag(), reply.etag());
  }

  @ParameterizedTest
  @EnumSource(names = {"CLONE", "CLONE_WITH_KEY"})
  void clone_whose_answer_was_lost_is_one_copy_of_what_the_source_was_then(Write write) {
    Api api = new Api();
    Reply given = Write.given(api);
    api.http.failWith(number -> {
      if (number != 2) {
        return Fault.NONE;
      }
      api.http.betweenAttempts(() -> {
        api.http.failWith(_ -> Fault.NONE);
        api.put(Write.ALICE, "/integrations/" + given.id())
            .body(Write.MANAGED.replace("One", "Between"))
            .send();
      });
      return Fault.ANSWER_LOST;
    });

    Reply reply = write.send(api, given);

    write.assertDone(api, given, reply);
    assertEquals("Clone - One", reply.json().path("name").asString());
    assertEquals("Between", get(api, given).path("name").asString());
  }

  @ParameterizedTest
  @MethodSource("overtakenDeletions")
  void delete_whose_answer_was_lost_does_not_hear_404_because_of_itself(Fault fault) {
    Api api = new Api();
    Reply given = Write.given(api);
    api.http.failWith(number -> number == 1 ? fault : Fault.NONE);

    assertEquals(204, api.delete(Write.ALICE, "/integrations/" + given.id()).send().status());
    assertEquals(404, api.delete(Write.ALICE, "/integrations/" + given.id()).send().status());
  }

  static Stream<Fault> overtakenDeletions() {
    return Stream.of(Fault.ANSWER_LOST, Fault.SERVER_ERROR_AFTERWARDS);
  }

  /** What is gone shows nothing of the writes that made it. */
  @Test
  void write_whose_answer_was_lost_is_unknown_when_the_integration_was_deleted_since() {
    Api api = new Api();
    Reply given = Write.given(api);
    String path = "/integrations/" + given.id();
    api.http.failWith(number -> {
      if (number == 1) {
        api.http.betweenAttempts(() -> {
          api.http.failWith(_ -> Fault.NONE);
          api.delete(Write.ALICE, path).send();
        });
        return Fault.ANSWER_LOST;
      }
      return Fault.NONE;
    });

    assertEquals(503, api.put(Write.ALICE, path).body(Write.MANAGED).send().status());
    assertEquals(404, api.put(Write.ALICE, path).body(Write.MANAGED).send().status());
  }

  /** A lost attempt is revoked; what is tried for another reason then is another attempt. */
  @Test
  void patch_that_lost_an_answer_and_was_overtaken_is_done() {
    Api api = new Api();
    Reply given = Write.given(api);
    String path = "/integrations/" + given.id();
    // The second request is the write; somebody else's comes before it is settled.
    api.http.failWith(number -> {
      if (number != 2) {
        return Fault.NONE;
      }
      api.http.betweenAttempts(() -> {
        api.http.failWith(_ -> Fault.NONE);
        api.put(Write.ALICE, path).body(Write.MANAGED.replace("One", "Between")).send();
      });
      return Fault.REFUSED;
    });

    Reply reply =
        api.patch(Write.ALICE, path)
            .body("[{\"op\":\"add\",\"path\":\"/description\",\"value\":\"mine\"}]")
            .send();

    assertEquals(200, reply.status(), reply.body());
    assertEquals("mine", get(api, given).path("description").asString());
    assertEquals("Between", get(api, given).path("name").asString());
  }

  /** An account's PUT without its connector is first taken for a self-managed integration's. */
  @Test
  void put_that_lost_an_answer_and_guessed_wrong_is_done() {
    Api api = new Api();
    Reply given = Write.given(api);
    api.http.failWith(number -> number == 1 ? Fault.REFUSED : Fault.NONE);

    Reply reply =
        api.put(Write.ALICE, "/integrations/" + given.id()).body("{\"name\":\"Two\"}").send();

    assertEquals(200, reply.status(), reply.body());
    assertEquals("Two", get(api, given).path("name").asString());
  }

  private static JsonNode get(Api api, Reply given) {
    return api.get(Write.ALICE, "/integrations/" + given.id()).send().json();
  }
}
