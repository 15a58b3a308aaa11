package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Contract section 3: a version of a document changes with every change, and only then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntityTagTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String ADD_OTHER = "[{\"op\":\"add\",\"path\":\"/other\",\"value\":1}]";

  private final Api api = new Api();
  private String path = "";
  private String etag = "";

  EntityTagTest() {
    api.register(PUBLISHER);
  }

  @BeforeEach
  void create() {
    Reply created =
        api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}");
    path = "/integrations/" + created.id();
    etag = created.etag();
  }

  private String current() {
    return api.get(ALICE, path).send().etag();
  }

  private void assertPreconditionFailed(Call call) {
    Reply reply = Untouched.refuse(api, ALICE, call);
    assertEquals(412, reply.status(), reply::toString);
    assertEquals(List.of("precondition_failed"), reply.codes());
  }

  @Test
  void tag_is_strong_and_changes_with_each_change() {
    Set<String> seen = new HashSet<>(Set.of(etag));
    String update = "{\"_integrationIds\":[\"" + path.substring(path.lastIndexOf('/') + 1) + "\"]}";
    List<Call> changes =
        List.of(
            api.put(ALICE, path).body("{\"name\":\"M\"}"),
            api.put(PUBLISHER, path).body("{\"name\":\"M\",\"version\":\"1\"}"),
            api.patch(ALICE, path).body(ADD_OTHER),
            api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update").body(update),
            api.put(PUBLISHER, path).body("{\"name\":\"M\",\"updateInProgress\":false}"));
    for (Call change : changes) {
      Reply reply = change.send();
      assertEquals(200, reply.status());
      assertTrue(current().matches("\"[^\"]+\""));
      assertTrue(seen.add(current()), "a tag that was there before");
      if (!reply.etag().isEmpty()) {
        assertEquals(current(), reply.etag());
      }
    }
  }

  @Test
  void tag_stays_while_nothing_changes() {
    String update = "{\"_integrationIds\":[\"" + path.substring(path.lastIndexOf('/') + 1) + "\"]}";
    Call push = api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update").body(update);
    assertEquals("started", push.send().json().at("/0/status").asString());
    String locked = current();

    assertEquals("already_in_progress", push.send().json().at("/0/status").asString());
    assertEquals(409, api.patch(ALICE, path).body(ADD_OTHER).send().status());
    assertEquals(409, api.delete(ALICE, path).send().status());
    assertEquals(409, api.post(ALICE, path + "/clone").send().status());
    assertEquals(422, api.put(ALICE, path).body("{}").send().status());
    assertEquals(
        404, api.put(Caller.account("bob"), path).body("{\"name\":\"B\"}").send().status());
    api.get(ALICE, "/integrations").send();
    api.create(ALICE, "{\"name\":\"N\"}");

    assertEquals(locked, current());
    assertEquals(locked, api.get(PUBLISHER, path).send().etag());
  }

  @Test
  void clone_has_a_tag_of_its_own_and_leaves_the_sources() {
    Reply clone = api.post(ALICE, path + "/clone").header("If-Match", etag).send();

    assertEquals(201, clone.status());
    assertNotEquals(etag, clone.etag());
    assertEquals(etag, current());
    assertEquals(clone.etag(), api.get(ALICE, "/integrations/" + clone.id()).send().etag());
  }

  @Test
  void tag_of_what_was_deleted_is_of_no_use() {
    assertEquals(204, api.delete(ALICE, path).header("If-Match", etag).send().status());
    assertEquals(404, api.delete(ALICE, path).header("If-Match", etag).send().status());
    assertEquals(
        404,
        api.put(ALICE, path).body("{\"name\":\"M\"}").header("If-Match", etag).send().status());
  }

  @Test
  void two_writers_with_one_tag_do_not_both_write() {
    Call first = api.put(ALICE, path).body("{\"name\":\"A\"}").header("If-Match", etag);
    Call second = api.patch(ALICE, path).body(ADD_OTHER).header("If-Match", etag);

    assertEquals(200, first.send().status());
    assertPreconditionFailed(second);
    assertFalse(api.get(ALICE, path).send().json().has("other"));
  }

  @Test
  void counter_of_8_threads_loses_nothing() throws Exception {
    int each = 4;
    api.put(ALICE, path).body("{\"name\":\"N\",\"count\":0}").send();
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        boolean patches = thread % 2 == 0;
        writers.add(
            executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                countOne(patches);
              }
            }));
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }

    assertEquals(8 * each, api.get(ALICE, path).send().json().path("count").asInt());
  }

  private void countOne(boolean patches) {
    Reply written;
    do {
      Reply read = api.get(ALICE, path).send();
      int next = read.json().path("count").asInt() + 1;
      Call call =
          patches
              ? api.patch(ALICE, path)
                  .body("[{\"op\":\"replace\",\"path\":\"/count\",\"value\":" + next + "}]")
              : api.put(ALICE, path).body("{\"name\":\"N\",\"count\":" + next + "}");
      written = call.header("If-Match", read.etag()).send();
    } while (written.status() == 412);
    assertEquals(200, written.status(), written::toString);
  }
}
