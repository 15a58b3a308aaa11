package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.integrationapi.domain.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a caller is answered. */
public final class Answer {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final @Nullable String body;

  private Answer(int status, @Nullable JsonNode body) {
    this.status = status;
    this.body = body == null ? null : JsonText.write(body);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
  }

  static Answer of(int status, JsonNode body) {
    return new Answer(status, body);
  }

  static Answer withoutBody(int status) {
    return new Answer(status, null);
  }

  Answer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  APIGatewayProxyResponseEvent event() {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body);
  }
}
