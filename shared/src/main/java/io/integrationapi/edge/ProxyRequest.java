package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A view of a proxy event that evens out what may be null, doubled, or in another case. */
public final class ProxyRequest {
  private final APIGatewayProxyRequestEvent event;

  ProxyRequest(APIGatewayProxyRequestEvent event) {
    this.event = event;
  }

  /** API Gateway's id of the request, or an empty text if somebody invoked the function by hand. */
  String id() {
    return Objects.requireNonNullElse(event.getRequestContext().getRequestId(), "");
  }

  /** All values of a header in their order, whatever the case of its name. */
  List<String> headers(String name) {
    List<String> many =
        event.getMultiValueHeaders().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .flatMap(header -> header.getValue().stream())
            .toList();
    if (!many.isEmpty()) {
      return many;
    }
    return event.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The header's values as the one list that they mean (RFC 9110 section 5.3). */
  Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /**
   * The last value of a query parameter, which is the one that API Gateway itself would pass on.
   */
  Optional<String> query(String name) {
    List<String> values = queryValues(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  /** All values of a query parameter in their order, decoded. */
  List<String> queryValues(String name) {
    List<String> many = event.getMultiValueQueryStringParameters().get(name);
    if (many != null && !many.isEmpty()) {
      return many;
    }
    String one = event.getQueryStringParameters().get(name);
    return one == null ? List.of() : List.of(one);
  }

  /** The {@code _id} of the path, decoded; an empty text if the route has none. */
  String pathId() {
    return event.getPathParameters().getOrDefault("_id", "");
  }

  /** The {@code _revisionId} of the path, likewise. */
  String pathRevisionId() {
    return event.getPathParameters().getOrDefault("_revisionId", "");
  }

  /** What the authorizer said. */
  Map<String, Object> authorizer() {
    return event.getRequestContext().getAuthorizer();
  }

  /** The route as the template writes it, also when the path has a slash more at its end. */
  String route() {
    return Objects.requireNonNullElse(event.getResource(), "");
  }

  /** The path as the caller sees it, with the stage or the custom domain's prefix. */
  String path() {
    String path = event.getRequestContext().getPath();
    return Objects.requireNonNullElse(path == null ? event.getPath() : path, "");
  }

  /** The bytes that were sent; none if there was no body. */
  byte[] body() {
    String body = event.getBody();
    if (body == null) {
      return new byte[0];
    }
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
