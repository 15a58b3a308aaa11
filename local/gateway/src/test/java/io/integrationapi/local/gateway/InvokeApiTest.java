package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeApiTest {

  private final SmallApi api;

  InvokeApiTest() throws IOException {
    api = new SmallApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Open",
        "Open:live",
        "arn:aws:lambda:us-east-1:000000000000:function:Open",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3AOpen%3Alive"
      })
  void bytes_go_in_and_bytes_come_out(String name) throws IOException {
    api.does("open", (event, context) -> "[" + event + ",  1e-200]");

    RawHttp.Answer answer = invoke(name, "{\"a\":1}");

    assertEquals(200, answer.status());
    assertEquals("[{\"a\":1},  1e-200]", answer.body());
    assertTrue(answer.header("X-Amz-Function-Error").isEmpty());
  }

  @Test
  void a_function_is_told_about_its_invocation() throws IOException {
    api.does(
        "open",
        (event, context) ->
            "\"%s %d %s %s\""
                .formatted(
                    context.getFunctionName(),
                    context.getRemainingTimeInMillis(),
                    context.getAwsRequestId(),
                    context.getInvokedFunctionArn()));

    RawHttp.Answer answer = invoke("Open", "{}");

    assertEquals(
        "\"Open 1000 %s arn:aws:lambda:us-east-1:000000000000:function:Open\""
            .formatted(answer.header("x-amzn-RequestId").orElseThrow()),
        answer.body());
  }

  @Test
  void an_exception_is_an_answer_with_a_mark() throws IOException {
    api.does(
        "open",
        (event, context) -> {
          throw new IllegalArgumentException("scope is odd");
        });

    RawHttp.Answer answer = invoke("Open", "{}");

    assertEquals(200, answer.status());
    assertEquals("Unhandled", answer.header("X-Amz-Function-Error").orElseThrow());
    assertEquals(
        "{\"errorMessage\":\"scope is odd\",\"errorType\":\"java.lang.IllegalArgumentException\"}",
        answer.body());
  }

  @Test
  void an_unknown_function_is_not_found() throws IOException {
    RawHttp.Answer answer = invoke("Nobody", "{}");

    assertEquals(404, answer.status());
    assertEquals("ResourceNotFoundException", answer.header("x-amzn-ErrorType").orElseThrow());
    assertEquals(
        "{\"Type\":\"User\",\"Message\":\"Function not found: "
            + "arn:aws:lambda:us-east-1:000000000000:function:Nobody\"}",
        answer.body());
  }

  @Test
  void no_payload_is_an_empty_object_and_no_json_is_refused() throws IOException {
    invoke("Open", "");
    assertEquals("{}", api.lastEvent().toString());

    assertEquals(400, invoke("Open", "{").status());
  }

  @Test
  void a_handler_that_cannot_be_made_fails_the_invocation() throws IOException {
    RawHttp.Answer answer = invoke("Guard", "{}");

    assertEquals("Unhandled", answer.header("X-Amz-Function-Error").orElseThrow());
    assertTrue(answer.body().contains("nobody wrote guard for {EXTRA=more}"), answer.body());
  }

  private RawHttp.Answer invoke(String name, String payload) throws IOException {
    return api.send(
        "POST /2015-03-31/functions/%s/invocations HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(name, payload.length(), payload));
  }
}
