package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users against updates, all at once: nothing moves under a lock. */
class UpdateRaceTest {
  private static final int WRITERS = 6;
  private static final int UPDATES = 25;
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final Api api = new Api();

  @Test
  void configuration_stands_still_from_the_begin_to_the_end_of_each_update() throws Exception {
    api.register(PUBLISHER);
    String id =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}").id();
    String path = "/integrations/" + id;
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Future<?>> writers = new ArrayList<>();

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(
            executor.submit(() -> {
              for (int n = 0; going.get(); n++) {
                int status = change(path, writer, n).status();
                assertTrue(List.of(200, 409).contains(status), "answered " + status);
                (status == 200 ? written : refused).incrementAndGet();
              }
            }));
      }
      try {
        for (int update = 0; update < UPDATES; update++) {
          update(id, path, update);
        }
      } finally {
        going.set(false);
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertTrue(written.get() > 0, "no writer ever won");
    assertTrue(refused.get() > 0, "no writer was ever refused");
  }

  /** Half of the writers replace, half patch. */
  private Reply change(String path, int writer, int n) {
    String value = "\"" + writer + "-" + n + "\"";
    return writer % 2 == 0
        ? api.put(ALICE, path)
            .body(
                "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\","
                    + "\"settings\":{\"by\":"
                    + value
                    + "}}")
            .send()
        : api.patch(ALICE, path)
            .body("[{\"op\":\"add\",\"path\":\"/other\",\"value\":" + value + "}]")
            .send();
  }

  private void update(String id, String path, int update) {
    Reply begun =
        api.put(PUBLISHER, "/connectors/57179182e0a908200c2781d9/update")
            .body("{\"_integrationIds\":[\"" + id + "\"]}")
            .send();
    assertEquals("started", begun.json().path(0).path("status").asString());

    JsonNode locked = api.get(ALICE, path).send().json();
    for (int i = 0; i < 5; i++) {
      JsonNode now = api.get(ALICE, path).send().json();
      assertEquals(locked.path("settings"), now.path("settings"));
      assertEquals(locked.path("other"), now.path("other"));
    }
    Reply ended =
        api.patch(PUBLISHER, path)
            .body(
                "[{\"op\":\"add\",\"path\":\"/updateInProgress\",\"value\":false},"
                    + "{\"op\":\"add\",\"path\":\"/version\",\"value\":\""
                    + update
                    + "\"}]")
            .send();
    assertEquals(200, ended.status(), ended.body());
    assertEquals(locked.path("settings"), ended.json().path("settings"));
    assertEquals(locked.path("other"), ended.json().path("other"));
  }
}
