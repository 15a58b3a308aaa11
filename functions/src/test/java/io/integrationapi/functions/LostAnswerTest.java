package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.StoreLine.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of write through every fault of the line to the store: a caller never hears a refusal
 * that its own first attempt caused, and nothing happens twice.
 */
class LostAnswerTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\",\"settings\":{\"secret\":\"a-setting-that-nobody-may-print\",\"a\":1}}";

  /** The kinds of writes, each with what a success answers and leaves. */
  enum Write {
    CREATE(201, 2) {
      @Override
      Reply send(Api api, Reply given) {
        return api.create(ALICE, "{\"name\":\"Two\"}");
      }
    },
    CREATE_WITH_CONNECTOR(201, 2) {
      @Override
      Reply send(Api api, Reply given) {
        return api.create(ALICE, MANAGED);
      }
    },
    CREATE_WITH_KEY(201, 2) {
      @Override
      Reply send(Api api, Reply given) {
        return api.post(ALICE, "/integrations")
            .header("Idempotency-Key", "k")
            .body("{\"name\":\"Two\"}")
            .send();
      }
    },
    REPLACE(200, 1) {
      @Override
      Reply send(Api api, Reply given) {
        return api.put(ALICE, "/integrations/" + given.id())
            .header("If-Match", given.etag())
            .body("{\"name\":\"Two\",\"_connectorId\":\"57179182e0a908200c2781d9\"}")
            .send();
      }
    },
    PATCH(200, 1) {
      @Override
      Reply send(Api api, Reply given) {
        return api.patch(ALICE, "/integrations/" + given.id())
            .header("If-Match", given.etag())
            .body("[{\"op\":\"add\",\"path\":\"/list\",\"value\":[1]}]")
            .send();
      }
    },
    DELETE(204, 0) {
      @Override
      Reply send(Api api, Reply given) {
        return api.delete(ALICE, "/integrations/" + given.id())
            .header("If-Match", given.etag())
            .send();
      }
    },
    CLONE(201, 2) {
      @Override
      Reply send(Api api, Reply given) {
        return api.post(ALICE, "/integrations/" + given.id() + "/clone")
            .header("If-Match", given.etag())
            .send();
      }
    },
    CLONE_WITH_KEY(201, 2) {
      @Override
      Reply send(Api api, Reply given) {
        return api.post(ALICE, "/integrations/" + given.id() + "/clone")
            .header("Idempotency-Key", "k")
            .send();
      }
    },
    END_OF_LOCK(200, 1) {
      @Override
      Reply send(Api api, Reply given) {
        return api.put(PUBLISHER, "/integrations/" + given.id())
            .body("{\"name\":\"Two\",\"settings\":{\"a\":2},\"updateInProgress\":false}")
            .send();
      }
    },
    BEGIN_UPDATE(200, 1) {
      @Override
      Reply send(Api api, Reply given) {
        return api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"" + given.id() + "\"]}")
            .send();
      }
    };

    private final int status;
    private final int left;

    Write(int status, int left) {
      this.status = status;
      this.left = left;
    }

    abstract Reply send(Api api, Reply given);
  }

  static Stream<Arguments> onceFaulty() {
    List<Arguments> cases = new ArrayList<>();
    for (Write write : Write.values()) {
      for (Fault fault : Fault.values()) {
        cases.add(Arguments.of(write, fault, 1));
        if (fault != Fault.ANSWER_LATE) {
          cases.add(Arguments.of(write, fault, 2));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, {1} at request {2}")
  @MethodSource("onceFaulty")
  void write_that_met_one_fault_is_done_once_and_answered_as_if_there_had_been_none(
      Write write, Fault fault, int at) {
    Api api = new Api();
    Reply given = given(api);
    api.line.failWith(number -> number == at ? fault : Fault.NONE);

    Reply reply = write.send(api, given);

    api.line.failWith(_ -> Fault.NONE);
    assertEquals(write.status, reply.status(), reply.body());
    assertEquals(write.left, list(api).size());
    if (write == Write.BEGIN_UPDATE) {
      assertEquals("started", reply.json().path(0).path("status").asString());
      assertTrue(get(api, given).path("updateInProgress").asBoolean());
    } else if (write != Write.DELETE) {
      Reply now = api.get(ALICE, "/integrations/" + reply.id()).send();
      assertEquals(reply.body(), now.body());
      assertEquals(reply.etag(), now.etag());
    }
  }

  static Stream<Arguments> alwaysFaulty() {
    List<Arguments> cases = new ArrayList<>();
    for (Write write : Write.values()) {
      for (Fault fault : Fault.values()) {
        if (fault != Fault.NONE && fault != Fault.ANSWER_LATE) {
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
    Reply given = given(api);
    api.line.failWith(_ -> fault);

    Reply reply = write.send(api, given);

    api.line.failWith(_ -> Fault.NONE);
    if (write == Write.BEGIN_UPDATE && reply.status() == 200) {
      assertEquals("unavailable", reply.json().path(0).path("status").asString());
    } else if (fault == Fault.CONFLICT && write.name().endsWith("WITH_KEY")) {
      // What is in the way of a key's record is the same key's other request.
      assertEquals(409, reply.status(), reply.body());
      assertEquals(List.of("idempotency_in_progress"), reply.codes());
    } else {
      assertEquals(503, reply.status(), reply.body());
      assertEquals(List.of("service_unavailable"), reply.codes());
      assertTrue(reply.headers().containsKey("Retry-After"));
    }
    assertTrue(List.of(1, write.left).contains(list(api).size()));
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
    Reply given = given(api);
    // The publisher's writes ask the index first.
    int at = write == Write.END_OF_LOCK ? 2 : 1;
    IntFunction<Fault> faults = number -> number == at ? fault : Fault.NONE;
    api.line.failWith(number -> {
      if (number == at) {
        api.line.betweenAttempts(() -> {
          api.line.failWith(_ -> Fault.NONE);
          api.put(ALICE, "/integrations/" + given.id())
              .body(MANAGED.replace("One", "Between").replace("1}", "2}"))
              .send();
        });
      }
      return faults.apply(number);
    });

    Reply reply = write.send(api, given);

    assertEquals(200, reply.status(), reply.body());
    assertEquals("Two", reply.json().path("name").asString());
    assertEquals("Between", get(api, given).path("name").asString());
  }

  @ParameterizedTest
  @MethodSource("overtakenDeletions")
  void delete_whose_answer_was_lost_does_not_hear_404_because_of_itself(Fault fault) {
    Api api = new Api();
    Reply given = given(api);
    api.line.failWith(number -> number == 1 ? fault : Fault.NONE);

    assertEquals(204, api.delete(ALICE, "/integrations/" + given.id()).send().status());
    assertEquals(404, api.delete(ALICE, "/integrations/" + given.id()).send().status());
  }

  static Stream<Fault> overtakenDeletions() {
    return Stream.of(Fault.ANSWER_LOST, Fault.ANSWER_LATE, Fault.SERVER_ERROR_AFTERWARDS);
  }

  private static Reply given(Api api) {
    api.register(PUBLISHER);
    Reply created = api.create(ALICE, MANAGED);
    assertEquals(201, created.status());
    return created;
  }

  private static JsonNode list(Api api) {
    return api.get(ALICE, "/integrations").send().json();
  }

  private static JsonNode get(Api api, Reply given) {
    return api.get(ALICE, "/integrations/" + given.id()).send().json();
  }
}
