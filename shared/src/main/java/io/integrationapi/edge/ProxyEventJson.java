package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.ReadyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of a Lambda proxy integration as JSON (API Gateway's developer guide, "Input format of
 * a Lambda function for proxy integration"). They are read by hand: the runtime's own reader of
 * these types loads some eight hundred classes when a function starts.
 */
final class ProxyEventJson {
  private ProxyEventJson() {}

  static APIGatewayProxyRequestEvent read(InputStream input) throws IOException {
    JsonNode json = JsonText.readTrusted(input.readAllBytes());
    APIGatewayProxyRequestEvent event = new APIGatewayProxyRequestEvent();
    event.setResource(string(json, "resource"));
    event.setPath(string(json, "path"));
    event.setHttpMethod(string(json, "httpMethod"));
    event.setHeaders(strings(json.path("headers")));
    event.setMultiValueHeaders(lists(json.path("multiValueHeaders")));
    event.setQueryStringParameters(strings(json.path("queryStringParameters")));
    event.setMultiValueQueryStringParameters(lists(json.path("multiValueQueryStringParameters")));
    event.setPathParameters(strings(json.path("pathParameters")));
    event.setRequestContext(context(json.path("requestContext")));
    event.setBody(string(json, "body"));
    event.setIsBase64Encoded(json.path("isBase64Encoded").asBoolean(false));
    return event;
  }

  /**
   * Writes an answer to an output, which stays open.
   *
   * @param body in UTF-8
   */
  static void write(
      int status, Map<String, String> headers, byte @Nullable [] body, OutputStream output) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("statusCode", status);
    headers.forEach(json.putObject("headers")::put);
    if (body != null) {
      json.set("body", ReadyText.string(body));
    }
    json.put("isBase64Encoded", false);
    JsonText.write(json, output);
  }

  private static APIGatewayProxyRequestEvent.ProxyRequestContext context(JsonNode json) {
    APIGatewayProxyRequestEvent.ProxyRequestContext context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext();
    context.setRequestId(string(json, "requestId"));
    context.setPath(string(json, "path"));
    // AWS makes strings of what the authorizer said; SAM's local gateway leaves JSON's types.
    Map<String, Object> authorizer = new HashMap<>(strings(json.path("authorizer")));
    context.setAuthorizer(authorizer);
    return context;
  }

  private static @Nullable String string(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** Absent and null are an empty map. */
  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.forEachEntry((name, value) -> map.put(name, value.asString("")));
    return map;
  }

  private static Map<String, List<String>> lists(JsonNode object) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    object.forEachEntry((name, values) ->
        map.put(name, values.values().stream().map(value -> value.asString("")).toList()));
    return map;
  }
}
