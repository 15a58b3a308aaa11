package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RestGatewayTest {

  private final SmallApi api;

  RestGatewayTest() throws IOException {
    api = new SmallApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_event_says_what_was_asked() throws IOException {
    api.get(
        "/v1/things/a%20b%252F?x=1&x=%C3%A9&y;z=a+b", "X-Two: 1", "x-two: 2", "Accept: text/plain");

    JsonNode event = api.lastEvent();
    assertEquals("/things/{id}", event.path("resource").asString());
    assertEquals("/things/a%20b%252F", event.path("path").asString());
    assertEquals("GET", event.path("httpMethod").asString());
    assertEquals("{\"id\":\"a b%2F\"}", event.path("pathParameters").toString());
    assertEquals(
        "{\"x\":\"é\",\"y\":\"\",\"z\":\"a b\"}", event.path("queryStringParameters").toString());
    assertEquals(
        "{\"x\":[\"1\",\"é\"],\"y\":[\"\"],\"z\":[\"a b\"]}",
        event.path("multiValueQueryStringParameters").toString());
    assertEquals("2", event.at("/headers/X-Two").asString());
    assertEquals("[\"1\",\"2\"]", event.at("/multiValueHeaders/X-Two").toString());
    assertEquals("text/plain", event.at("/headers/Accept").asString());
    assertTrue(event.path("body").isNull());
    assertFalse(event.path("isBase64Encoded").asBoolean());
  }

  @Test
  void what_is_not_there_is_null() throws IOException {
    api.get("/v1/things");

    for (String name :
        List.of(
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
            "stageVariables",
            "body")) {
      assertTrue(api.lastEvent().path(name).isNull(), name);
    }
  }

  @Test
  void the_request_context_says_where_it_came_from() throws IOException {
    RawHttp.Answer answer = api.get("/v1/things/7", "User-Agent: test", "X-Forwarded-For: 1.2.3.4");

    JsonNode context = api.lastEvent().path("requestContext");
    assertEquals("/v1/things/7", context.path("path").asString());
    assertEquals("/things/{id}", context.path("resourcePath").asString());
    assertEquals("v1", context.path("stage").asString());
    assertEquals("GET", context.path("httpMethod").asString());
    assertEquals("HTTP/1.1", context.path("protocol").asString());
    assertEquals("localhost", context.path("domainName").asString());
    assertEquals("24/Nov/2026:10:00:00 +0000", context.path("requestTime").asString());
    assertEquals(1_795_514_400_000L, context.path("requestTimeEpoch").asLong());
    assertEquals("127.0.0.1", context.at("/identity/sourceIp").asString());
    assertEquals("test", context.at("/identity/userAgent").asString());
    assertEquals(
        answer.header("x-amzn-RequestId").orElseThrow(), context.path("requestId").asString());
    assertFalse(context.has("authorizer"));

    JsonNode headers = api.lastEvent().path("headers");
    assertEquals("localhost", headers.path("Host").asString());
    assertEquals("1.2.3.4, 127.0.0.1", headers.path("X-Forwarded-For").asString());
    assertEquals("http", headers.path("X-Forwarded-Proto").asString());
    assertEquals(Integer.toString(api.port()), headers.path("X-Forwarded-Port").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/things, /things",
    "GET, /v1/things/, /things",
    "GET, /v1/things/a, /things/{id}",
    "DELETE, /v1/things/a, /things/{id}",
    "POST, /v1/things/a/clone, /things/{id}/clone",
    "GET, /v1/things/%2F, /things/{id}"
  })
  void a_request_finds_its_route(String method, String path, String resource) throws IOException {
    api.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertEquals(resource, api.lastEvent().path("resource").asString());
    assertEquals(path, api.lastEvent().path("requestContext").path("path").asString());
  }

  @Test
  void a_body_is_base64_where_the_api_declares_its_type_binary() throws IOException {
    String request =
        "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: 2\r\n\r\nhi";

    api.send(request.formatted("application/json"));
    assertEquals("aGk= true", body(api));

    try (var images = new SmallApi("image~1*")) {
      images.send(request.formatted("image/png; q=1"));
      assertEquals("aGk= true", body(images));
      images.send(request.formatted("application/json"));
      assertEquals("hi false", body(images));
    }
  }

  @Test
  void an_answers_headers_are_merged() throws IOException {
    api.does(
        "open",
        (event, context) ->
            """
            {"statusCode": 201, "body": "é", "headers": {"a": "1", "X-Number": 5, "Content-Type": "text/plain"},
             "multiValueHeaders": {"A": ["1", "2"]}}
            """);

    RawHttp.Answer answer = api.get("/v1/things");

    assertEquals(201, answer.status());
    assertEquals("é", answer.body());
    assertEquals(
        List.of("1", "2"),
        answer.headers().stream().filter(header -> header.is("a")).map(Header::value).toList());
    assertEquals("5", answer.header("X-Number").orElseThrow());
    assertEquals("text/plain", answer.header("Content-Type").orElseThrow());
  }

  @Test
  void an_answer_without_a_type_is_json() throws IOException {
    assertEquals("application/json", api.get("/v1/things").header("Content-Type").orElseThrow());
  }

  @Test
  void a_functions_www_authenticate_is_remapped() throws IOException {
    api.does(
        "open",
        (event, context) -> "{\"statusCode\":401,\"headers\":{\"WWW-Authenticate\":\"Bearer\"}}");

    RawHttp.Answer answer = api.get("/v1/things");

    assertEquals("Bearer", answer.header("x-amzn-Remapped-WWW-Authenticate").orElseThrow());
    assertTrue(answer.header("WWW-Authenticate").isEmpty());
  }

  @Test
  void a_base64_answer_is_decoded() throws IOException {
    api.does(
        "open",
        (event, context) -> "{\"statusCode\":200,\"body\":\"aGk=\",\"isBase64Encoded\":true}");
    assertEquals("hi", api.get("/v1/things").body());

    api.does(
        "open", (event, context) -> "{\"statusCode\":200,\"body\":\"#\",\"isBase64Encoded\":true}");
    assertEquals("500 API_CONFIGURATION_ERROR", refusal(api.get("/v1/things")));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void an_answer_that_has_no_body_keeps_the_connection(int status) throws IOException {
    api.does("open", (event, context) -> SmallApi.answer(status, "not to be sent"));

    try (RawHttp http = api.connect()) {
      RawHttp.Answer first = http.send("GET /v1/things HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(status, first.status());
      assertTrue(first.header("Content-Length").isEmpty());
      assertEquals(status, http.send("GET /v1/things HTTP/1.1\r\nHost: a\r\n\r\n").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"statusCode\":\"many\"}",
        "{\"statusCode\":99}",
        "{\"statusCode\":200,\"body\":{}}",
        "{\"statusCode\":200,\"odd\":1}",
        "{\"statusCode\":200,\"headers\":{\"a\":{}}}",
        "{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}}",
        "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nc: d\"}}",
        "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"b\"}}",
      })
  void what_is_no_proxy_response_is_a_bad_gateway(String output) throws IOException {
    api.does("open", (event, context) -> output);

    assertEquals("502 DEFAULT_5XX", refusal(api.get("/v1/things")));
  }

  @Test
  void a_crash_is_a_bad_gateway_and_says_nothing_of_itself() throws IOException {
    api.does(
        "open",
        (event, context) -> {
          throw new IllegalStateException("secret");
        });
    RawHttp.Answer crash = api.get("/v1/things");
    assertEquals("502 DEFAULT_5XX", refusal(crash));
    assertFalse(crash.body().contains("secret"));

    api.does(
        "open",
        (event, context) -> {
          throw new StackOverflowError();
        });
    assertEquals("502 DEFAULT_5XX", refusal(api.get("/v1/things")));
  }

  @Test
  void a_function_past_its_own_time_is_a_bad_gateway() throws IOException {
    api.does("open", (event, context) -> never());

    assertEquals("502 DEFAULT_5XX", refusal(api.get("/v1/things")));
  }

  @Test
  void a_function_past_the_gateways_time_is_a_gateway_timeout() throws IOException {
    api.does("open", (event, context) -> never());

    assertEquals("504 INTEGRATION_TIMEOUT", refusal(api.get("/v1/slow")));
  }

  @Test
  void an_answer_over_six_megabytes_is_a_bad_gateway() throws IOException {
    api.does(
        "open",
        (event, context) -> SmallApi.answer(200, "x".repeat(LambdaFunctions.PAYLOAD_LIMIT)));

    assertEquals("502 DEFAULT_5XX", refusal(api.get("/v1/things")));
  }

  @Test
  void a_function_serves_many_at_once() throws Exception {
    int crowd = 20;
    var all = new CountDownLatch(crowd);
    api.does(
        "open",
        (event, context) -> {
          all.countDown();
          return SmallApi.answer(awaited(all) ? 200 : 500, "");
        });

    var threads = new java.util.ArrayList<Thread>();
    var fine = new java.util.concurrent.atomic.AtomicInteger();
    for (int i = 0; i < crowd; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  if (api.get("/v1/things").status() == 200) {
                    fine.incrementAndGet();
                  }
                } catch (IOException e) {
                  // Counted as not fine.
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(crowd, fine.get());
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(900, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static String never() {
    try {
      new CountDownLatch(1).await();
      return "";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private static String body(SmallApi api) {
    return api.lastEvent().path("body").asString()
        + " "
        + api.lastEvent().path("isBase64Encoded").asBoolean();
  }

  private static String refusal(RawHttp.Answer answer) {
    return answer.status() + " " + answer.code();
  }
}
