package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.NoSecretsInOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Contract section 8: what operators can do, and what the log keeps of it. */
class OperatorsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Api api = new Api(() -> now);

  @Test
  void minted_token_is_its_principals_until_it_is_revoked() {
    JsonNode minted = invoke("MintToken", "{\"_userId\":\"alice\",\"scope\":\"read\"}");
    String token = minted.path("token").asString();
    NoSecretsInOutput.plant(token);

    JsonNode context = authorize(token).path("context");
    assertEquals("alice", context.path("id").asString());
    assertEquals("account", context.path("kind").asString());
    assertEquals("read", context.path("scope").asString());

    String revocation = "{\"_tokenId\":\"" + minted.path("_tokenId").asString() + "\"}";
    for (int i = 0; i < 2; i++) {
      assertEquals("{\"revoked\":true}", invoke("RevokeToken", revocation).toString());
      assertThrows(RuntimeException.class, () -> authorize(token));
    }
  }

  @Test
  void token_is_full_and_for_ever_unless_it_was_asked_otherwise() {
    String forEver = mint("{\"_userId\":\"alice\"}");
    String short_ = mint("{\"_userId\":\"alice\",\"expiresInSeconds\":60}");

    now = now.plusSeconds(59);
    assertEquals("full", authorize(short_).path("context").path("scope").asString());
    now = now.plusSeconds(1);
    assertThrows(RuntimeException.class, () -> authorize(short_));
    now = now.plus(Duration.ofDays(3650));
    assertEquals("full", authorize(forEver).path("context").path("scope").asString());
  }

  @Test
  void first_token_of_a_connector_registers_it() {
    assertFalse(managed(api.create(ALICE, MANAGED).id()));

    String token = mint("{\"_connectorId\":\"57179182e0a908200c2781d9\"}");

    assertEquals("connector", authorize(token).path("context").path("kind").asString());
    assertTrue(managed(api.create(ALICE, MANAGED).id()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MintToken   | {}                                                | missing_required_field | _userId | _userId or _connectorId is required.
          MintToken   | {"_userId":"a","_connectorId":"b"}                | invalid_field          | _connectorId | _connectorId must be left out where there is a _userId.
          MintToken   | {"_userId":""}                                    | invalid_field          | _userId | _userId must be 1 to 200 letters, digits and any of -._~@:.
          MintToken   | {"_userId":"a\\"b"}                               | invalid_field          | _userId | _userId must be 1 to 200 letters, digits and any of -._~@:.
          MintToken   | {"_userId":7}                                     | invalid_field          | _userId | _userId must be 1 to 200 letters, digits and any of -._~@:.
          MintToken   | {"_userId":"a","scope":"write"}                   | invalid_field          | scope | scope must be full or read.
          MintToken   | {"_userId":"a","expiresInSeconds":0}              | invalid_field          | expiresInSeconds | expiresInSeconds must be a whole number from 1 to 315360000.
          MintToken   | {"_userId":"a","expiresInSeconds":1.5}            | invalid_field          | expiresInSeconds | expiresInSeconds must be a whole number from 1 to 315360000.
          MintToken   | {"_userId":"a","expiresInSeconds":"60"}           | invalid_field          | expiresInSeconds | expiresInSeconds must be a whole number from 1 to 315360000.
          MintToken   | {"_userId":"a","expiresInSecond":60}              | invalid_field          | expiresInSecond | Unknown member expiresInSecond.
          MintToken   | {"_userId":"a","label":{}}                        | invalid_field          | label | label must be a string of 1 to 500 characters, without control characters.
          MintToken   | []                                                | malformed_json         | | The input must be a JSON object.
          MintToken   | {                                                 | malformed_json         | | The body is not valid JSON: see line 1, column 2.
          RevokeToken | {}                                                | missing_required_field | _tokenId | _tokenId is required.
          RevokeToken | {"_tokenId":"abc"}                                | invalid_field          | _tokenId | _tokenId must be 64 hexadecimal digits, as minting answered them.
          BreakLock   | {"_integrationId":"x","by":"me","reason":"gone"}  | invalid_field          | _integrationId | _integrationId must be 24 lower-case hexadecimal digits.
          BreakLock   | {"_integrationId":"57974ed227a82a3475cecb15","by":"me"} | missing_required_field | reason | reason is required.
          BreakLock   | {"_integrationId":"57974ed227a82a3475cecb15","reason":"gone"} | missing_required_field | by | by is required.
          BreakLock   | {"by":"me","reason":"gone"}                       | missing_required_field | _integrationId | _integrationId is required.
          """)
  void bad_input_is_refused_by_its_name(
      String function, String input, String code, String field, String message) {
    JsonNode errors = invoke(function, input).path("errors");

    assertEquals(1, errors.size(), errors::toString);
    assertEquals(code, errors.path(0).path("code").asString());
    assertEquals(field == null ? "" : field, errors.path(0).path("field").asString(""));
    assertEquals(message, errors.path(0).path("message").asString());
    assertEquals("refused", api.takeLog().getFirst().path("action").asString());
  }

  @Test
  void refused_input_is_logged_with_who_asked_and_why() {
    invoke("BreakLock", "{\"_integrationId\":\"x\",\"by\":\"ann\",\"reason\":\"they are gone\"}");

    JsonNode line = api.takeLog().getFirst();
    assertEquals("refused", line.path("action").asString());
    assertEquals("ann", line.path("by").asString());
    assertEquals("they are gone", line.path("reason").asString());
    assertEquals("[\"_integrationId\"]", line.path("fields").toString());
  }

  @Test
  void input_that_is_no_object_is_logged_as_refused() {
    invoke("BreakLock", "[1]");
    invoke("BreakLock", "{");

    assertEquals(
        List.of("refused", "refused"),
        api.takeLog().stream().map(line -> line.path("action").asString()).toList());
  }

  @Test
  void unknown_token_and_integration_are_errors() {
    String unknown = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    assertEquals("not_found", code(invoke("RevokeToken", "{\"_tokenId\":\"" + unknown + "\"}")));
    assertEquals("not_found", code(invoke("BreakLock", breaking("ffffffffffffffffffffffff"))));
  }

  @Test
  void broken_lock_is_told_and_no_longer_holds() {
    api.register(PUBLISHER);
    String id = api.create(ALICE, MANAGED).id();
    assertEquals("{\"broken\":false}", invoke("BreakLock", breaking(id)).toString());
    begin(id);
    now = now.plusSeconds(30);

    JsonNode broken = invoke("BreakLock", breaking(id));

    assertEquals(
        "{\"broken\":true,\"since\":\"2026-11-24T12:00:00.000Z\","
            + "\"_connectorId\":\"57179182e0a908200c2781d9\"}",
        broken.toString());
    JsonNode document = api.get(ALICE, "/integrations/" + id).send().json();
    assertFalse(document.path("updateInProgress").asBoolean(true));
    assertEquals("2026-11-24T12:00:30.000Z", document.path("lastModified").asString());
    assertEquals(
        200,
        api.put(ALICE, "/integrations/" + id)
            .body("{\"name\":\"One\",\"settings\":{\"a\":1}}")
            .send()
            .status());
    assertEquals("{\"broken\":false}", invoke("BreakLock", breaking(id)).toString());
  }

  @Test
  void lock_of_a_self_managed_integration_can_be_broken_too() {
    String id = api.create(ALICE, "{\"name\":\"One\",\"updateInProgress\":true}").id();

    assertEquals(
        "{\"broken\":true,\"since\":\"2026-11-24T12:00:00.000Z\"}",
        invoke("BreakLock", breaking(id)).toString());
  }

  @Test
  void update_that_began_after_the_operator_looked_stays() {
    api.register(PUBLISHER);
    String id = api.create(ALICE, MANAGED).id();
    begin(id);
    // The operator's second request reads the integration; then the publisher ends and begins anew.
    api.http.failWith(number -> {
      if (number == 2) {
        api.http.betweenAttempts(() -> {
          now = now.plusSeconds(1);
          api.put(PUBLISHER, "/integrations/" + id)
              .body("{\"name\":\"One\",\"updateInProgress\":false}")
              .send();
          begin(id);
        });
      }
      return Fault.NONE;
    });

    assertEquals("{\"broken\":false}", invoke("BreakLock", breaking(id)).toString());
    assertTrue(
        api.get(ALICE, "/integrations/" + id)
            .send()
            .json()
            .path("updateInProgress")
            .asBoolean(false));
  }

  @Test
  void log_says_who_did_what_and_why_and_not_the_token() {
    String input = "{\"_userId\":\"alice\",\"label\":\"ci\",\"by\":\"ann\",\"reason\":\"new job\"}";
    JsonNode minted = invoke("MintToken", input);

    JsonNode line = api.takeLog().getFirst();
    assertEquals("mint_token", line.path("action").asString());
    assertEquals("ann", line.path("by").asString());
    assertEquals("new job", line.path("reason").asString());
    assertEquals("alice", line.path("_userId").asString());
    assertEquals("ci", line.path("label").asString());
    assertEquals(minted.path("_tokenId"), line.path("_tokenId"));
    assertEquals("an-invocation", line.path("requestId").asString());
    assertFalse(line.toString().contains(minted.path("token").asString()));

    String id = api.create(ALICE, "{\"name\":\"One\",\"updateInProgress\":true}").id();
    api.takeLog();
    invoke("BreakLock", breaking(id));
    JsonNode broken = api.takeLog().getFirst();
    assertEquals("break_lock", broken.path("action").asString());
    assertEquals("ann", broken.path("by").asString());
    assertEquals("publisher is gone", broken.path("reason").asString());
    assertEquals(id, broken.path("_integrationId").asString());
    assertTrue(broken.path("broken").asBoolean(false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ANSWER_LOST", "SERVER_ERROR_AFTERWARDS", "DENIED"})
  void what_may_have_been_done_is_in_the_log_with_who_and_why(Fault fault) {
    String id = api.create(ALICE, "{\"name\":\"One\",\"updateInProgress\":true}").id();
    Map<String, String> inputs =
        Map.of(
            "MintToken",
            "{\"_userId\":\"alice\",\"by\":\"ann\",\"reason\":\"publisher is gone\"}",
            "RevokeToken",
            "{\"_tokenId\":\""
                + "f".repeat(64)
                + "\",\"by\":\"ann\",\"reason\":\"publisher is gone\"}",
            "BreakLock",
            breaking(id));
    inputs.forEach((stem, input) -> {
      api.takeLog();
      api.http.failWith(_ -> fault);
      String code = code(invoke(stem, input));
      api.http.failWith(_ -> Fault.NONE);

      assertEquals(fault == Fault.DENIED ? "internal_error" : "service_unavailable", code);
      JsonNode entry =
          api.takeLog().stream().filter(line -> line.has("action")).findFirst().orElseThrow();
      assertEquals("unknown", entry.path("outcome").asString(), entry::toString);
      assertEquals("ann", entry.path("by").asString());
      assertEquals("publisher is gone", entry.path("reason").asString());
      assertTrue(
          entry.path("_userId").asString("").equals("alice")
              || entry.path("_tokenId").asString("").equals("f".repeat(64))
              || entry.path("_integrationId").asString("").equals(id),
          entry::toString);
    });
  }

  @Test
  void two_tokens_are_never_the_same() {
    String first = mint("{\"_userId\":\"alice\"}");
    assertFalse(List.of(first).contains(mint("{\"_userId\":\"alice\"}")));
    assertTrue(first.matches("iapi_[A-Za-z0-9_-]{43}"), first);
  }

  private String mint(String input) {
    String token = invoke("MintToken", input).path("token").asString();
    NoSecretsInOutput.plant(token);
    return token;
  }

  private JsonNode invoke(String stem, String input) {
    return JsonText.readTrusted(api.invoke(stem + "Function", input));
  }

  private JsonNode authorize(String token) {
    return invoke(
        "Authorizer",
        "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:eu-west-1:1:api/v1/GET/x\","
            + "\"authorizationToken\":\"Bearer "
            + token
            + "\"}");
  }

  /** An account cannot write a publisher's member exactly if somebody else is the publisher. */
  private boolean managed(String id) {
    return !api.put(ALICE, "/integrations/" + id)
        .body("{\"name\":\"One\",\"version\":\"1\"}")
        .send()
        .json()
        .has("version");
  }

  private void begin(String id) {
    assertEquals(
        "started",
        api.put(PUBLISHER, "/connectors/57179182e0a908200c2781d9/update")
            .body("{\"_integrationIds\":[\"" + id + "\"]}")
            .send()
            .json()
            .path(0)
            .path("status")
            .asString());
  }

  private static String breaking(String id) {
    return "{\"_integrationId\":\"" + id + "\",\"by\":\"ann\",\"reason\":\"publisher is gone\"}";
  }

  private static String code(JsonNode answer) {
    return answer.path("errors").path(0).path("code").asString();
  }
}
