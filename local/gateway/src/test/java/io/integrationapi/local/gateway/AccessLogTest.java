package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessLogTest {

  private static final HttpSite SITE =
      new HttpSite() {
        @Override
        public HttpAnswer answer(HttpRequest request) {
          return HttpAnswer.json(201, "{\"secret\":\"out\"}").with("x-amzn-RequestId", "id-1");
        }

        @Override
        public HttpAnswer malformed(int status) {
          return HttpAnswer.json(status, "{}");
        }
      };

  private final List<String> lines = new ArrayList<>();

  @Test
  void a_request_is_one_line_that_holds_no_header_body_or_query() {
    var request =
        new HttpRequest(
            "POST",
            "/v1/integrations",
            Optional.of("secret=1"),
            "HTTP/1.1",
            List.of(new Header("Authorization", "Bearer secret")),
            "secret".getBytes(StandardCharsets.UTF_8),
            false,
            "127.0.0.1",
            3000);

    HttpAnswer answer = new AccessLog(SITE, lines::add).answer(request);

    assertEquals(201, answer.status());
    assertEquals(1, lines.size());
    assertTrue(
        lines
            .getFirst()
            .matches("POST /v1/integrations 201, 6 bytes in, 16 bytes out, \\d+\\.\\d ms, id-1"),
        lines.getFirst());
  }

  @Test
  void what_is_no_request_is_a_line_too() {
    assertEquals(400, new AccessLog(SITE, lines::add).malformed(400).status());

    assertEquals(List.of("what is no request 400"), lines);
  }

  @Test
  void each_line_of_the_log_begins_with_its_time() {
    assertTrue(
        Log.stamped("GET /").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z GET /"),
        Log.stamped("GET /"));
  }
}
