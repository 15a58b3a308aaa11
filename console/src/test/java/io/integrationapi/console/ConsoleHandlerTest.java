package io.integrationapi.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleHandlerTest {

  @Test
  void event_is_read_whatever_stands_in_it() {
    PageRequest request =
        read(
            """
            {"resource": "/console/{file+}", "path": "/console/1/app.js", "body": null,
             "headers": {"ACCEPT-encoding": "br, gzip", "if-None-Match": "\\"a\\""},
             "multiValueHeaders": {"path": ["no"], "headers": [{"path": "no"}]},
             "requestContext": {"path": "/v1/no", "identity": {"requestId": "no"}, "requestId": "r-1"},
             "pathParameters": {"file": "1/app.js"}, "isBase64Encoded": false}
            """);

    assertEquals(
        new PageRequest(
            "/console/{file+}",
            "/console/1/app.js",
            Optional.of("1/app.js"),
            true,
            Optional.of("\"a\""),
            "r-1"),
        request);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "'deflate, gzip;q=0.5', true",
    "GZIP, true",
    "gzip;q=0, false",
    "'gzip; q=0.0', false",
    "xgzip, false",
    "identity, false"
  })
  void compression_is_for_those_who_take_it(String header, boolean gzip) {
    assertEquals(gzip, read("{\"headers\":{\"Accept-Encoding\":\"" + header + "\"}}").gzip());
  }

  @Test
  void event_of_nothing_is_answered() {
    var output = new java.io.ByteArrayOutputStream();
    new Site().answer(read("{\"headers\": null}")).write(output);

    assertTrue(output.toString(StandardCharsets.UTF_8).startsWith("{\"statusCode\":404,"));
  }

  private static PageRequest read(String event) {
    return PageRequest.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }
}
