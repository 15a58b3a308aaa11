package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Contract section 2, fidelity: every digit of every number. The handlers are called without the
 * check against the OpenAPI document, whose library reads no number of more than 1,000 digits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongNumberTest {
  /** The function's own time-out, behind which a caller would hear 504. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Api api = new Api();

  private JsonNode invoke(String function, String id, String body) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", id.isEmpty() ? "/integrations" : "/integrations/{_id}").put("body", body);
    event.putObject("headers").put("Content-Type", "application/json");
    event.putObject("pathParameters").put("_id", id);
    ObjectNode context = event.putObject("requestContext").put("requestId", "a-request");
    context.putObject("authorizer").put("kind", "account").put("id", "alice").put("scope", "full");
    return JsonText.readTrusted(api.invoke(function, JsonText.write(event)));
  }

  private void assertKept(String number) {
    String body = "{\"name\":\"N\",\"n\":" + number + "}";

    JsonNode created = invoke("CreateIntegrationFunction", "", body);
    assertEquals(201, created.path("statusCode").asInt());
    String id = JsonText.readTrusted(created.path("body").asString()).path("_id").asString();
    for (JsonNode answer :
        new JsonNode[] {
          created,
          invoke("GetIntegrationFunction", id, ""),
          invoke("ReplaceIntegrationFunction", id, body),
          invoke("PatchIntegrationFunction", id, "[]"),
          invoke("CloneIntegrationFunction", id, ""),
          invoke("ListIntegrationsFunction", "", ""),
        }) {
      assertTrue(answer.path("body").asString().contains("\"n\":" + number + "}"));
    }
  }

  @Test
  void number_of_2000_digits_keeps_each() {
    assertKept("123456789".repeat(222) + "01");
    assertKept("7".repeat(1000) + "." + "30".repeat(500));
  }

  @Test
  void number_may_fill_a_document() {
    String digits = "7".repeat(350_000 - "{\"name\":\"N\",\"n\":}".length());

    JsonNode answer =
        assertTimeoutPreemptively(
            TIMEOUT,
            () -> invoke("CreateIntegrationFunction", "", "{\"name\":\"N\",\"n\":" + digits + "}"));
    assertEquals(201, answer.path("statusCode").asInt());
    assertTrue(answer.path("body").asString().contains("\"n\":" + digits + "}"));
  }

  /** As much as a function can be sent, which is no document but must be answered in time. */
  @Test
  void number_of_4_million_digits_is_refused_in_time() {
    String body = "{\"name\":\"N\",\"n\":" + "7".repeat(4_000_000) + "}";

    JsonNode answer =
        assertTimeoutPreemptively(TIMEOUT, () -> invoke("CreateIntegrationFunction", "", body));
    assertEquals(413, answer.path("statusCode").asInt());
  }

  /** Each test compares two numbers of 340,000 digits, one of them written as a power of ten. */
  @Test
  void tests_of_a_long_number_are_done_in_time() {
    String digits = "1" + "0".repeat(340_000);
    JsonNode created =
        invoke("CreateIntegrationFunction", "", "{\"name\":\"N\",\"n\":" + digits + "}");
    String id = JsonText.readTrusted(created.path("body").asString()).path("_id").asString();
    String test = "{\"op\":\"test\",\"path\":\"/n\",\"value\":1e340000}";
    String patch = "[" + (test + ",").repeat(9_999) + test + "]";

    JsonNode answer =
        assertTimeoutPreemptively(TIMEOUT, () -> invoke("PatchIntegrationFunction", id, patch));
    assertEquals(200, answer.path("statusCode").asInt());
  }
}
