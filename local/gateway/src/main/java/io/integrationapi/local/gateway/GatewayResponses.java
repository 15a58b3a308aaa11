package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.GatewayResponse;
import io.integrationapi.local.stack.GatewayResponseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders what the gateway answers by itself: as the template's response of that type says, else as
 * its {@code DEFAULT_4XX} or {@code DEFAULT_5XX}, else as AWS does.
 *
 * <p>As on AWS, a template is no program: only variables are replaced, and one that has no value is
 * empty. Known are {@code $context.…} and, of the request, its headers and query ({@code
 * method.request.header.…}, {@code method.request.querystring.…}).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
 *     responses in API Gateway</a>
 */
final class GatewayResponses {

  private static final String JSON = "application/json";

  private static final GatewayResponse AWS =
      new GatewayResponse(
          OptionalInt.empty(),
          Map.of(),
          Map.of(JSON, "{\"message\":$context.error.messageString}"));

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:\\{(NAME)\\}|(NAME))"
              .replace("NAME", "(?:context|method\\.request)(?:\\.[\\w-]+)+"));

  private final Map<GatewayResponseType, GatewayResponse> responses;
  private final JsonMapper json = new JsonMapper();

  GatewayResponses(Map<GatewayResponseType, GatewayResponse> responses) {
    this.responses = responses;
  }

  /** The answer of that type to a call. */
  HttpAnswer render(GatewayResponseType type, Call call) {
    GatewayResponse response =
        Optional.ofNullable(responses.get(type))
            .or(() -> Optional.ofNullable(responses.get(type.fallback())))
            .orElse(AWS);
    Map<String, String> values = values(type, call);

    String mediaType = mediaType(response, call);
    String template =
        response.templates().getOrDefault(mediaType, AWS.templates().getOrDefault(JSON, ""));
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", mediaType));
    headers.add(new Header("x-amzn-RequestId", call.requestId()));
    response
        .headers()
        .forEach((name, expression) ->
            mapped(expression, values).ifPresent(value -> set(headers, name, value)));

    return new HttpAnswer(
        response.status().orElse(type.status()),
        List.copyOf(headers),
        replaced(template, values).getBytes(StandardCharsets.UTF_8));
  }

  /** API Gateway takes the template of the type that is asked for, and JSON if there is none. */
  private static String mediaType(GatewayResponse response, Call call) {
    return call.request().header("Accept").filter(response.templates()::containsKey).orElse(JSON);
  }

  private Map<String, String> values(GatewayResponseType type, Call call) {
    String message = message(type);
    var values = new HashMap<String, String>();
    call.variables().forEach((name, value) -> values.put("context." + name, value));
    values.put("context.error.message", message);
    values.put("context.error.messageString", json.writeValueAsString(message));
    values.put("context.error.responseType", type.name());
    call.request()
        .headers()
        .forEach(header -> values.put("method.request.header." + header.name(), header.value()));
    call.request()
        .query()
        .filter(query -> Encoding.isWellFormed("", Optional.of(query)))
        .map(Encoding::parseQuery)
        .orElse(Map.of())
        .forEach((name, all) -> values.put("method.request.querystring." + name, all.getLast()));
    return values;
  }

  private static Optional<String> mapped(String expression, Map<String, String> values) {
    if (expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'")) {
      return Optional.of(expression.substring(1, expression.length() - 1));
    }
    return Optional.ofNullable(values.get(expression)).filter(HeaderRules::isSendable);
  }

  private static void set(List<Header> headers, String name, String value) {
    headers.removeIf(header -> header.is(name));
    headers.add(new Header(name, value));
  }

  private static String replaced(String template, Map<String, String> values) {
    return VARIABLE
        .matcher(template)
        .replaceAll(found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(values.getOrDefault(name, ""));
        });
  }

  /** AWS's own words. */
  private static String message(GatewayResponseType type) {
    return switch (type) {
      case ACCESS_DENIED -> "User is not authorized to access this resource";
      case API_CONFIGURATION_ERROR,
          AUTHORIZER_CONFIGURATION_ERROR,
          AUTHORIZER_FAILURE,
          DEFAULT_5XX,
          INTEGRATION_FAILURE ->
          "Internal server error";
      case BAD_REQUEST_BODY -> "Invalid request body";
      case BAD_REQUEST_PARAMETERS, DEFAULT_4XX -> "Bad Request";
      case EXPIRED_TOKEN -> "The security token included in the request is expired";
      case INTEGRATION_TIMEOUT -> "Endpoint request timed out";
      case INVALID_API_KEY, WAF_FILTERED -> "Forbidden";
      case INVALID_SIGNATURE ->
          "The request signature we calculated does not match the signature you provided";
      case MISSING_AUTHENTICATION_TOKEN -> "Missing Authentication Token";
      case QUOTA_EXCEEDED -> "Limit Exceeded";
      case REQUEST_TOO_LARGE -> "Request Too Long";
      case RESOURCE_NOT_FOUND -> "Not Found";
      case THROTTLED -> "Too Many Requests";
      case UNAUTHORIZED -> "Unauthorized";
      case UNSUPPORTED_MEDIA_TYPE -> "Unsupported Media Type";
    };
  }
}
