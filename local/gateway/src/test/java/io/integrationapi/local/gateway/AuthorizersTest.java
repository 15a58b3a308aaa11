package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuthorizersTest {

  private static final String WHOLE_API = "arn:aws:execute-api:us-east-1:000000000000:Api/v1/*";

  private static final String TOKEN = "Authorization: Bearer t";

  private final SmallApi api;

  AuthorizersTest() throws IOException {
    api = new SmallApi();
    permit(WHOLE_API);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_authorizer_is_asked_about_the_token_and_the_method() throws IOException {
    api.get("/v1/closed", TOKEN);

    assertEquals(
        """
        {"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:000000000000:Api/v1/GET/closed",\
        "authorizationToken":"Bearer t"}\
        """,
        api.events.getFirst().toString());
  }

  @Test
  void the_function_is_told_who_it_is_as_text() throws IOException {
    api.does(
        "guard",
        (event, context) ->
            verdict("Allow", WHOLE_API)
                .replace("{}", "{\"account\":\"a\",\"number\":5,\"flag\":true,\"none\":null}"));

    api.get("/v1/closed", TOKEN);

    JsonNode authorizer = api.lastEvent().at("/requestContext/authorizer");
    assertEquals(
        "{\"account\":\"a\",\"number\":\"5\",\"flag\":\"true\",\"principalId\":\"me\",\"integrationLatency\":0}",
        authorizer.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: y", "Authorization:", "Authorization: Basic abc", "Authorization: Bearer a b"})
  void what_is_no_token_is_unauthorized_without_asking(String header) throws IOException {
    assertEquals("401 UNAUTHORIZED", refusal(api.get("/v1/closed", header)));
    assertTrue(api.events.isEmpty());
  }

  @Test
  void a_refusal_in_the_one_right_word_is_unauthorized() throws IOException {
    fail("Unauthorized");
    assertEquals("401 UNAUTHORIZED", refusal(api.get("/v1/closed", TOKEN)));
  }

  @Test
  void any_other_failure_is_the_authorizers() throws IOException {
    fail("unauthorized");
    assertEquals("500 AUTHORIZER_FAILURE", refusal(api.get("/v1/closed", TOKEN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{}",
        "{\"principalId\":\"me\"}",
        "{\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}}",
        "{\"principalId\":\"me\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}]}}",
        "{\"principalId\":\"me\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}}",
        "{\"principalId\":\"me\",\"context\":{\"a\":{}},\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}}",
      })
  void what_is_no_verdict_is_a_configuration_error(String output) throws IOException {
    api.does("guard", (event, context) -> output);

    assertEquals("500 AUTHORIZER_CONFIGURATION_ERROR", refusal(api.get("/v1/closed", TOKEN)));
  }

  @Test
  void a_denial_and_what_nothing_permits_are_access_denied() throws IOException {
    api.does("guard", (event, context) -> verdict("Deny", WHOLE_API));
    assertEquals(
        "403 ACCESS_DENIED", refusal(api.get("/v1/closed", "Authorization: Bearer denied")));

    permit(WHOLE_API.replace("v1", "v2"));
    assertEquals(
        "403 ACCESS_DENIED", refusal(api.get("/v1/closed", "Authorization: Bearer elsewhere")));
  }

  @Test
  void a_policy_serves_a_second_route_from_the_cache() throws IOException {
    assertEquals(200, api.get("/v1/closed", TOKEN).status());
    RawHttp.Answer second = put();

    assertEquals(200, second.status());
    assertEquals(1, asked());
  }

  @Test
  void a_policy_for_one_route_does_not_open_another() throws IOException {
    permit(WHOLE_API.replace("*", "GET/closed"));
    assertEquals(200, api.get("/v1/closed", TOKEN).status());

    assertEquals("403 ACCESS_DENIED", refusal(put()));
    assertEquals(1, asked());
  }

  @Test
  void a_revoked_token_is_dead_when_the_cache_has_run_out() throws IOException {
    assertEquals(200, api.get("/v1/closed", TOKEN).status());
    fail("Unauthorized");

    api.now = api.now.plusSeconds(49);
    assertEquals(200, api.get("/v1/closed", TOKEN).status());
    api.now = api.now.plusSeconds(1);
    assertEquals("401 UNAUTHORIZED", refusal(api.get("/v1/closed", TOKEN)));
  }

  @Test
  void each_token_is_asked_about_and_no_refusal_is_remembered() throws IOException {
    api.get("/v1/closed", TOKEN);
    api.get("/v1/closed", "Authorization: Bearer other");
    assertEquals(2, asked());

    fail("Unauthorized");
    api.get("/v1/closed", "Authorization: Bearer third");
    permit(WHOLE_API);
    assertEquals(200, api.get("/v1/closed", "Authorization: Bearer third").status());
  }

  @Test
  void stars_and_question_marks_stand_for_characters() {
    assertTrue(policy("arn:*:Api/v1/*/closed/?").allows("arn:aws:Api/v1/PUT/closed/7"));
    assertEquals(false, policy("arn:*:Api/v1/*/closed/?").allows("arn:aws:Api/v1/PUT/closed/77"));
    assertEquals(false, policy("arn:aws.Api").allows("arn:aws:Api"));
    var denied =
        new Policy(
            List.of(
                new Policy.Statement(true, List.of("*"), List.of("*")),
                new Policy.Statement(false, List.of("execute-api:Inv*"), List.of("a"))));
    assertEquals(false, denied.allows("a"));
    assertTrue(denied.allows("b"));
  }

  private static Policy policy(String resource) {
    return new Policy(
        List.of(new Policy.Statement(true, List.of("execute-api:Invoke"), List.of(resource))));
  }

  private void permit(String resource) {
    api.does("guard", (event, context) -> verdict("Allow", resource));
  }

  private void fail(String message) {
    api.does(
        "guard",
        (event, context) -> {
          throw new IllegalStateException(message);
        });
  }

  private RawHttp.Answer put() throws IOException {
    return api.send(
        "PUT /v1/closed/7 HTTP/1.1\r\nHost: a\r\n" + TOKEN + "\r\nContent-Length: 0\r\n\r\n");
  }

  private long asked() {
    return api.events.stream().filter(event -> event.has("methodArn")).count();
  }

  private static String verdict(String effect, String resource) {
    return """
    {"principalId":"me","context":{},"policyDocument":{"Version":"2012-10-17","Statement":
      {"Effect":"%s","Action":"execute-api:Invoke","Resource":["%s"]}}}
    """
        .formatted(effect, resource);
  }

  private static String refusal(RawHttp.Answer answer) {
    return answer.status() + " " + answer.code();
  }
}
