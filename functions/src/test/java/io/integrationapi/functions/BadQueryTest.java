package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: query parameters and ids in paths that mean nothing here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadQueryTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String LIST = "/integrations";
  private static final String INSTALL_BASE = "/connectors/" + PUBLISHER.id() + "/installBase";

  private final Api api = new Api();
  private final String cursor;
  private final String bobsId;

  BadQueryTest() {
    api.register(PUBLISHER);
    String body = "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}";
    api.create(ALICE, body);
    api.create(ALICE, body);
    bobsId = api.create(BOB, body).id();
    cursor = cursor(api.get(ALICE, LIST + "?limit=1").send());
  }

  private static String cursor(Reply page) {
    String next = Walk.next(page).orElseThrow();
    return next.substring(next.indexOf("cursor=") + "cursor=".length());
  }

  private static void assertInvalid(String field, Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(List.of("invalid_query_params"), reply.codes());
    assertEquals(List.of(field), reply.fields());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "0",
        "1001",
        "-1",
        "+1",
        "1.5",
        "1e2",
        "abc",
        "0x10",
        "10 ",
        "1,2",
        "null",
        "１",
        "2147483648",
        "4294967297",
        "99999999999999999999",
      })
  void limit_that_is_no_number_from_1_to_1000_is_refused(String limit) {
    assertInvalid("limit", api.get(ALICE, LIST + "?limit=" + limit).send());
    assertInvalid("limit", api.get(PUBLISHER, LIST + "?limit=" + limit).send());
    assertInvalid("limit", api.get(PUBLISHER, INSTALL_BASE + "?limit=" + limit).send());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "1000"})
  void limit_from_1_to_1000_is_taken(String limit) {
    assertEquals(200, api.get(ALICE, LIST + "?limit=" + limit).send().status());
    assertEquals(200, api.get(PUBLISHER, INSTALL_BASE + "?limit=" + limit).send().status());
  }

  Stream<String> badCursors() {
    byte[] right = Base64.getUrlDecoder().decode(cursor);
    byte[] otherId = right.clone();
    otherId[11] ^= 1;
    byte[] otherSkip = right.clone();
    otherSkip[15] ^= 1;
    byte[] otherDigest = right.clone();
    otherDigest[30] ^= 1;
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return Stream.of(
        "",
        " ",
        "x",
        "null",
        "%00",
        "é",
        bobsId,
        "A".repeat(cursor.length()),
        "A".repeat(5000),
        cursor.substring(4),
        cursor.substring(0, cursor.length() - 4),
        cursor + "AAAA",
        encoder.encodeToString(otherId),
        encoder.encodeToString(otherSkip),
        encoder.encodeToString(otherDigest));
  }

  @ParameterizedTest
  @MethodSource("badCursors")
  void cursor_that_was_not_made_here_is_refused(String bad) {
    assertInvalid("cursor", api.get(ALICE, LIST + "?cursor=" + bad).send());
    assertInvalid("cursor", api.get(PUBLISHER, INSTALL_BASE + "?cursor=" + bad).send());
  }

  @Test
  void cursor_is_worthless_to_another_caller_and_for_another_list() {
    String listCursor = cursor(api.get(PUBLISHER, LIST + "?limit=1").send());
    String baseCursor = cursor(api.get(PUBLISHER, INSTALL_BASE + "?limit=1").send());
    // An account and a connector of the same name are two callers.
    Caller namesake = Caller.account(PUBLISHER.id());

    assertEquals(200, api.get(ALICE, LIST + "?cursor=" + cursor).send().status());
    assertInvalid("cursor", api.get(BOB, LIST + "?cursor=" + cursor).send());
    assertInvalid("cursor", api.get(PUBLISHER, LIST + "?cursor=" + cursor).send());
    assertInvalid("cursor", api.get(namesake, LIST + "?cursor=" + listCursor).send());
    assertInvalid("cursor", api.get(PUBLISHER, LIST + "?cursor=" + baseCursor).send());
    assertInvalid("cursor", api.get(PUBLISHER, INSTALL_BASE + "?cursor=" + listCursor).send());
  }

  @Test
  void cursor_stays_good_for_another_token_of_the_same_caller() {
    assertEquals(200, api.get(ALICE.readOnly(), LIST + "?cursor=" + cursor).send().status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=N",
        "version=1",
        "_connectorId=x",
        "mode=install",
        "sandbox=false",
        "updateInProgress=false",
        "q=n",
        "search=n",
        "createdAfter=2020-01-01",
        "createdBefore=2020-01-01",
        "modifiedAfter=2020-01-01",
        "modifiedBefore=2020-01-01",
        "sort=-_id",
        "skip=1",
        "include=mode",
        "exclude=mode",
      })
  void cursor_is_worthless_for_another_query(String other) {
    assertInvalid("cursor", api.get(ALICE, LIST + "?" + other + "&cursor=" + cursor).send());
  }

  @Test
  void cursor_goes_with_another_limit_and_with_parameters_that_are_none() {
    String same = "?cursor=" + cursor;
    for (String more : List.of("&limit=3", "&include=", "&exclude=&sort=&limit=", "&other=1")) {
      assertEquals(200, api.get(ALICE, LIST + same + more).send().status(), more);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit must be a number from 1 to 1000.",
        "skip= | skip must be a number from 0 to 10000.",
        "skip=-1 | skip must be a number from 0 to 10000.",
        "skip=10001 | skip must be a number from 0 to 10000.",
        "skip=1.5 | skip must be a number from 0 to 10000.",
        "sort=name | sort must be _id, -_id, createdAt or -createdAt.",
        "sort=_ID | sort must be _id, -_id, createdAt or -createdAt.",
        "mode= | mode must be install, settings or uninstall.",
        "mode=Install | mode must be install, settings or uninstall.",
        "updateInProgress=1 | updateInProgress must be true or false.",
        "updateInProgress= | updateInProgress must be true or false.",
        "modifiedAfter=yesterday | modifiedAfter must be a time in ISO 8601 with its offset, such"
            + " as 2026-11-25T20:00:00.000Z, or a date.",
        "modifiedBefore=2026-11-25T20:00:00 | modifiedBefore must be a time in ISO 8601 with its"
            + " offset, such as 2026-11-25T20:00:00.000Z, or a date.",
        "modifiedAfter=2026-02-30 | modifiedAfter must be a time in ISO 8601 with its offset, such"
            + " as 2026-11-25T20:00:00.000Z, or a date.",
        "modifiedAfter=1764100000000 | modifiedAfter must be a time in ISO 8601 with its offset,"
            + " such as 2026-11-25T20:00:00.000Z, or a date.",
      })
  void what_a_parameter_of_every_list_cannot_be_is_told(String query, String message) {
    String name = query.substring(0, query.indexOf('='));
    for (Reply reply :
        List.of(
            api.get(ALICE, LIST + "?" + query).send(),
            api.get(PUBLISHER, LIST + "?" + query).send(),
            api.get(PUBLISHER, INSTALL_BASE + "?" + query).send())) {
      assertInvalid(name, reply);
      assertEquals(message, reply.json().path("errors").path(0).path("message").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sandbox=yes",
        "sandbox=TRUE",
        "createdAfter=",
        "createdBefore=now",
        "createdAfter=2026",
        "createdAfter=2026-03-02T10:00",
        "createdAfter=2026-03-02T10:00:00%2B24:00",
        "createdAfter=2026-03-02T10:00:00%2B01:60",
        "createdAfter=2026-02-29T10:00:00Z",
        "createdAfter=2026-03-02Z"
      })
  void what_a_filter_of_documents_cannot_be_is_refused(String query) {
    assertInvalid(
        query.substring(0, query.indexOf('=')), api.get(ALICE, LIST + "?" + query).send());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_connectorId=x",
        "sandbox=true",
        "q=n",
        "search=n",
        "createdAfter=2026-01-01",
        "createdBefore=2026-01-01"
      })
  void install_base_refuses_a_filter_of_what_it_does_not_show(String query) {
    assertInvalid(
        query.substring(0, query.indexOf('=')),
        api.get(PUBLISHER, INSTALL_BASE + "?" + query).send());
  }

  @Test
  void all_parameters_at_fault_are_told() {
    Reply reply = api.get(ALICE, LIST + "?limit=0&sort=x&mode=x&cursor=x").send();

    assertEquals(400, reply.status());
    assertEquals(List.of("limit", "mode", "sort", "cursor"), reply.fields());
  }

  @Test
  void include_and_exclude_are_refused_together() {
    Reply reply = api.get(ALICE, LIST + "?include=name&exclude=mode").send();
    assertEquals(400, reply.status());
    assertEquals(List.of("invalid_query_params"), reply.codes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "a-b", "a/b", "a[0]", "ä", "$a", "a;b", "*", "a:1", "a\u0000", "\"a\"", "{}"
      })
  void selection_with_other_characters_is_refused(String selection) {
    assertInvalid("include", api.get(ALICE, LIST + "?include=" + selection).send());
    assertInvalid("exclude", api.get(ALICE, LIST + "?exclude=" + selection).send());
  }

  @Test
  void unknown_parameters_are_ignored() {
    assertEquals(
        api.get(ALICE, LIST).send().body(),
        api.get(ALICE, LIST + "?page=2&Limit=1&Sort=name&cursor[]=1").send().body());
  }

  /** All ways to one integration, each with what it would need to succeed. */
  private List<Call> all(Caller caller, String id) {
    String path = "/integrations/" + id;
    return List.of(
        api.get(caller, path),
        api.put(caller, path).body("{\"name\":\"Two\"}"),
        api.patch(caller, path).body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"Two\"}]"),
        api.post(caller, path + "/clone"),
        api.post(caller, path + "/clone").body("{\"name\":\"Two\"}").header("Idempotency-Key", "k"),
        api.put(caller, path).body("{\"name\":\"Two\"}").header("If-Match", "*"),
        api.delete(caller, path).header("If-Match", "\"x\""),
        api.delete(caller, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "-",
        "0",
        "null",
        "554155C853BB53AF2900000B",
        "554155c853bb53af2900000",
        "554155c853bb53af2900000b0",
        "554155c853bb53af2900000g",
        "000000000000000000000000",
      })
  void malformed_ids_are_answered_like_unknown_ones_on_every_route(String id) {
    assertLikeUnknown(ALICE, id);
  }

  @Test
  void foreign_ids_are_answered_like_unknown_ones_on_every_route() {
    assertLikeUnknown(ALICE, bobsId);
    assertLikeUnknown(Caller.connector("another"), bobsId);
    assertEquals(
        "N", api.get(BOB, "/integrations/" + bobsId).send().json().path("name").asString());
  }

  private void assertLikeUnknown(Caller caller, String id) {
    List<Call> calls = all(caller, id);
    List<Call> unknown = all(caller, "ffffffffffffffffffffffff");
    for (int i = 0; i < calls.size(); i++) {
      Reply reply = Untouched.refuse(api, BOB, calls.get(i));
      assertEquals(404, reply.status());
      assertEquals(List.of("not_found"), reply.codes());
      assertEquals(unknown.get(i).send(), reply);
    }
  }

  @Test
  void update_answers_not_found_for_each_id_that_is_not_the_connectors() {
    String own = api.create(ALICE, "{\"name\":\"Self-managed\"}").id();
    List<String> ids =
        List.of("ffffffffffffffffffffffff", "", "x", "\\u0000", "x".repeat(100), own, " ");
    String body = "{\"_integrationIds\":[\"" + String.join("\",\"", ids) + "\"]}";

    Reply reply = api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update").body(body).send();

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(ids.size(), reply.json().size());
    assertTrue(
        reply.json().values().stream()
            .allMatch(outcome -> outcome.path("status").asString().equals("not_found")));
    assertEquals(
        ids.stream().map(id -> id.replace("\\u0000", "\0")).toList(),
        reply.json().values().stream()
            .map(outcome -> outcome.path("_integrationId").asString())
            .toList());
  }

  @Test
  void update_of_another_connector_does_not_exist() {
    Call call =
        api.put(PUBLISHER, "/connectors/another/update")
            .body("{\"_integrationIds\":[\"" + bobsId + "\"]}");
    assertEquals(404, Untouched.refuse(api, BOB, call).status());
    assertEquals(
        403,
        api.put(BOB, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"" + bobsId + "\"]}")
            .send()
            .status());
  }
}
