package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.RestApi;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A request on its way through the gateway, with what {@code $context} says of it. */
record Call(
    HttpRequest request,
    RestApi api,
    Instant received,
    String requestId,
    String extendedRequestId) {

  static final String ACCOUNT = "000000000000";

  private static final String REGION = "us-east-1";

  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static Call of(HttpRequest request, RestApi api, Instant received) {
    String requestId = UUID.randomUUID().toString();
    // On AWS this is another id, which only AWS's own support can read.
    String extendedRequestId = requestId.substring(0, 13).replace("-", "") + "=";
    return new Call(request, api, received, requestId, extendedRequestId);
  }

  /** The path without the stage; empty if the request is for no stage of this API. */
  Optional<String> path() {
    String stage = "/" + api.stage();
    String sent = request.path();
    if (sent.equals(stage)) {
      return Optional.of("/");
    }
    return sent.startsWith(stage + "/")
        ? Optional.of(sent.substring(stage.length()))
        : Optional.empty();
  }

  /** What a policy calls this request. */
  String methodArn() {
    return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
        .formatted(
            REGION, ACCOUNT, api.logicalId(), api.stage(), request.method(), path().orElse("/"));
  }

  String domainName() {
    return request
        .header("Host")
        .filter(host -> !host.isEmpty())
        .orElse("127.0.0.1:" + request.port());
  }

  String requestTime() {
    return REQUEST_TIME.format(received);
  }

  String userAgent() {
    return request.header("User-Agent").orElse("");
  }

  /**
   * The variables of {@code $context} that a gateway response may use, without the prefix.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables
   *     for data transformations</a>
   */
  Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("requestId", requestId);
    variables.put("extendedRequestId", extendedRequestId);
    variables.put("accountId", ACCOUNT);
    variables.put("apiId", api.logicalId());
    variables.put("stage", api.stage());
    variables.put("path", request.path());
    variables.put("httpMethod", request.method());
    variables.put("protocol", request.protocol());
    variables.put("domainName", domainName());
    variables.put("requestTime", requestTime());
    variables.put("requestTimeEpoch", Long.toString(received.toEpochMilli()));
    variables.put("identity.sourceIp", request.sourceIp());
    variables.put("identity.userAgent", userAgent());
    return variables;
  }
}
