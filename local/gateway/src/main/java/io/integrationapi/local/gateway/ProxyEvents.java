package io.integrationapi.local.gateway;

import io.integrationapi.local.gateway.RouteTable.Match;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the event of a call, as API Gateway hands it to a function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">Input
 *     format of a Lambda function for proxy integration</a>
 */
final class ProxyEvents {

  private final MediaTypes binary;
  private final JsonMapper json = new JsonMapper();

  ProxyEvents(MediaTypes binary) {
    this.binary = binary;
  }

  /** The event as bytes of JSON. */
  byte[] event(Call call, Match match, Optional<Identity> identity) {
    HttpRequest request = call.request();
    ObjectNode event = json.createObjectNode();
    event.put("resource", match.route().path());
    event.put("path", call.path().orElse("/"));
    event.put("httpMethod", request.method());

    putValues(event, "headers", "multiValueHeaders", headers(request));
    putValues(
        event,
        "queryStringParameters",
        "multiValueQueryStringParameters",
        request.query().map(Encoding::parseQuery).orElse(Map.of()));
    if (match.parameters().isEmpty()) {
      event.putNull("pathParameters");
    } else {
      ObjectNode parameters = event.putObject("pathParameters");
      match.parameters().forEach(parameters::put);
    }
    event.putNull("stageVariables");

    event.set("requestContext", requestContext(call, match, identity));
    putBody(event, request);
    return json.writeValueAsBytes(event);
  }

  /**
   * By name as it was spelled first, with what API Gateway says of the way that the request came.
   */
  private static Map<String, List<String>> headers(HttpRequest request) {
    var sent = new ArrayList<>(request.headers());
    String forwardedFor =
        request.header("X-Forwarded-For").map(before -> before + ", ").orElse("")
            + request.sourceIp();
    replace(sent, "X-Forwarded-For", forwardedFor);
    replace(sent, "X-Forwarded-Port", Integer.toString(request.port()));
    replace(sent, "X-Forwarded-Proto", "http");

    var values = new LinkedHashMap<String, List<String>>();
    for (Header header : sent) {
      String name = values.keySet().stream().filter(header::is).findFirst().orElse(header.name());
      values.computeIfAbsent(name, key -> new ArrayList<>()).add(header.value());
    }
    return values;
  }

  private static void replace(List<Header> headers, String name, String value) {
    headers.removeIf(header -> header.is(name));
    headers.add(new Header(name, value));
  }

  /** Once with the last value of each, once with all; both null when there are none. */
  private static void putValues(
      ObjectNode event, String single, String multi, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(single);
      event.putNull(multi);
      return;
    }
    ObjectNode last = event.putObject(single);
    ObjectNode all = event.putObject(multi);
    values.forEach((name, list) -> {
      last.put(name, list.getLast());
      var array = all.putArray(name);
      list.forEach(array::add);
    });
  }

  private ObjectNode requestContext(Call call, Match match, Optional<Identity> identity) {
    HttpRequest request = call.request();
    ObjectNode context = json.createObjectNode();
    context.put("accountId", Call.ACCOUNT);
    context.put("apiId", call.api().logicalId());
    context.put("domainName", call.domainName());
    context.put("extendedRequestId", call.extendedRequestId());
    context.put("httpMethod", request.method());
    context.put("path", request.path());
    context.put("protocol", request.protocol());
    context.put("requestId", call.requestId());
    context.put("requestTime", call.requestTime());
    context.put("requestTimeEpoch", call.received().toEpochMilli());
    context.put("resourceId", "local");
    context.put("resourcePath", match.route().path());
    context.put("stage", call.api().stage());

    ObjectNode caller = context.putObject("identity");
    caller.put("sourceIp", request.sourceIp());
    caller.put("userAgent", call.userAgent());

    identity.ifPresent(allowed -> {
      ObjectNode authorizer = context.putObject("authorizer");
      allowed.context().forEach(authorizer::put);
      authorizer.put("principalId", allowed.principalId());
      authorizer.put("integrationLatency", allowed.integrationLatency());
    });
    return context;
  }

  private void putBody(ObjectNode event, HttpRequest request) {
    if (request.body().length == 0) {
      event.putNull("body");
      event.put("isBase64Encoded", false);
      return;
    }

    boolean base64 = binary.match(request.header("Content-Type").orElse("application/json"));
    event.put("isBase64Encoded", base64);
    event.put(
        "body",
        base64
            ? Base64.getEncoder().encodeToString(request.body())
            : new String(request.body(), StandardCharsets.UTF_8));
  }
}
