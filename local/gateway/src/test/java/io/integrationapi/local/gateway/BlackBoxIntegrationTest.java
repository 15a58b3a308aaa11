package io.integrationapi.local.gateway;

import static io.integrationapi.local.gateway.DeployedApi.Caller.ACCOUNT;
import static io.integrationapi.local.gateway.DeployedApi.Caller.OTHER_ACCOUNT;
import static io.integrationapi.local.gateway.DeployedApi.Caller.READ_ONLY_ACCOUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.gateway.DeployedApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The life of an integration, as its account sees it from outside. */
class BlackBoxIntegrationTest extends BlackBox {
  private static final String CONNECTION = "57974ed21d2e4ab87ae46d99";
  private static final String OTHER_CONNECTION = "57974ed21d2e4ab87ae46d9a";

  // ---- One integration
  // ---------------------------------------------------------------------------

  @Test
  void created_integration_is_read_where_its_location_says_and_deleted_once() throws Exception {
    Answer created =
        call(ACCOUNT, "POST", "/integrations/")
            .body("{\"name\":\"Größe 🚚\",\"settings\":{\"b\":1e-200,\"a\":1.0},\"empty\":\"\"}")
            .send();
    assertEquals(201, created.status(), created.body());
    String path = DeployedApi.target(created.headers().getOrDefault("Location", ""));
    assertEquals("/integrations/" + created.id(), path);

    Answer found = call(ACCOUNT, "GET", path).send();
    assertEquals(created.body(), found.body());
    assertEquals(created.etag(), found.etag());
    assertTrue(found.body().contains("\"settings\":{\"b\":1e-200,\"a\":1.0}"), found.body());
    assertEquals("Größe 🚚", found.json().path("name").asString());
    assertEquals(
        304, call(ACCOUNT, "GET", path).header("If-None-Match", found.etag()).send().status());

    assertEquals(204, call(ACCOUNT, "DELETE", path).send().status());
    call(ACCOUNT, "DELETE", path).send().refusal(404, "not_found");
    call(ACCOUNT, "GET", path).send().refusal(404, "not_found");
  }

  @Test
  void put_erases_what_it_omits_and_patch_changes_what_it_names() throws Exception {
    String path = create("{\"name\":\"One\",\"description\":\"d\",\"settings\":{\"a\":1}}");

    Answer replaced = call(ACCOUNT, "PUT", path).body("{\"name\":\"Two\"}").send();
    assertEquals(200, replaced.status(), replaced.body());
    assertFalse(replaced.json().has("description"), replaced.body());

    Answer patched =
        call(ACCOUNT, "PATCH", path)
            .body(
                "application/json-patch+json",
                "[{\"op\":\"add\",\"path\":\"/settings\",\"value\":{\"a\":2}}]")
            .send();
    assertEquals(200, patched.status(), patched.body());
    assertEquals(2, patched.json().path("settings").path("a").asInt());
    assertEquals("Two", patched.json().path("name").asString());

    call(ACCOUNT, "PATCH", path)
        .body("[{\"op\":\"test\",\"path\":\"/name\",\"value\":\"One\"}]")
        .send()
        .refusal(409, "patch_failed");
    call(ACCOUNT, "PATCH", path).body("[{\"op\":\"x\"}]").send().refusal(400, "invalid_patch");
    assertEquals(patched.body(), call(ACCOUNT, "GET", path).send().body());
  }

