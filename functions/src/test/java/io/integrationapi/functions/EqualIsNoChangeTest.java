package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write after which all stands as it stood is none (contract section 2). */
class EqualIsNoChangeTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String DOCUMENT =
      "{\"name\":\"One\",\"description\":\"\",\"_connectorId\":\"57179182e0a908200c2781d9\","
          + "\"x\":[1.0,1e5],\"settings\":{\"a\":1,\"b\":{}},\"y\":{}}";

  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final Api api = new Api(() -> now);
  private final Reply given;
  private final String path;

  EqualIsNoChangeTest() {
    api.register(PUBLISHER);
    String id = api.create(ALICE, DOCUMENT).id();
    path = "/integrations/" + id;
    assertEquals(
        200,
        api.put(PUBLISHER, path)
            .body(DOCUMENT.replace("\"x\"", "\"version\":\"1\",\"install\":[{}],\"x\""))
            .send()
            .status());
    given = api.get(ALICE, path).send();
    now = now.plusSeconds(60);
  }

  @Test
  void put_of_the_document_as_it_was_read_changes_nothing() {
    assertUnchanged(api.put(ALICE, path).body(requireNonNull(given.body())).send());
    assertUnchanged(api.put(PUBLISHER, path).body(requireNonNull(given.body())).send());
  }

  @Test
  void put_costs_one_request() {
    api.http.takeOperations();
    api.put(ALICE, path).body(requireNonNull(given.body())).send();

    assertEquals(List.of("UpdateItem"), api.http.takeOperations());
  }

  @Test
  void put_that_the_document_was_made_by_changes_nothing() {
    assertUnchanged(api.put(ALICE, path).body(DOCUMENT).send());
  }

  @Test
  void accounts_put_that_differs_in_the_publishers_members_changes_nothing() {
    assertUnchanged(
        api.put(ALICE, path)
            .body(DOCUMENT.replace("\"x\"", "\"version\":\"2\",\"mode\":\"settings\",\"x\""))
            .send());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"op\":\"test\",\"path\":\"/settings/a\",\"value\":1}]",
        "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"One\"}]",
        "[{\"op\":\"add\",\"path\":\"/z\",\"value\":1},{\"op\":\"remove\",\"path\":\"/z\"}]"
      })
  void patch_after_which_all_stands_as_it_stood_changes_nothing(String patch) {
    api.http.takeOperations();
    Reply reply = api.patch(ALICE, path).body(patch).send();

    assertEquals(List.of("GetItem", "UpdateItem"), api.http.takeOperations());
    assertUnchanged(reply);
    assertUnchanged(api.patch(PUBLISHER, path).body(patch).send());
  }

  /** The text counts: order, the spelling of numbers, and what is empty beside what is absent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.0 | 1.00",
        "1e5 | 100000",
        "\"a\":1,\"b\":{} | \"b\":{},\"a\":1",
        ",\"y\":{} | ''",
        "\"description\":\"\", | ''",
        "\"name\":\"One\" | \"name\":\"Two\""
      })
  void put_that_differs_in_its_text_is_a_change(String from, String to) {
    Reply reply = api.put(ALICE, path).body(DOCUMENT.replace(from, to)).send();

    assertEquals(200, reply.status());
    assertNotEquals(given.etag(), reply.etag());
    assertNotEquals(given.body(), api.get(ALICE, path).send().body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":\"2\",\"install\":[{}],",
        "\"version\":\"1\",\"install\":[{},{}],",
        "\"version\":\"1\",",
        "\"install\":[{}],",
        "\"version\":\"1\",\"install\":[{}],\"mode\":\"settings\",",
        "\"version\":\"1\",\"install\":[{}],\"updateInProgress\":false,"
      })
  void publishers_put_that_differs_in_one_of_its_members_is_a_change(String members) {
    Reply reply =
        api.put(PUBLISHER, path).body(DOCUMENT.replace("\"x\"", members + "\"x\"")).send();

    assertEquals(200, reply.status());
    assertNotEquals(given.etag(), reply.etag());
  }

  @Test
  void equal_put_is_refused_as_any_other() {
    assertEquals(
        412,
        api.put(ALICE, path)
            .header("If-Match", "\"0123456789abcdef01234567\"")
            .body(requireNonNull(given.body()))
            .send()
            .status());
    assertEquals(
        412,
        api.put(ALICE, path)
            .header("If-None-Match", given.etag())
            .body(requireNonNull(given.body()))
            .send()
            .status());
    assertEquals(
        404,
        api.put(Caller.account("bob"), path).body(requireNonNull(given.body())).send().status());
    assertUnchanged(
        api.put(ALICE, path)
            .header("If-Match", given.etag())
            .body(requireNonNull(given.body()))
            .send());
  }

  @Test
  void equal_put_passes_under_the_lock_and_changes_nothing() {
    api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
        .body("{\"_integrationIds\":[\"" + given.id() + "\"]}")
        .send();
    Reply locked = api.get(ALICE, path).send();

    Reply reply = api.put(ALICE, path).body(requireNonNull(locked.body())).send();

    assertEquals(locked.body(), reply.body());
    assertEquals(locked.etag(), reply.etag());
  }

  private void assertUnchanged(Reply reply) {
    assertEquals(200, reply.status(), reply.body());
    assertEquals(given.body(), reply.body());
    assertEquals(given.etag(), reply.etag());
    var item = api.item(ALICE, given.id());
    assertEquals(given.etag(), "\"" + requireNonNull(item.get("revision")).s() + "\"");
    assertEquals(
        given.json().path("lastModified").asString(), requireNonNull(item.get("lastModified")).s());
  }
}
