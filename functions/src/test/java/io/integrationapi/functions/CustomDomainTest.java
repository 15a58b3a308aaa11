package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.json.JsonText;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behind a domain of one's own addresses in answers are the domain's, below the base path that it
 * maps to the API. The events are as API Gateway makes them there: {@code Host} is the domain, and
 * {@code requestContext.path} has the base path instead of the stage.
 */
class CustomDomainTest {
  private static final String BASE = "https://api.example.com/shop";

  private final Api api = new Api();

  @Test
  void location_is_below_the_base_path() {
    JsonNode answer = send("CreateIntegrationFunction", "POST", "{\"name\":\"One\"}", Map.of());

    String id = JsonText.readTrusted(answer.path("body").asString()).path("_id").asString();
    assertEquals(BASE + "/integrations/" + id, answer.path("headers").path("Location").asString());
  }

  @Test
  void next_page_is_below_the_base_path() {
    for (int i = 0; i < 2; i++) {
      send("CreateIntegrationFunction", "POST", "{\"name\":\"One\"}", Map.of());
    }

    JsonNode answer = send("ListIntegrationsFunction", "GET", "", Map.of("limit", "1"));

    String link = answer.path("headers").path("Link").asString();
    assertEquals(0, link.indexOf("<" + BASE + "/integrations?limit=1&cursor="), link);
  }

  private JsonNode send(String function, String method, String body, Map<String, String> query) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", "/integrations").put("path", "/shop/integrations");
    event.put("httpMethod", method);
    event
        .putObject("headers")
        .put("Host", "api.example.com")
        .put("X-Forwarded-Proto", "https")
        .put("Content-Type", "application/json");
    ObjectNode parameters = event.putObject("queryStringParameters");
    query.forEach(parameters::put);
    ObjectNode context = event.putObject("requestContext").put("requestId", "a-request");
    context.put("stage", "v1").put("path", "/shop/integrations");
    context.putObject("authorizer").put("kind", "account").put("id", "alice").put("scope", "full");
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    return JsonText.readTrusted(api.invoke(function, JsonText.write(event)));
  }
}