  @Test
  void stale_version_is_written_by_no_method() throws Exception {
    String path = create("{\"name\":\"One\"}");
    String stale = call(ACCOUNT, "GET", path).send().etag();
    Answer current =
        call(ACCOUNT, "PUT", path).header("If-Match", stale).body("{\"name\":\"Two\"}").send();
    assertEquals(200, current.status(), current.body());
    assertNotEquals(stale, current.etag());

    for (String method : List.of("PUT", "PATCH", "DELETE", "POST")) {
      String body =
          switch (method) {
            case "PUT" -> "{\"name\":\"Three\"}";
            case "PATCH" -> "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"Three\"}]";
            default -> "";
          };
      var call = call(ACCOUNT, method, method.equals("POST") ? path + "/clone" : path);
      if (!body.isEmpty()) {
        call.body(body);
      }
      call.header("If-Match", stale).send().refusal(412, "precondition_failed");
    }
    assertEquals(current.body(), call(ACCOUNT, "GET", path).send().body());
  }

  @Test
  void same_key_makes_one_integration() throws Exception {
    String key = UUID.randomUUID().toString();
    Answer first = keyed(key, "{\"name\":\"Once\"}");
    deleteLater(first);

    Answer second = keyed(key, "{\"name\":\"Once\"}");

    assertEquals(201, first.status(), first.body());
    assertEquals(first.body(), second.body());
    keyed(key, "{\"name\":\"Another\"}").refusal(422, "idempotency_key_reused");
  }

  // ---- Lists
  // -------------------------------------------------------------------------------------

  @Test
  void pages_hold_each_integration_once() throws Exception {
    for (int i = 0; i < 3; i++) {
      create("{\"name\":\"Page %d\"}".formatted(i));
    }
    List<String> whole = ids(call(ACCOUNT, "GET", "/integrations?include=_id").send());

    List<String> paged = new ArrayList<>();
    Optional<String> next = Optional.of("/integrations?include=mode&limit=2");
    while (next.isPresent()) {
      Answer page = call(READ_ONLY_ACCOUNT, "GET", next.get()).send();
      paged.addAll(ids(page));
      next = DeployedApi.next(page);
    }

    assertTrue(whole.size() >= 3);
    assertEquals(whole, paged);
  }

  @Test
  void cursor_is_worthless_to_another_caller() throws Exception {
    create("{\"name\":\"Page 1\"}");
    create("{\"name\":\"Page 2\"}");
    Answer page = call(ACCOUNT, "GET", "/integrations?limit=1").send();

    call(OTHER_ACCOUNT, "GET", DeployedApi.next(page).orElseThrow())
        .send()
        .refusal(400, "invalid_query_params");
  }

  // ---- Clone
  // -------------------------------------------------------------------------------------

  @Test
  void clone_has_the_new_connections() throws Exception {
    String path =
        create(
            "{\"name\":\"Source\",\"settings\":{\"connection\":\"%s\"},\"install\":[{\"name\":\"One\",\"completed\":true,\"_connectionId\":\"%s\"}]}"
                .formatted(CONNECTION, CONNECTION));

    Answer copy =
        call(ACCOUNT, "POST", path + "/clone")
            .body("{\"connectionMap\":{\"%s\":\"%s\"}}".formatted(CONNECTION, OTHER_CONNECTION))
            .send();
    deleteLater(copy);

    assertEquals(201, copy.status(), copy.body());
    assertEquals("Clone - Source", copy.json().path("name").asString());
    assertEquals(path, "/integrations/" + copy.json().path("_sourceId").asString());
    assertEquals(OTHER_CONNECTION, copy.json().path("settings").path("connection").asString());
    JsonNode step = copy.json().path("install").path(0);
    assertEquals(OTHER_CONNECTION, step.path("_connectionId").asString());
    assertFalse(step.path("completed").asBoolean());
    call(ACCOUNT, "POST", path + "/clone")
        .body("{\"connectionMap\":{\"%s\":\"%s\"}}".formatted(OTHER_CONNECTION, CONNECTION))
        .send()
        .refusal(400, "invalid_connectionMap");
  }

  @Test
  void clone_needs_no_body() throws Exception {
    String path = create("{\"name\":\"Source\"}");

    Answer copy = call(ACCOUNT, "POST", path + "/clone").send();

    assertEquals(201, copy.status(), copy.body());
    deleteLater(copy);
  }
}
