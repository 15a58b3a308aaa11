package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Bodies that come a byte at a time. */
class SlowBodyTest {

  private static final Duration BETWEEN_BYTES = Duration.ofMillis(50);

  private final List<String> answered = new CopyOnWriteArrayList<>();

  private final HttpSite site =
      new HttpSite() {
        @Override
        public HttpAnswer answer(HttpRequest request) {
          String body = new String(request.body(), StandardCharsets.UTF_8);
          answered.add(body);
          return HttpAnswer.json(200, body);
        }

        @Override
        public HttpAnswer malformed(int status) {
          return HttpAnswer.json(status, "{}");
        }
      };

  @Test
  void a_body_that_takes_too_long_is_closed_and_reaches_nobody() throws Exception {
    try (HttpServer server = start(Duration.ofMillis(400));
        RawHttp slow = new RawHttp(server.port())) {
      head(slow, 1000);
      // Not by waiting for an answer: that would end as well, with a time-out of the test's own.
      assertThrows(IOException.class, () -> drip(slow, 200));
      assertEquals(List.of(), answered);

      try (RawHttp next = new RawHttp(server.port())) {
        assertEquals(200, next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status());
      }
    }
  }

  @Test
  void a_body_over_the_limit_is_not_read_for_ever_either() throws Exception {
    try (HttpServer server = start(Duration.ofMillis(400));
        RawHttp slow = new RawHttp(server.port())) {
      head(slow, HttpServer.BODY_LIMIT + 1);
      // Not by waiting for an answer: that would end as well, with a time-out of the test's own.
      assertThrows(IOException.class, () -> drip(slow, 200));
      assertEquals(List.of(), answered);
    }
  }

  @Test
  void a_body_that_takes_its_time_is_answered_and_so_is_the_next_one() throws Exception {
    try (HttpServer server = start(Duration.ofSeconds(30));
        RawHttp slow = new RawHttp(server.port())) {
      for (int i = 0; i < 2; i++) {
        head(slow, 5);
        drip(slow, 5);
        assertEquals("xxxxx", slow.read().body());
      }
      assertTrue(answered.stream().allMatch("xxxxx"::equals));
    }
  }

  @Test
  void the_time_of_one_body_is_not_that_of_the_connection() throws Exception {
    try (HttpServer server = start(Duration.ofMillis(900));
        RawHttp slow = new RawHttp(server.port())) {
      for (int i = 0; i < 4; i++) {
        head(slow, 5);
        drip(slow, 5);
        assertEquals(200, slow.read().status());
      }
    }
  }

  private HttpServer start(Duration patience) throws IOException {
    return HttpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), site, patience);
  }

  private static void head(RawHttp http, int length) throws IOException {
    http.write(
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void drip(RawHttp http, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
      http.write(new byte[] {'x'});
    }
  }
}
