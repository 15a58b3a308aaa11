package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Proxy events as API Gateway may write them: what is null, what is left out, what is encoded. */
class OddEventsTest {
  private static final String CONTEXT =
      "\"requestContext\":{\"requestId\":\"r\",\"path\":\"/v1/integrations\","
          + "\"authorizer\":{\"kind\":\"account\",\"id\":\"alice\",\"scope\":\"full\"}}";

  private final Api api = new Api();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"headers\":{\"Content-Type\":\"application/json\"},\"multiValueHeaders\":null,",
        "\"headers\":null,\"multiValueHeaders\":{\"content-type\":[\"application/json\"]},",
        "\"headers\":{\"CONTENT-TYPE\":\"application/json\"},",
        "\"multiValueHeaders\":{\"Content-type\":[\"application/json\",\"application/json\"]},",
      })
  void headers_are_found_in_either_map_and_any_case(String headers) {
    String body = "\"body\":\"{\\\"name\\\":\\\"ü\\\"}\",";

    JsonNode answer = send("CreateIntegrationFunction", headers + body);

    assertEquals(201, answer.path("statusCode").asInt(), answer::toString);
    assertEquals("ü", JsonText.readTrusted(answer.path("body").asString()).path("name").asString());
  }

  @Test
  void body_may_be_encoded() {
    JsonNode answer =
        send(
            "CreateIntegrationFunction",
            "\"headers\":{\"content-type\":\"application/json\"},\"isBase64Encoded\":true,"
                + "\"body\":\"eyJuYW1lIjoiw7wifQ==\",");

    assertEquals(201, answer.path("statusCode").asInt(), answer::toString);
  }

  @Test
  void all_maps_may_be_null_or_left_out() {
    Reply created = api.create(Caller.account("alice"), "{\"name\":\"One\"}");
    String nulls =
        "\"headers\":null,\"multiValueHeaders\":null,\"queryStringParameters\":null,"
            + "\"multiValueQueryStringParameters\":null,\"pathParameters\":null,\"body\":null,";

    for (String maps : new String[] {nulls, ""}) {
      assertEquals(200, send("ListIntegrationsFunction", maps).path("statusCode").asInt());
      assertEquals(400, send("CreateIntegrationFunction", maps).path("statusCode").asInt());
      assertEquals(404, send("GetIntegrationFunction", maps).path("statusCode").asInt());
    }
    String path = "\"pathParameters\":{\"_id\":\"" + created.id() + "\"},";
    JsonNode found = send("GetIntegrationFunction", path);
    assertEquals(created.body(), found.path("body").asString());
  }

  @Test
  void scope_that_is_not_known_does_not_write() {
    String members = "\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"{}\",";
    String event = "{" + members + CONTEXT.replace("\"full\"", "\"else\"") + "}";

    JsonNode answer = JsonText.readTrusted(api.invoke("CreateIntegrationFunction", event));

    assertEquals(403, answer.path("statusCode").asInt(), answer::toString);
  }

  private JsonNode send(String function, String members) {
    return JsonText.readTrusted(api.invoke(function, "{" + members + CONTEXT + "}"));
  }
}
