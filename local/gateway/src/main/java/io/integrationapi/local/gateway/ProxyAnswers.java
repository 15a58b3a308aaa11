package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.GatewayResponseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a function answered.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format">Output
 *     format of a Lambda function for proxy integration</a>
 */
final class ProxyAnswers {

  /** The outcome. */
  sealed interface Reading {

    /** It is an answer. */
    record Well(HttpAnswer answer) implements Reading {}

    /** It is none; API Gateway answers that. */
    record Unusable(GatewayResponseType type) implements Reading {}
  }

  /** "Malformed Lambda proxy response" in API Gateway's own log. */
  private static final Reading MALFORMED = new Reading.Unusable(GatewayResponseType.DEFAULT_5XX);

  private static final Set<String> MEMBERS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  private final MediaTypes binary;
  private final JsonMapper json = new JsonMapper();

  ProxyAnswers(MediaTypes binary) {
    this.binary = binary;
  }

  /**
   * Reads the answer to a request whose {@code Accept} header is given, or {@code "*}{@code /*"}.
   */
  Reading read(byte[] output, String accept) {
    JsonNode answer;
    try {
      answer = json.readTree(output);
    } catch (JacksonException e) {
      return MALFORMED;
    }
    if (!answer.isObject() || !MEMBERS.containsAll(answer.propertyNames())) {
      return MALFORMED;
    }

    int status = answer.path("statusCode").asInt(0);
    JsonNode body = answer.path("body");
    if (status < 200 || status > 599 || !(body.isString() || isAbsent(body))) {
      return MALFORMED;
    }

    var headers = new ArrayList<Header>();
    if (!readLists(answer.path("multiValueHeaders"), headers)
        || !readSingle(answer.path("headers"), headers)) {
      return MALFORMED;
    }

    boolean base64 = answer.path("isBase64Encoded").asBoolean(false) && binary.match(accept);
    return decoded(body.asString(""), base64, status, HeaderRules.sent(headers));
  }

  private static Reading decoded(String body, boolean base64, int status, List<Header> headers) {
    if (status == 204 || status == 304) {
      return new Reading.Well(new HttpAnswer(status, withoutType(headers), new byte[0]));
    }
    try {
      byte[] bytes =
          base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
      return new Reading.Well(new HttpAnswer(status, headers, bytes));
    } catch (IllegalArgumentException e) {
      return new Reading.Unusable(GatewayResponseType.API_CONFIGURATION_ERROR);
    }
  }

  private static List<Header> withoutType(List<Header> headers) {
    return headers.stream().filter(header -> !header.is("Content-Type")).toList();
  }

  private static boolean readLists(JsonNode lists, List<Header> headers) {
    if (isAbsent(lists)) {
      return true;
    }
    if (!lists.isObject()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : lists.properties()) {
      if (!entry.getValue().isArray()) {
        return false;
      }
      for (JsonNode value : entry.getValue()) {
        if (!add(entry.getKey(), value, headers)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A pair that is among the lists already is not sent twice. */
  private static boolean readSingle(JsonNode single, List<Header> headers) {
    if (isAbsent(single)) {
      return true;
    }
    if (!single.isObject()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : single.properties()) {
      boolean there =
          headers.stream()
              .anyMatch(header ->
                  header.is(entry.getKey())
                      && header.value().equals(entry.getValue().asString("")));
      if (!there && !add(entry.getKey(), entry.getValue(), headers)) {
        return false;
      }
    }
    return true;
  }

  private static boolean add(String name, JsonNode value, List<Header> headers) {
    if (!value.isValueNode()) {
      return false;
    }
    if (value.isNull()) {
      return true;
    }
    var header = new Header(name, value.asString());
    headers.add(header);
    return HeaderRules.isSendable(header);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
