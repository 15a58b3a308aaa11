package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.local.stack.GatewayResponse;
import io.integrationapi.local.stack.GatewayResponseType;
import io.integrationapi.local.stack.RestApi;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayResponsesTest {

  private static final Call CALL =
      Call.of(
          new HttpRequest(
              "GET",
              "/v1/x",
              Optional.of("q=1"),
              "HTTP/1.1",
              List.of(new Header("Origin", "here")),
              new byte[0],
              false,
              "127.0.0.1",
              3000),
          new RestApi("Api", "v1", List.of(), List.of(), Map.of()),
          Instant.EPOCH);

  @ParameterizedTest
  @EnumSource
  void each_type_is_worded_by_the_template(GatewayResponseType type) {
    var worded =
        new GatewayResponse(
            OptionalInt.of(418),
            Map.of("x-id", "context.requestId"),
            json("$context.error.responseType"));

    HttpAnswer answer = new GatewayResponses(Map.of(type, worded)).render(type, CALL);

    assertEquals(418, answer.status());
    assertEquals(type.name(), body(answer));
    assertEquals(CALL.requestId(), Header.last(answer.headers(), "x-id").orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void a_type_that_is_not_worded_falls_back(GatewayResponseType type) {
    var responses =
        new GatewayResponses(
            Map.of(
                GatewayResponseType.DEFAULT_4XX,
                    new GatewayResponse(OptionalInt.empty(), Map.of(), json("4")),
                GatewayResponseType.DEFAULT_5XX,
                    new GatewayResponse(OptionalInt.of(555), Map.of(), json("5"))));

    HttpAnswer answer = responses.render(type, CALL);

    boolean client = type.status() < 500;
    assertEquals(client ? "4" : "5", body(answer));
    assertEquals(client ? type.status() : 555, answer.status());
  }

  @ParameterizedTest
  @EnumSource
  void what_the_template_leaves_open_is_as_on_aws(GatewayResponseType type) {
    HttpAnswer answer = new GatewayResponses(Map.of()).render(type, CALL);

    assertEquals(type.status(), answer.status());
    assertEquals("application/json", Header.last(answer.headers(), "Content-Type").orElseThrow());
    assertEquals("{\"message\":\"", body(answer).substring(0, 12));
  }

  @Test
  void variables_are_replaced_and_nothing_else() {
    String template =
        "${context.stage}-$context.httpMethod $context.identity.sourceIp $context.nothing|$5"
            + " $util.x $method.request.header.Origin.$method.request.querystring.q";
    var worded =
        new GatewayResponse(
            OptionalInt.empty(),
            Map.of(
                "Content-Type",
                "'text/plain'",
                "x-origin",
                "method.request.header.Origin",
                "x-none",
                "context.none"),
            json(template));

    HttpAnswer answer =
        new GatewayResponses(Map.of(GatewayResponseType.THROTTLED, worded))
            .render(GatewayResponseType.THROTTLED, CALL);

    assertEquals("v1-GET 127.0.0.1 |$5 $util.x here.1", body(answer));
    assertEquals("text/plain", Header.last(answer.headers(), "Content-Type").orElseThrow());
    assertEquals("here", Header.last(answer.headers(), "x-origin").orElseThrow());
    assertEquals(Optional.empty(), Header.last(answer.headers(), "x-none"));
  }

  private static Map<String, String> json(String template) {
    return Map.of("application/json", template);
  }

  private static String body(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
