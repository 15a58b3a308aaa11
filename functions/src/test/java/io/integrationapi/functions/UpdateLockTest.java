package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 5: while an update is in progress, the user cannot change the configuration. */
class UpdateLockTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final Caller OTHER_PUBLISHER = Caller.connector("000000000000000000000001");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\","
          + "\"settings\":{\"a\":1,\"b\":[2]},\"other\":\"o\"}";

  private final Api api = new Api();
  private Reply managed = new Reply(0, Map.of(), null);
  private String path = "";

  @BeforeEach
  void managedIntegration() {
    api.register(PUBLISHER);
    api.register(OTHER_PUBLISHER);
    managed = api.create(ALICE, MANAGED);
    path = "/integrations/" + managed.id();
  }

  @Test
  void begin_locks_each_integration_of_the_connector_and_says_what_came_of_each() {
    String foreign = api.create(ALICE, "{\"name\":\"Own\"}").id();

    Reply first = begin(managed.id(), foreign, "ffffffffffffffffffffffff", "x", managed.id());
    Reply second = begin(managed.id());

    assertEquals(
        List.of("started", "not_found", "not_found", "not_found", "already_in_progress"),
        statuses(first));
    assertEquals(List.of("already_in_progress"), statuses(second));
    Reply now = api.get(ALICE, path).send();
    assertTrue(now.json().path("updateInProgress").asBoolean());
    assertNotEquals(managed.etag(), now.etag());
  }

  @Test
  void begin_of_an_id_that_is_asked_for_twice_is_sent_once() {
    api.http.takeOperations();

    assertEquals(
        List.of("started", "already_in_progress"), statuses(begin(managed.id(), managed.id())));

    assertEquals(List.of("Query", "UpdateItem"), api.http.takeOperations());
  }

  @Test
  void begin_is_for_the_connector_itself() {
    String body = "{\"_integrationIds\":[\"" + managed.id() + "\"]}";
    String update = "/connectors/57179182e0a908200c2781d9/update";

    assertEquals(403, api.put(ALICE, update).body(body).send().status());
    assertEquals(403, api.put(PUBLISHER.readOnly(), update).body(body).send().status());
    assertEquals(404, api.put(OTHER_PUBLISHER, update).body(body).send().status());
    assertEquals(
        List.of("not_found"),
        statuses(
            api.put(OTHER_PUBLISHER, "/connectors/" + OTHER_PUBLISHER.id() + "/update")
                .body(body)
                .send()));
    assertFalse(api.get(ALICE, path).send().json().has("updateInProgress"));
  }

  @Test
  void refusal_says_since_when_and_whose_update_it_is() {
    begin(managed.id());
    String since = api.get(ALICE, path).send().json().path("lastModified").asString();

    Reply refused = api.put(ALICE, path).body(MANAGED.replace("\"a\":1", "\"a\":3")).send();

    assertEquals(409, refused.status());
    JsonNode error = refused.json().path("errors").path(0);
    assertEquals("update_in_progress", error.path("code").asString());
    assertEquals(since, error.path("since").asString());
    assertEquals("57179182e0a908200c2781d9", error.path("_connectorId").asString());
    assertEquals(
        since,
        api.get(PUBLISHER, "/connectors/57179182e0a908200c2781d9/installBase")
            .send()
            .json()
            .path(0)
            .path("updateInProgressSince")
            .asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"New\",\"settings\":{\"b\":[2.0],\"a\":1e0},\"other\":\"o\",\"readme\":\"r\"}",
        "{\"name\":\"New\",\"settings\":{\"b\":[2],\"a\":1},\"other\":\"o\",\"description\":\"d\","
            + "\"updateInProgress\":false,\"version\":\"x\"}"
      })
  void account_changes_labels_under_the_lock(String body) {
    begin(managed.id());

    Reply reply = api.put(ALICE, path).body(body).send();

    assertEquals(200, reply.status(), reply.body());
    assertEquals("New", reply.json().path("name").asString());
    assertTrue(reply.json().path("updateInProgress").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"One\",\"settings\":{\"a\":1,\"b\":[3]},\"other\":\"o\"}",
        "{\"name\":\"One\",\"settings\":{\"a\":1,\"b\":[2]}}",
        "{\"name\":\"One\",\"settings\":{\"a\":1,\"b\":[2]},\"other\":\"o\",\"more\":0}",
        "{\"name\":\"One\",\"other\":\"o\"}"
      })
  void account_cannot_change_the_configuration_under_the_lock(String body) {
    begin(managed.id());
    Reply before = api.get(ALICE, path).send();

    assertEquals(409, api.put(ALICE, path).body(body).send().status());

    assertEquals(before, api.get(ALICE, path).send());
  }

  @Test
  void patch_is_held_to_the_same_rule() {
    begin(managed.id());

    assertEquals(409, patch(ALICE, "replace", "/settings/a", "3").status());
    assertEquals(409, patch(ALICE, "add", "/more", "0").status());
    assertEquals(200, patch(ALICE, "replace", "/settings/a", "1.0").status());
    assertEquals(200, patch(ALICE, "replace", "/name", "\"New\"").status());
    assertEquals(200, patch(PUBLISHER, "replace", "/settings/a", "4").status());
  }

  @Test
  void patch_of_a_self_managed_integration_is_held_to_it_too() {
    path =
        "/integrations/"
            + api.create(
                    ALICE, "{\"name\":\"Own\",\"settings\":{\"a\":1},\"updateInProgress\":true}")
                .id();

    assertEquals(409, patch(ALICE, "replace", "/settings/a", "3").status());
    assertEquals(200, patch(ALICE, "replace", "/name", "\"New\"").status());
    assertEquals(200, patch(ALICE, "replace", "/updateInProgress", "false").status());
    assertEquals(200, patch(ALICE, "replace", "/settings/a", "3").status());
  }

  @Test
  void delete_and_clone_are_refused_for_everybody() {
    begin(managed.id());

    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      assertEquals(List.of("update_in_progress"), api.delete(caller, path).send().codes());
      assertEquals(List.of("update_in_progress"), api.post(caller, path + "/clone").send().codes());
    }
    assertEquals(1, api.get(ALICE, "/integrations").send().json().size());
  }

  @Test
  void publisher_writes_under_the_lock_and_only_an_explicit_false_ends_it() {
    begin(managed.id());

    Reply omitted = api.put(PUBLISHER, path).body("{\"name\":\"One\",\"settings\":{}}").send();
    assertTrue(omitted.json().path("updateInProgress").asBoolean());
    assertEquals(409, api.put(ALICE, path).body("{\"name\":\"One\"}").send().status());

    Reply ended =
        api.put(PUBLISHER, path)
            .body("{\"name\":\"One\",\"version\":\"2\",\"updateInProgress\":false}")
            .send();
    assertFalse(ended.json().path("updateInProgress").asBoolean(true));
    assertEquals(200, api.put(ALICE, path).body("{\"name\":\"One\",\"x\":1}").send().status());
    assertEquals(204, api.delete(ALICE, path).send().status());
  }

  @Test
  void lock_that_the_publisher_confirms_keeps_its_beginning() {
    begin(managed.id());
    String since = since();

    api.put(PUBLISHER, path).body("{\"name\":\"One\",\"updateInProgress\":true}").send();

    assertEquals(since, since());
  }

  @Test
  void self_managed_integration_is_locked_and_unlocked_by_its_account() {
    Reply own = api.create(ALICE, "{\"name\":\"Own\",\"settings\":{\"a\":1}}");
    String ownPath = "/integrations/" + own.id();
    String locked = "{\"name\":\"Own\",\"settings\":{\"a\":2},\"updateInProgress\":true}";

    assertEquals(200, api.put(ALICE, ownPath).body(locked).send().status());
    assertEquals(409, api.put(ALICE, ownPath).body("{\"name\":\"Own\"}").send().status());
    assertEquals(
        409,
        api.put(ALICE, ownPath)
            .body(locked.replace("2", "3").replace("true", "false"))
            .send()
            .status());
    assertEquals(409, api.delete(ALICE, ownPath).send().status());
    assertEquals(
        200, api.put(ALICE, ownPath).body(locked.replace("true", "false")).send().status());
    assertEquals(200, api.put(ALICE, ownPath).body("{\"name\":\"Own\"}").send().status());
  }

  @Test
  void of_a_thousand_integrations_each_takes_two_requests_to_the_store_and_an_unknown_one_one() {
    String[] ids = new String[1000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i < 20 ? api.create(ALICE, MANAGED).id() : String.format("%024x", i);
    }
    api.http.takeOperations();

    Reply reply = begin(ids);

    assertEquals(20, statuses(reply).stream().filter("started"::equals).count());
    List<String> operations = api.http.takeOperations();
    assertEquals(Set.of("Query", "UpdateItem"), Set.copyOf(operations));
    // On a busy machine a few of them are sent again.
    assertTrue(operations.size() < 1020 + 20, () -> operations.size() + " requests");
  }

  @Test
  void begin_makes_nothing_of_an_integration_that_was_deleted_while_it_was_located() {
    api.http.failWith(number -> {
      if (number == 1) {
        api.http.betweenAttempts(() -> api.delete(ALICE, path).send());
      }
      return Fault.NONE;
    });

    assertEquals(List.of("not_found"), statuses(begin(managed.id())));

    assertEquals("[]", api.get(ALICE, "/integrations").send().body());
  }

  /** Made before its connector was registered: its account is user and publisher in one. */
  @Test
  void begin_leaves_alone_what_the_connector_does_not_publish() {
    Caller later = Caller.connector("57179182e0a908200c2781ee");
    Reply own = api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"" + later.id() + "\"}");
    api.register(later);
    String begin = "{\"_integrationIds\":" + Api.array(own.id()) + "}";

    Reply begun = api.put(later, "/connectors/" + later.id() + "/update").body(begin).send();

    assertEquals(List.of("not_found"), statuses(begun));
    assertEquals(own.body(), api.get(ALICE, "/integrations/" + own.id()).send().body());
  }

  @Test
  void begin_that_goes_wrong_for_one_says_what_came_of_the_others() {
    String other = api.create(ALICE, MANAGED).id();
    api.http.failWith(number -> number == 1 ? Fault.DENIED : Fault.NONE);
    assertEquals(
        List.of("started", "unavailable"),
        statuses(begin(managed.id(), other)).stream().sorted().toList());
    assertTrue(
        api.takeLog().stream().anyMatch(line -> line.toString().contains("DynamoDbException")),
        "what went wrong is in the log");

    api.http.failWith(_ -> Fault.DENIED);
    assertEquals(500, begin(managed.id(), other).status());
  }

  private Reply begin(String... ids) {
    return api.put(PUBLISHER, "/connectors/57179182e0a908200c2781d9/update")
        .body("{\"_integrationIds\":" + Api.array(ids) + "}")
        .send();
  }

  private Reply patch(Caller caller, String op, String at, String value) {
    return api.patch(caller, path)
        .body("[{\"op\":\"" + op + "\",\"path\":\"" + at + "\",\"value\":" + value + "}]")
        .send();
  }

  private String since() {
    return api.put(ALICE, path)
        .body("{\"name\":\"One\",\"never\":1}")
        .send()
        .json()
        .path("errors")
        .path(0)
        .path("since")
        .asString();
  }

  private static List<String> statuses(Reply reply) {
    return reply.json().values().stream().map(row -> row.path("status").asString()).toList();
  }
}
