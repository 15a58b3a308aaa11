package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Contract sections 1 to 3: who reaches what, and what each endpoint does. */
class IntegrationsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final Api api = new Api();

  @Test
  void create_answers_the_document_and_where_it_is() {
    Reply reply =
        api.post(ALICE, "/integrations")
            .header("Host", "api.example.com")
            .header("X-Forwarded-Proto", "https")
            .body("{\"x\":[1.0],\"settings\":{\"b\":1,\"a\":2},\"name\":\"One\",\"readme\":\"R\"}")
            .send();

    assertEquals(201, reply.status());
    assertEquals(
        "https://api.example.com/v1/integrations/" + reply.id(), reply.headers().get("Location"));
    assertEquals(
        List.of("_id", "lastModified", "name", "readme", "settings", "createdAt", "x"),
        List.copyOf(reply.json().propertyNames()));
    assertEquals(reply.body(), api.get(ALICE, "/integrations/" + reply.id()).send().body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:3000 | http  | http://127.0.0.1:3000/v1/integrations/",
        "[::1]:3000     | https | https://[::1]:3000/v1/integrations/",
        "a/b            | https | /v1/integrations/",
        "a@b            | https | /v1/integrations/",
        "a>; rel=next   | https | /v1/integrations/"
      })
  void address_of_what_was_made_is_where_the_caller_asked_if_that_can_be_one(
      String host, String scheme, String address) {
    Reply reply =
        api.post(ALICE, "/integrations")
            .header("Host", host)
            .header("X-Forwarded-Proto", scheme)
            .body("{\"name\":\"One\"}")
            .send();

    assertEquals(address + reply.id(), reply.headers().get("Location"));
  }

  @Test
  void create_ignores_what_the_server_writes() {
    Reply reply =
        api.create(
            ALICE,
            "{\"_id\":\"ffffffffffffffffffffffff\",\"createdAt\":1,\"lastModified\":{},"
                + "\"_sourceId\":[],\"name\":\"One\"}");

    assertEquals(201, reply.status());
    assertFalse(reply.id().startsWith("fff"));
    assertFalse(reply.json().has("_sourceId"));
  }

  @Test
  void create_is_not_for_connectors() {
    Reply reply = api.create(PUBLISHER, "{\"name\":\"One\"}");

    assertEquals(403, reply.status());
    assertEquals(List.of("forbidden"), reply.codes());
  }

  @Test
  void integration_with_a_connector_starts_in_install_whatever_its_body_says() {
    for (String more : List.of("", ",\"mode\":\"settings\"", ",\"mode\":\"uninstall\"")) {
      String body = "{\"name\":\"One\",\"_connectorId\":\"unregistered\"" + more + "}";
      assertEquals("install", api.create(ALICE, body).json().path("mode").asString());
    }
    assertFalse(api.create(ALICE, "{\"name\":\"One\"}").json().has("mode"));
  }

  @Test
  void account_of_a_managed_integration_cannot_write_the_publishers_members() {
    api.register(PUBLISHER);
    String body =
        "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\",\"version\":\"9\","
            + "\"mode\":\"settings\",\"install\":[{}],\"updateInProgress\":true}";

    Reply created = api.create(ALICE, body);
    Reply replaced = api.put(ALICE, "/integrations/" + created.id()).body(body).send();

    for (Reply reply : List.of(created, replaced)) {
      assertEquals("install", reply.json().path("mode").asString());
      assertFalse(reply.json().has("version"));
      assertFalse(reply.json().has("install"));
      assertFalse(reply.json().has("updateInProgress"));
    }
  }

  @Test
  void account_writes_the_publishers_members_where_its_connector_is_not_registered() {
    String path =
        "/integrations/"
            + api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"unregistered\"}").id();

    Reply replaced = api.put(ALICE, path).body("{\"name\":\"One\",\"version\":\"1\"}").send();
    assertEquals("1", replaced.json().path("version").asString());
    Reply patched =
        api.patch(ALICE, path)
            .body("[{\"op\":\"replace\",\"path\":\"/version\",\"value\":\"2\"}]")
            .send();
    assertEquals("2", patched.json().path("version").asString());
  }

  @Test
  void replace_erases_what_the_body_omits_of_the_callers_members_only() {
    api.register(PUBLISHER);
    String path =
        "/integrations/"
            + api.create(
                    ALICE,
                    "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\",\"x\":1,"
                        + "\"description\":\"D\"}")
                .id();
    api.put(PUBLISHER, path)
        .body("{\"name\":\"Two\",\"version\":\"1.0\",\"install\":[{\"name\":\"S\"}],\"y\":2}")
        .send();

    Reply byAccount = api.put(ALICE, path).body("{\"name\":\"Three\"}").send();
    assertEquals("1.0", byAccount.json().path("version").asString());
    assertTrue(byAccount.json().has("install"));
    assertFalse(byAccount.json().has("y"));

    Reply byPublisher = api.put(PUBLISHER, path).body("{\"name\":\"Four\"}").send();
    assertFalse(byPublisher.json().has("version"));
    assertFalse(byPublisher.json().has("install"));
    assertEquals("install", byPublisher.json().path("mode").asString());
    assertEquals("57179182e0a908200c2781d9", byPublisher.json().path("_connectorId").asString());
  }

  @Test
  void replace_takes_back_the_whole_document_that_was_read() {
    Reply created = api.create(ALICE, "{\"name\":\"One\",\"settings\":{\"a\":1},\"z\":null}");
    ObjectNode document = (ObjectNode) created.json();
    document.put("name", "Two");

    Reply replaced =
        api.put(ALICE, "/integrations/" + created.id()).body(document.toString()).send();

    assertEquals(200, replaced.status());
    assertEquals("Two", replaced.json().path("name").asString());
    assertEquals(created.json().path("createdAt"), replaced.json().path("createdAt"));
  }

  @Test
  void replace_with_another_id_or_connector_is_refused() {
    String path = "/integrations/" + api.create(ALICE, "{\"name\":\"One\"}").id();

    Reply otherId =
        api.put(ALICE, path).body("{\"name\":\"Two\",\"_id\":\"ffffffffffffffffffffffff\"}").send();
    assertEquals(422, otherId.status());
    assertEquals(List.of("invalid_field"), otherId.codes());
    assertEquals(List.of("_id"), otherId.fields());

    Reply otherConnector =
        api.put(ALICE, path).body("{\"name\":\"Two\",\"_connectorId\":\"c\"}").send();
    assertEquals(422, otherConnector.status());
    assertEquals(List.of("immutable_field"), otherConnector.codes());

    Reply nameless = api.put(ALICE, path).body("{\"_connectorId\":\"another\",\"name\":5}").send();
    assertEquals(List.of("invalid_field", "immutable_field"), nameless.codes());
    assertEquals(List.of("name", "_connectorId"), nameless.fields());
    assertEquals("One", api.get(ALICE, path).send().json().path("name").asString());
  }

  @Test
  void delete_answers_204_and_then_404() {
    String path = "/integrations/" + api.create(ALICE, "{\"name\":\"One\"}").id();

    assertEquals(204, api.delete(ALICE, path).send().status());
    assertEquals(404, api.delete(ALICE, path).send().status());
    assertEquals(404, api.get(ALICE, path).send().status());
    assertEquals(404, api.put(ALICE, path).body("{\"name\":\"Two\"}").send().status());
  }

  @Test
  void what_is_foreign_is_answered_like_what_is_unknown_or_malformed() {
    String path = "/integrations/" + api.create(ALICE, "{\"name\":\"One\"}").id();
    Reply unknown = api.get(BOB, "/integrations/ffffffffffffffffffffffff").send();

    assertEquals(404, unknown.status());
    for (String target : List.of(path, "/integrations/x", "/integrations/" + "F".repeat(24))) {
      assertEquals(unknown, api.get(BOB, target).send());
      assertEquals(unknown, api.delete(BOB, target).send());
      assertEquals(unknown, api.put(BOB, target).body("{\"name\":\"Two\"}").send());
      assertEquals(unknown, api.post(BOB, target + "/clone").send());
      assertEquals(unknown, api.get(PUBLISHER, target).send());
    }
    assertEquals(200, api.get(ALICE, path).send().status());
  }

  @Test
  void connector_reaches_its_integrations_in_any_account() {
    api.register(PUBLISHER);
    String body = "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}";
    Reply alices = api.create(ALICE, body);
    Reply bobs = api.create(BOB, body);
    api.create(BOB, "{\"name\":\"Not the publisher's\"}");

    Reply list = api.get(PUBLISHER, "/integrations").send();

    assertEquals(
        List.of(alices.id(), bobs.id()).stream().sorted().toList(),
        list.json().values().stream().map(entry -> entry.path("_id").asString()).toList());
    assertEquals(alices.body(), api.get(PUBLISHER, "/integrations/" + alices.id()).send().body());
  }

  @Test
  void read_token_reads_and_does_not_write() {
    String path = "/integrations/" + api.create(ALICE, "{\"name\":\"One\"}").id();
    Caller reader = ALICE.readOnly();

    assertEquals(200, api.get(reader, path).send().status());
    assertEquals(403, api.delete(reader, path).send().status());
    assertEquals(403, api.put(reader, path).body("{\"name\":\"Two\"}").send().status());
    assertEquals(403, api.create(reader, "{\"name\":\"Two\"}").status());
    assertEquals(403, api.post(reader, path + "/clone").send().status());
    assertEquals(403, api.patch(reader, path).body("[]").send().status());
  }

  @Test
  void token_info_says_whose_token_it_is() {
    assertEquals(
        "{\"_userId\":\"alice\",\"scope\":\"*\"}", api.get(ALICE, "/tokenInfo").send().body());
    assertEquals(
        "{\"_connectorId\":\"57179182e0a908200c2781d9\",\"scope\":\"read\"}",
        api.get(PUBLISHER.readOnly(), "/tokenInfo").send().body());
  }
}
