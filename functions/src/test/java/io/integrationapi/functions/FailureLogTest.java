package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the log says of a request that failed: enough to ask AWS, and nothing of a document. */
@Isolated("One of them listens to what the process prints.")
class FailureLogTest {
  private static final Caller ALICE = Caller.account("alice");

  private final Api api = new Api();

  @ParameterizedTest
  @CsvSource({
    "DENIED, 500, AccessDeniedException, 400",
    "THROTTLED, 503, ThrottlingException, 400",
    "SERVER_ERROR, 503, InternalServerError, 500"
  })
  void failure_names_the_stores_error(Fault fault, int answered, String code, int status) {
    String path = "/integrations/" + api.create(ALICE, "{\"name\":\"Planted name\"}").id();
    api.takeLog();
    api.http.failWith(_ -> fault);

    assertEquals(
        answered, api.put(ALICE, path).body("{\"name\":\"Planted other\"}").send().status());

    JsonNode line = failureIn(api.takeLog());
    JsonNode error =
        line.path("causes").values().stream()
            .filter(it -> it.has("code"))
            .findFirst()
            .orElseThrow();
    assertEquals(code, error.path("code").asString());
    assertEquals(status, error.path("status").asInt());
    assertEquals("REQUEST-OF-A-FAULT", error.path("storeRequestId").asString());
    assertFalse(line.toString().contains("Planted"), line::toString);
    assertFalse(line.has("message"), line::toString);
  }

  @ParameterizedTest
  @CsvSource({"AuthorizerFunction", "GetIntegrationFunction", "CloneIntegrationFunction"})
  void priming_that_fails_leaves_a_line(String function) throws Exception {
    api.http.failWith(_ -> Fault.DENIED);
    Resource handler = assertInstanceOf(Resource.class, api.handler(function));

    JsonNode line = failureIn(printedBy(() -> handler.beforeCheckpoint(Core.getGlobalContext())));

    assertEquals("priming", line.path("requestId").asString());
    assertEquals(handler.getClass().getSimpleName(), line.path("function").asString());
    assertTrue(line.toString().contains("AccessDeniedException"), line::toString);
  }

  @Test
  void priming_that_succeeds_is_silent() throws Exception {
    Resource handler = assertInstanceOf(Resource.class, api.handler("GetIntegrationFunction"));

    assertEquals(List.of(), printedBy(() -> handler.beforeCheckpoint(Core.getGlobalContext())));
  }

  private static JsonNode failureIn(List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.path("level").asString("").equals("ERROR"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no failure in " + lines));
  }

  /** Something that prints. */
  private interface Action {
    void run() throws Exception;
  }

  private static List<JsonNode> printedBy(Action action) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().map(JsonText::readTrusted).toList();
  }
}
