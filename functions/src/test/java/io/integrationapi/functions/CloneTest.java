package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 6: what a copy is, and that it is one transaction. */
class CloneTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String OLD = "57974ed21d2e4ab87ae46d99";
  private static final String NEW = "aaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String SOURCE =
      "{\"name\":\"One\",\"readme\":\"R\",\"description\":\"D\",\"version\":\"7\",\"mode\":\"settings\",\"settings\":{\"deep\":[{\"id\":\"OLD\"},\"OLD\",\"not"
          + " OLD\"],\"OLD\":1},"
          + "\"install\":[{\"name\":\"S\",\"completed\":true,\"_connectionId\":\"OLD\"},{\"x\":\"OLD\"}],"
          + "\"flows\":[{\"_connectionId\":\"OLD\",\"note\":\"OLD\"}]}";

  private static final String EXCHANGED =
      "{\"a\":\"OLD\",\"b\":\"NEW\",\"_connectionId\":[\"OLD\",{\"_connectionId\":\"NEW\"}]}"
          .replace("OLD", OLD)
          .replace("NEW", NEW);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
  private final Api api = new Api(now::get);

  @Test
  void copy_has_what_the_source_has_and_begins_anew() {
    Reply source = api.create(ALICE, SOURCE.replace("OLD", OLD));
    now.updateAndGet(instant -> instant.plusSeconds(5));

    Reply copy = api.post(ALICE, "/integrations/" + source.id() + "/clone").send();

    assertEquals(201, copy.status());
    assertTrue(
        copy.headers().getOrDefault("Location", "").endsWith("/v1/integrations/" + copy.id()));
    JsonNode json = copy.json();
    assertEquals("Clone - One", json.path("name").asString());
    assertEquals(source.id(), json.path("_sourceId").asString());
    assertFalse(json.path("install").path(0).path("completed").asBoolean(true));
    assertFalse(json.path("install").path(1).has("completed"));
    assertEquals("settings", json.path("mode").asString());
    assertEquals("2026-11-24T12:00:05.000Z", json.path("createdAt").asString());
    assertEquals("2026-11-24T12:00:05.000Z", json.path("lastModified").asString());
    for (String same : List.of("readme", "description", "version", "settings", "flows")) {
      assertEquals(source.json().path(same), json.path(same), same);
    }
    assertEquals(copy.body(), api.get(ALICE, "/integrations/" + copy.id()).send().body());
    assertEquals(source.body(), api.get(ALICE, "/integrations/" + source.id()).send().body());
  }

  @Test
  void connection_map_replaces_ids_in_every_member_that_is_copied() {
    Reply source = api.create(ALICE, SOURCE.replace("OLD", OLD));

    Reply copy =
        api.post(ALICE, "/integrations/" + source.id() + "/clone")
            .body("{\"connectionMap\":{\"" + OLD + "\":\"" + NEW + "\"}}")
            .send();

    JsonNode json = copy.json();
    assertEquals(
        "{\"deep\":[{\"id\":\"NEW\"},\"NEW\",\"not OLD\"],\"OLD\":1}"
            .replace("NEW", NEW)
            .replace("OLD", OLD),
        json.path("settings").toString());
    assertEquals(NEW, json.path("install").path(0).path("_connectionId").asString());
    assertEquals(NEW, json.path("install").path(1).path("x").asString());
    assertEquals(NEW, json.path("flows").path(0).path("_connectionId").asString());
    assertEquals(NEW, json.path("flows").path(0).path("note").asString());
  }

  /** The public command line sends such a map of all connections that an integration names. */
  @Test
  void map_of_ids_onto_themselves_copies_the_source_as_it_is() {
    String others =
        "\"_registeredConnectionIds\":[\"OLD\",\"NEW\"],\"aliases\":[{\"alias\":\"a\",\"_connectionId\":\"OLD\"}]"
            .replace("OLD", OLD)
            .replace("NEW", NEW);
    Reply source = api.create(ALICE, "{\"name\":\"One\"," + others + "}");

    Reply copy =
        api.post(ALICE, "/integrations/" + source.id() + "/clone")
            .body(
                "{\"connectionMap\":{\"OLD\":\"OLD\",\"NEW\":\"NEW\"}}"
                    .replace("OLD", OLD)
                    .replace("NEW", NEW))
            .send();

    assertEquals(201, copy.status(), copy::toString);
    for (String member : List.of("_registeredConnectionIds", "aliases")) {
      assertEquals(source.json().path(member), copy.json().path(member), member);
    }
  }

  /** They are words for people, and the version is the publisher's word. */
  @ParameterizedTest
  @ValueSource(strings = {"description", "readme", "version"})
  void label_that_equals_an_id_refers_to_no_connection(String member) {
    Reply source = api.create(ALICE, "{\"name\":\"One\",\"" + member + "\":\"" + OLD + "\"}");

    Reply refused =
        api.post(ALICE, "/integrations/" + source.id() + "/clone")
            .body("{\"connectionMap\":{\"" + OLD + "\":\"" + NEW + "\"}}")
            .send();

    assertEquals(400, refused.status(), refused::toString);
    assertEquals(List.of("invalid_connectionMap"), refused.codes());
  }

  @Test
  void connections_that_take_each_others_place_are_exchanged() {
    Reply source = api.create(ALICE, "{\"name\":\"One\",\"settings\":" + EXCHANGED + "}");

    Reply copy =
        api.post(ALICE, "/integrations/" + source.id() + "/clone")
            .body(
                "{\"connectionMap\":{\"OLD\":\"NEW\",\"NEW\":\"OLD\"}}"
                    .replace("OLD", OLD)
                    .replace("NEW", NEW))
            .send();

    assertEquals(
        EXCHANGED.replace(OLD, "-").replace(NEW, OLD).replace("-", NEW),
        copy.json().path("settings").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"connectionMap\":[]}                          | 400 | invalid_connectionMap",
        "{\"connectionMap\":{\"57974ed21d2e4ab87ae46d99\":\"no id\"}} | 400 |"
            + " invalid_connectionMap",
        "{\"connectionMap\":{\"57974ed21d2e4ab87ae46d99\":1}} | 400 | invalid_connectionMap",
        "{\"connectionMap\":{\"nowhere\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}} | 400 |"
            + " invalid_connectionMap",
        "{\"name\":\"\"}                                 | 422 | invalid_field",
        "{\"name\":1}                                    | 422 | invalid_field",
        "[]                                              | 400 | malformed_json",
        "{                                               | 400 | malformed_json"
      })
  void bad_wishes_are_refused_and_nothing_is_made(String body, int status, String code) {
    Reply source = api.create(ALICE, SOURCE.replace("OLD", OLD));

    Reply refused = api.post(ALICE, "/integrations/" + source.id() + "/clone").body(body).send();

    assertEquals(status, refused.status(), refused.body());
    assertEquals(List.of(code), refused.codes());
    assertEquals(1, api.get(ALICE, "/integrations").send().json().size());
  }

  @Test
  void name_is_cut_to_the_limit_or_taken_from_the_body() {
    Reply source = api.create(ALICE, "{\"name\":\"" + "\uD83D\uDE00".repeat(200) + "\"}");
    String path = "/integrations/" + source.id() + "/clone";

    String name = api.post(ALICE, path).body("{}").send().json().path("name").asString();
    assertEquals("Clone - " + "\uD83D\uDE00".repeat(192), name);
    assertEquals(
        "Mine",
        api.post(ALICE, path).body("{\"name\":\"Mine\"}").send().json().path("name").asString());
  }

  @Test
  void copy_made_by_the_publisher_is_the_accounts_and_starts_in_install() {
    api.register(PUBLISHER);
    Reply source =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}");
    String path = "/integrations/" + source.id();
    api.put(PUBLISHER, path).body("{\"name\":\"One\",\"mode\":\"settings\"}").send();

    Reply copy = api.post(PUBLISHER, path + "/clone").send();

    assertEquals("install", copy.json().path("mode").asString());
    assertEquals(200, api.get(ALICE, "/integrations/" + copy.id()).send().status());
  }

  @Test
  void copy_that_nobody_publishes_starts_in_install_too_where_there_is_a_connector() {
    Reply source =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}");
    String path = "/integrations/" + source.id();
    api.put(ALICE, path).body("{\"name\":\"One\",\"mode\":\"settings\"}").send();

    Reply copy = api.post(ALICE, path + "/clone").send();

    assertEquals("settings", api.get(ALICE, path).send().json().path("mode").asString());
    assertEquals("install", copy.json().path("mode").asString());
  }

  @Test
  void copy_is_managed_if_the_connector_was_registered_meanwhile() {
    Reply source =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}");
    Reply before = api.post(ALICE, "/integrations/" + source.id() + "/clone").send();
    api.register(PUBLISHER);
    Reply after = api.post(ALICE, "/integrations/" + source.id() + "/clone").send();

    String version = "{\"name\":\"Two\",\"version\":\"1\"}";
    assertTrue(
        api.put(ALICE, "/integrations/" + before.id()).body(version).send().json().has("version"));
    assertFalse(
        api.put(ALICE, "/integrations/" + after.id()).body(version).send().json().has("version"));
  }

  @Test
  void source_that_changes_under_the_clone_is_copied_as_it_is_then() {
    Reply source = api.create(ALICE, "{\"name\":\"One\",\"x\":1,\"y\":1}");
    api.http.failWith(number -> {
      if (number == 1) {
        api.http.betweenAttempts(() ->
            api.put(ALICE, "/integrations/" + source.id())
                .body("{\"name\":\"Two\",\"x\":2,\"y\":2}")
                .send());
      }
      return Fault.NONE;
    });

    Reply copy = api.post(ALICE, "/integrations/" + source.id() + "/clone").send();

    assertEquals("Clone - Two", copy.json().path("name").asString());
    assertEquals("[2,2]", "[" + copy.json().path("x") + "," + copy.json().path("y") + "]");
  }

  @Test
  void clones_against_writers_are_never_mixed() throws Exception {
    Reply source = api.create(ALICE, "{\"name\":\"0\",\"x\":0,\"settings\":{\"y\":0}}");
    String path = "/integrations/" + source.id();
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicInteger copies = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          executor.submit(() -> {
            for (int n = 1; going.get(); n++) {
              String body = "{\"name\":\"N\",\"x\":N,\"settings\":{\"y\":N}}";
              api.put(ALICE, path).body(body.replace("N", Integer.toString(n))).send();
            }
          });
      for (int i = 0; i < 4; i++) {
        all.add(
            executor.submit(() -> {
              for (int n = 0; n < 10; n++) {
                Reply copy = api.post(ALICE, path + "/clone").send();
                if (copy.status() == 503) {
                  continue;
                }
                copies.incrementAndGet();
                String x = copy.json().path("x").toString();
                assertEquals("Clone - " + x, copy.json().path("name").asString());
                assertEquals(x, copy.json().path("settings").path("y").toString());
              }
            }));
      }
      for (Future<?> cloner : all) {
        cloner.get();
      }
      going.set(false);
      writer.get();
    }
    assertEquals(copies.get() + 1, api.get(ALICE, "/integrations").send().json().size());
    assertTrue(copies.get() > 0);
  }

  @Test
  void large_source_with_a_thousand_connections_is_cloned_in_two_requests() {
    StringBuilder strings = new StringBuilder();
    StringBuilder map = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      strings.append(i == 0 ? "" : ",").append('"').append(String.format("%024x", i % 1000));
      strings.append("\"");
    }
    for (int i = 0; i < 1000; i++) {
      map.append(i == 0 ? "" : ",");
      map.append(String.format("\"%024x\":\"%024x\"", i, i + 1_000_000));
    }
    String body = "{\"name\":\"Large\",\"settings\":{\"s\":[" + strings + "],\"f\":\"";
    body += "x".repeat(350_000 - body.length() - 3) + "\"}}";
    Reply source = api.create(ALICE, body);
    assertEquals(201, source.status());
    api.http.takeOperations();

    Reply copy =
        api.post(ALICE, "/integrations/" + source.id() + "/clone")
            .body("{\"connectionMap\":{" + map + "}}")
            .send();

    assertEquals(201, copy.status());
    assertEquals(List.of("GetItem", "TransactWriteItems"), api.http.takeOperations());
    JsonNode copied = copy.json().path("settings").path("s");
    assertEquals(10_000, copied.size());
    for (int i = 0; i < copied.size(); i++) {
      assertEquals(String.format("%024x", i % 1000 + 1_000_000), copied.path(i).asString());
    }
  }
}
