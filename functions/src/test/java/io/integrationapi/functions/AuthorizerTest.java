package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 1: whose a token is, and which tokens are refused. */
class AuthorizerTest {
  private static final String METHOD = "arn:aws:execute-api:eu-west-1:1:api/v1/GET/integrations";
  private static final Principal READER = new Principal.Account(new AccountId("alice"), Scope.READ);

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Api api = new Api(() -> now);

  @BeforeEach
  void tokens() {
    save("good", null, null);
    save("short", now.plusSeconds(60), null);
    save("revoked", null, now.minusSeconds(1));
    api.http.takeOperations();
  }

  @Test
  void valid_token_is_let_into_the_whole_api_as_its_principal() {
    JsonNode answer = JsonText.readTrusted(authorize("Bearer good"));

    JsonNode statement = answer.path("policyDocument").path("Statement").path(0);
    assertEquals("Allow", statement.path("Effect").asString());
    assertEquals("arn:aws:execute-api:eu-west-1:1:api/v1/*", statement.path("Resource").asString());
    assertEquals("alice", answer.path("context").path("id").asString());
    assertEquals("account", answer.path("context").path("kind").asString());
    assertEquals("read", answer.path("context").path("scope").asString());
  }

  @Test
  void scheme_is_known_in_any_case() {
    assertEquals(authorize("Bearer good"), authorize("bEARER  good"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer unknown", "Bearer revoked", "Basic good", "good", "Bearer", ""})
  void any_other_token_is_unauthorized(String header) {
    assertEquals(
        "Unauthorized", assertThrows(RuntimeException.class, () -> authorize(header)).getMessage());
  }

  @Test
  void token_is_good_until_it_expires() {
    authorize("Bearer short");

    now = now.plusSeconds(60);

    assertThrows(RuntimeException.class, () -> authorize("Bearer short"));
  }

  @Test
  void store_that_does_not_answer_refuses_no_token() {
    api.http.failWith(_ -> Fault.REFUSED);

    RuntimeException failure = assertThrows(RuntimeException.class, () -> authorize("Bearer good"));

    assertNotEquals("Unauthorized", failure.getMessage());
  }

  @Test
  void it_costs_one_request_to_the_store() {
    authorize("Bearer good");

    assertEquals(List.of("GetItem"), api.http.takeOperations());
  }

  private String authorize(String header) {
    return api.invoke(
        "AuthorizerFunction",
        "{\"type\":\"TOKEN\",\"methodArn\":\""
            + METHOD
            + "\",\"authorizationToken\":\""
            + header
            + "\"}");
  }

  private void save(String token, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
    api.components.tokens().add(new Token(TokenHash.of(token), READER, null, expiresAt, revokedAt));
  }
}
