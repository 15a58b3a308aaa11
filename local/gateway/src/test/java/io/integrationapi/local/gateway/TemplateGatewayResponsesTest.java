package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.local.stack.GatewayResponseType;
import io.integrationapi.local.stack.RestApi;
import io.integrationapi.testing.TestStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Contract section 4: whatever the gateway answers by itself is in the envelope of all errors. */
class TemplateGatewayResponsesTest {
  private static final RestApi API = TestStore.template().api();
  private static final Call CALL =
      Call.of(
          new HttpRequest(
              "GET",
              "/v1/integrations",
              Optional.of("secret=1"),
              "HTTP/1.1",
              List.of(new Header("Authorization", "Bearer a-token-that-nobody-may-see")),
              new byte[0],
              false,
              "127.0.0.1",
              3000),
          API,
          Instant.EPOCH);

  @Test
  void there_are_21_types() {
    assertEquals(21, GatewayResponseType.values().length);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS_DENIED, 403, forbidden",
    "API_CONFIGURATION_ERROR, 500, internal_error",
    "AUTHORIZER_CONFIGURATION_ERROR, 500, internal_error",
    "AUTHORIZER_FAILURE, 500, internal_error",
    "BAD_REQUEST_PARAMETERS, 400, invalid_query_params",
    "BAD_REQUEST_BODY, 400, malformed_json",
    "DEFAULT_4XX, 404, not_found",
    "DEFAULT_5XX, 502, internal_error",
    "EXPIRED_TOKEN, 401, unauthorized",
    "INTEGRATION_FAILURE, 502, service_unavailable",
    "INTEGRATION_TIMEOUT, 504, service_unavailable",
    "INVALID_API_KEY, 401, unauthorized",
    "INVALID_SIGNATURE, 404, not_found",
    "MISSING_AUTHENTICATION_TOKEN, 404, not_found",
    "QUOTA_EXCEEDED, 429, rate_limited",
    "REQUEST_TOO_LARGE, 413, document_too_large",
    "RESOURCE_NOT_FOUND, 404, not_found",
    "THROTTLED, 429, rate_limited",
    "UNAUTHORIZED, 401, unauthorized",
    "UNSUPPORTED_MEDIA_TYPE, 415, unsupported_media_type",
    "WAF_FILTERED, 403, forbidden"
  })
  void each_type_has_the_contracts_status_and_code(
      GatewayResponseType type, int status, String code) {
    assertTrue(API.gatewayResponses().containsKey(type), "the template does not word it");

    HttpAnswer answer = render(type);

    assertEquals(status, answer.status());
    JsonNode errors = JsonText.readTrusted(answer.body()).path("errors");
    assertEquals(1, errors.size());
    assertEquals(code, errors.path(0).path("code").asString());
    assertFalse(errors.path(0).path("message").asString().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void each_type_names_the_request_and_says_what_to_do_next(GatewayResponseType type) {
    HttpAnswer answer = render(type);

    assertEquals(Optional.of(CALL.requestId()), header(answer, "x-request-id"));
    assertEquals(Optional.of("application/json"), header(answer, "Content-Type"));
    assertEquals(
        answer.status() == 401 ? Optional.of("Bearer") : Optional.empty(),
        header(answer, "WWW-Authenticate"));
    String code =
        JsonText.readTrusted(answer.body()).path("errors").path(0).path("code").asString();
    boolean again =
        answer.status() == 429
            || code.equals("service_unavailable")
            || type == GatewayResponseType.DEFAULT_5XX;
    assertEquals(again, header(answer, "Retry-After").isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void no_type_repeats_what_the_caller_sent_or_what_aws_says(GatewayResponseType type) {
    String body = new String(render(type).body(), StandardCharsets.UTF_8);

    assertFalse(body.contains("a-token-that-nobody-may-see"));
    assertFalse(body.contains("secret"));
    assertFalse(body.contains("$context"));
    assertFalse(body.contains("\"message\":\"Internal server error\""));
  }

  private static HttpAnswer render(GatewayResponseType type) {
    return new GatewayResponses(Map.copyOf(API.gatewayResponses())).render(type, CALL);
  }

  private static Optional<String> header(HttpAnswer answer, String name) {
    return Header.last(answer.headers(), name);
  }
}
