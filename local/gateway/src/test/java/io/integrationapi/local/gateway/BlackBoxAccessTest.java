package io.integrationapi.local.gateway;

import static io.integrationapi.local.gateway.DeployedApi.Caller.ACCOUNT;
import static io.integrationapi.local.gateway.DeployedApi.Caller.CONNECTOR;
import static io.integrationapi.local.gateway.DeployedApi.Caller.OTHER_CONNECTOR;
import static io.integrationapi.local.gateway.DeployedApi.Caller.READ_ONLY_ACCOUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.gateway.DeployedApi.Answer;
import io.integrationapi.local.gateway.DeployedApi.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may do what and when, and what is refused, as both principals see it from outside. */
class BlackBoxAccessTest extends BlackBox {
  // ---- The publisher, and the lock
  // ---------------------------------------------------------------

  @Test
  void managed_update_keeps_the_account_from_changing_settings_until_it_ends() throws Exception {
    String connectorId = tokenInfo(CONNECTOR).path("_connectorId").asString();
    String path =
        create(
            "{\"name\":\"Managed\",\"settings\":{\"a\":1},\"_connectorId\":\"%s\"}"
                .formatted(connectorId));
    String id = path.substring("/integrations/".length());
    assertEquals("install", eventually(path).json().path("mode").asString());

    assertEquals(List.of("started"), begin(connectorId, id));
    assertEquals(List.of("already_in_progress"), begin(connectorId, id));

    JsonNode refusal =
        call(ACCOUNT, "PUT", path)
            .body("{\"name\":\"Managed\",\"settings\":{\"a\":2}}")
            .send()
            .refusal(409, "update_in_progress");
    assertEquals(connectorId, refusal.path("_connectorId").asString());
    assertTrue(refusal.path("since").isString());
    call(ACCOUNT, "DELETE", path).send().refusal(409, "update_in_progress");
    call(ACCOUNT, "POST", path + "/clone").send().refusal(409, "update_in_progress");
    Answer labelled =
        call(ACCOUNT, "PUT", path).body("{\"name\":\"Label\",\"settings\":{\"a\":1}}").send();
    assertEquals(200, labelled.status(), labelled.body());

    Answer ended =
        call(CONNECTOR, "PUT", path)
            .body(
                "{\"name\":\"New\",\"version\":\"2\",\"settings\":{\"a\":3},\"updateInProgress\":false}")
            .send();
    assertEquals(200, ended.status(), ended.body());
    assertEquals("2", row(connectorId, id).path("version").asString());
    assertEquals(
        200,
        call(ACCOUNT, "PUT", path)
            .body("{\"name\":\"Mine\",\"settings\":{\"a\":4}}")
            .send()
            .status());
  }

  @Test
  void update_of_what_a_connector_does_not_reach_is_not_begun() throws Exception {
    String connectorId = tokenInfo(CONNECTOR).path("_connectorId").asString();
    String path = create("{\"name\":\"Mine\"}");

    assertEquals(
        List.of("not_found"), begin(connectorId, path.substring("/integrations/".length())));
  }

  // ---- Who may what
  // ------------------------------------------------------------------------------

