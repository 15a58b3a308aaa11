package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no well-meaning client sends still gets an answer in the envelope, and harms nobody else.
 */
class OddRequestsTest {

  private final SmallApi api;

  OddRequestsTest() throws IOException {
    api = new SmallApi();
  }

  @AfterEach
  void the_server_still_answers() throws IOException {
    try (api) {
      assertEquals(200, api.get("/v1/things").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense¶¶",
        "GET¶¶",
        "GET /v1/things¶¶",
        "GET /v1/things HTTP/9.9¶¶",
        "GET /v1/things HTTP/1.1¶¶",
        "GET /v1/things HTTP/1.1¶Host: a¶Host: b¶¶",
        "GET /v1/things HTTP/1.1¶Host: a¶no colon¶¶",
        "GET /v1/things HTTP/1.1¶Host: a¶ folded: b¶¶",
        "GET /v1/things HTTP/1.1¶Host: a¶Nul: \0¶¶",
        "POST /v1/things HTTP/1.1¶"
            + "Host: a¶"
            + "Content-Length: 2¶"
            + "Transfer-Encoding: chunked¶¶"
            + "0¶¶",
        "POST /v1/things HTTP/1.1¶Host: a¶Content-Length: -1¶¶",
        "POST /v1/things HTTP/1.1¶Host: a¶Content-Length: 2¶Content-Length: 3¶¶{}",
        "POST /v1/things HTTP/1.1¶Host: a¶Transfer-Encoding: chunked¶¶xyz¶",
        "GET /v1/th\u0001ings HTTP/1.1¶Host: a¶¶",
        "GET /v1/things?a=%zz HTTP/1.1¶Host: a¶¶",
        "GET /v1/things/%zz HTTP/1.1¶Host: a¶¶",
        "GET /v1/things/%e HTTP/1.1¶Host: a¶¶",
        "GET /v1/things?a=b|c HTTP/1.1¶Host: a¶¶",
        "GET /v1/things?a={b} HTTP/1.1¶Host: a¶¶",
      })
  void what_is_no_request_is_refused_in_the_envelope(String request) throws IOException {
    RawHttp.Answer answer = api.send(request.replace("¶", "\r\n"));

    assertEquals("400 BAD_REQUEST_PARAMETERS", answer.status() + " " + answer.code());
    assertTrue(answer.header("x-request-id").isPresent());
  }

  @Test
  void headers_over_ten_kilobytes_are_refused() throws IOException {
    RawHttp.Answer answer = api.get("/v1/things", "X-Long: " + "x".repeat(11_000));

    assertEquals("400 BAD_REQUEST_PARAMETERS", answer.status() + " " + answer.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD /v1/things",
        "OPTIONS /v1/things",
        "OPTIONS *",
        "PUT /v1/things",
        "BREW /v1/things",
        "GET /things",
        "GET /v1",
        "GET /v2/things",
        "GET /",
        "GET /v1/things/a/clone/",
        "POST /v1/things//clone",
        "GET /v1//things",
        "GET /v1/things//",
        "GET /v1/nothing",
        "GET /v1/%74hings/x/../y",
        "GET /2015-03-31/functions/Open/invocations",
      })
  void what_the_template_does_not_declare_is_not_there(String line) throws IOException {
    RawHttp.Answer answer = api.send(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertEquals(404, answer.status());
    assertEquals("yes", answer.header("x-literal").orElseThrow());
    if (!line.startsWith("HEAD")) {
      assertEquals(
          "{\"errors\":[{\"code\":\"none\",\"message\":\"Missing Authentication Token\"}]}",
          answer.body());
    }
    assertTrue(api.events.isEmpty());
  }

  @Test
  void a_target_in_absolute_form_is_the_path_in_it() throws IOException {
    RawHttp.Answer answer =
        api.send(
            "GET http://api.example.com/v1/things/7?a=b HTTP/1.1\r\nHost: localhost:1\r\n\r\n");

    assertEquals(200, answer.status());
    assertEquals("/things/7", api.lastEvent().path("path").asString());
    assertEquals("b", api.lastEvent().at("/queryStringParameters/a").asString());
  }

  @Test
  void http_1_0_is_answered_and_closed() throws IOException {
    try (RawHttp http = api.connect()) {
      assertEquals(200, http.send("GET /v1/things HTTP/1.0\r\n\r\n").status());
      assertTrue(http.isClosedByServer());
    }
  }

  @Test
  void two_requests_in_one_breath_are_answered_in_order() throws IOException {
    api.does("open", (event, context) -> SmallApi.answer(200, event.path("path").asString()));
    String two =
        "GET /v1/things/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/things/2 HTTP/1.1\r\nHost: a\r\n\r\n";

    try (RawHttp http = api.connect()) {
      assertEquals("/things/1", http.send(two).body());
      assertEquals("/things/2", http.read().body());
    }
  }

  /** Jetty remembers the headers of a connection, by default without regard to case. */
  @Test
  void a_header_is_never_taken_for_an_earlier_one_in_other_letters() throws IOException {
    api.does(
        "open",
        (event, context) -> SmallApi.answer(200, event.at("/headers/Authorization").asString()));
    try (RawHttp http = api.connect()) {
      for (String token : List.of("Bearer one", "Bearer ONE", "BEARER one", "Bearer one")) {
        String request =
            "GET /v1/things HTTP/1.1\r\nHost: a\r\nAuthorization: " + token + "\r\n\r\n";
        assertEquals(token, http.send(request).body());
      }
    }
  }

  @Test
  void a_chunked_body_arrives_whole() throws IOException {
    api.send(
        "POST /v1/things HTTP/1.1¶Host: a¶Transfer-Encoding: chunked¶¶3¶{\"a¶4¶\":1}¶0¶¶"
            .replace("¶", "\r\n"));

    assertEquals("eyJhIjoxfQ==", api.lastEvent().path("body").asString());
  }

  @Test
  void a_body_that_breaks_off_reaches_no_function() throws IOException {
    try (RawHttp http = api.connect()) {
      http.write(
          "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"half\":"
              .getBytes(StandardCharsets.UTF_8));
    }

    the_server_still_answers_now();
    assertEquals(1, api.events.size());
  }

  private void the_server_still_answers_now() throws IOException {
    assertEquals(200, api.get("/v1/things").status());
  }

  @Test
  void a_body_over_ten_megabytes_is_too_large_however_it_comes() throws IOException {
    int size = HttpServer.BODY_LIMIT + 1;
    String head = "POST /v1/things HTTP/1.1\r\nHost: a\r\n";
    byte[] body = new byte[size];

    try (RawHttp http = api.connect()) {
      http.write((head + "Content-Length: " + size + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      http.write(body);
      assertEquals("413 REQUEST_TOO_LARGE", refusal(http.read()));
    }
    try (RawHttp http = api.connect()) {
      http.write(
          (head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(size) + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
      http.write(body);
      http.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertEquals("413 REQUEST_TOO_LARGE", refusal(http.read()));
    }
    RawHttp.Answer told =
        api.send(head + "Content-Length: " + size + "\r\nExpect: 100-continue\r\n\r\n");
    assertEquals("413 REQUEST_TOO_LARGE", refusal(told));
    assertTrue(api.events.isEmpty());
  }

  @Test
  void a_body_that_makes_an_event_over_six_megabytes_is_too_large() throws IOException {
    try (RawHttp http = api.connect()) {
      http.write(
          "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n"
              .getBytes(StandardCharsets.UTF_8));
      http.write(new byte[5_000_000]);
      assertEquals("413 REQUEST_TOO_LARGE", refusal(http.read()));
      assertEquals(200, http.send("GET /v1/things HTTP/1.1\r\nHost: a\r\n\r\n").status());
    }
  }

  @Test
  void who_asks_whether_to_go_on_is_told_to() throws IOException {
    try (RawHttp http = api.connect()) {
      http.write(
          "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{}"
              .getBytes(StandardCharsets.UTF_8));
      assertEquals(200, http.read().status());
    }
  }

  private static String refusal(RawHttp.Answer answer) {
    return answer.status() + " " + answer.code();
  }
}