  @Test
  void token_knows_whose_it_is() throws Exception {
    assertEquals("*", tokenInfo(ACCOUNT).path("scope").asString());
    assertEquals("read", tokenInfo(READ_ONLY_ACCOUNT).path("scope").asString());
    assertEquals(tokenInfo(ACCOUNT).path("_userId"), tokenInfo(READ_ONLY_ACCOUNT).path("_userId"));
    assertEquals("*", tokenInfo(CONNECTOR).path("scope").asString());
    assertTrue(tokenInfo(CONNECTOR).path("_connectorId").isString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTHER_ACCOUNT", "OTHER_CONNECTOR"})
  void what_another_caller_has_does_not_exist(Caller stranger) throws Exception {
    String path = create("{\"name\":\"Mine\"}");

    String foreign = call(stranger, "GET", path).send().refusal(404, "not_found").toString();

    assertEquals(
        call(stranger, "GET", UNKNOWN).send().refusal(404, "not_found").toString(), foreign);
    call(stranger, "PUT", path).body("{\"name\":\"x\"}").send().refusal(404, "not_found");
    call(stranger, "DELETE", path).send().refusal(404, "not_found");
  }

  @Test
  void token_does_not_do_what_it_is_not_for() throws Exception {
    String connectorId = tokenInfo(CONNECTOR).path("_connectorId").asString();
    String base = "/connectors/" + connectorId;

    call(READ_ONLY_ACCOUNT, "PUT", UNKNOWN)
        .body("{\"name\":\"x\"}")
        .send()
        .refusal(403, "forbidden");
    call(CONNECTOR, "POST", "/integrations")
        .body("{\"name\":\"x\"}")
        .send()
        .refusal(403, "forbidden");
    call(ACCOUNT, "GET", base + "/installBase").send().refusal(403, "forbidden");
    call(ACCOUNT, "PUT", base + "/update")
        .body("{\"_integrationIds\":[\"" + connectorId + "\"]}")
        .send()
        .refusal(403, "forbidden");
    assertTrue(call(OTHER_CONNECTOR, "GET", base + "/installBase").send().status() >= 403);
  }

  // ---- Refusals
  // ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {            | 400 | malformed_json",
        "application/json | []           | 400 | malformed_json",
        "application/json | {\"a\":1}    | 422 | missing_required_field",
        "application/json | {\"name\":1} | 422 | invalid_field",
        "text/plain       | {}           | 415 | unsupported_media_type"
      })
  void body_that_cannot_be_an_integration_is_refused(
      String type, String body, int status, String code) throws Exception {
    call(ACCOUNT, "POST", "/integrations").body(type, body).send().refusal(status, code);
  }

  @Test
  void document_over_the_limit_is_too_large() throws Exception {
    call(ACCOUNT, "POST", "/integrations")
        .body("{\"name\":\"x\",\"readme\":\"" + "x".repeat(350_000) + "\"}")
        .send()
        .refusal(413, "document_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "include=a&exclude=b", "cursor=x"})
  void query_that_means_nothing_is_refused(String query) throws Exception {
    call(ACCOUNT, "GET", "/integrations?" + query).send().refusal(400, "invalid_query_params");
  }

  @Test
  void every_answer_can_be_named() throws Exception {
    for (Answer answer :
        List.of(call(ACCOUNT, "GET", "/tokenInfo").send(), call(ACCOUNT, "GET", UNKNOWN).send())) {
      assertFalse(answer.headers().getOrDefault("x-request-id", "").isEmpty());
    }
  }

  @Test
  void token_that_nobody_minted_is_refused() throws Exception {
    for (Optional<String> token : List.of(Optional.of("nobodys_token"), Optional.<String>empty())) {
      assertEquals(
          401, api().callWith(token.orElse(null), "GET", "/tokenInfo").sendAnywhere().status());
    }
  }

  /** What the gateway answers by itself; an emulator may have words of its own for it. */
  @Tag("gateway-responses")
  @ParameterizedTest
  @CsvSource({
    "GET,    nobodys_token, /integrations, 401, unauthorized",
    "GET,    ,              /integrations, 401, unauthorized",
    "GET,    nobodys_token, /nowhere,      404, not_found",
    "DELETE, nobodys_token, /integrations, 404, not_found"
  })
  void gateway_refuses_in_the_same_envelope(
      String method, @Nullable String token, String path, int status, String code)
      throws Exception {
    Answer refused = api().callWith(token, method, path).sendAnywhere();

    refused.refusal(status, code);
    assertFalse(refused.headers().getOrDefault("x-request-id", "").isEmpty());
    assertEquals(status == 401, refused.headers().containsKey("WWW-Authenticate"));
  }
}
