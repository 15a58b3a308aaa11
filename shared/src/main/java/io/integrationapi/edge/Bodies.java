package io.integrationapi.edge;

import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Bodies and their media types (contract section 3). */
final class Bodies {
  private static final String JSON = "application/json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final Pattern UTF_8 = Pattern.compile("charset=\"?utf-?8\"?");

  private Bodies() {}

  /** A body that must be there. */
  static Validated<JsonNode> json(ProxyRequest request) {
    return checkMediaType(request, List.of(JSON), true)
        .then(body -> JsonText.read(body, Document.LIMITS));
  }

  /** A body that may be missing, which means the same as an empty object. */
  static Validated<JsonNode> optionalJson(ProxyRequest request) {
    return checkMediaType(request, List.of(JSON), false)
        .then(body ->
            body.length == 0
                ? Validated.valid(JsonNodeFactory.instance.objectNode())
                : JsonText.read(body, Document.LIMITS));
  }

  static Validated<JsonNode> patch(ProxyRequest request) {
    return checkMediaType(request, List.of(JSON, JSON_PATCH), true)
        .then(body -> JsonText.read(body, Document.LIMITS));
  }

  /** For a route that needs no body, and looks at none. */
  static Validated<byte[]> checkMediaType(ProxyRequest request) {
    return checkMediaType(request, List.of(JSON), false);
  }

  private static Validated<byte[]> checkMediaType(
      ProxyRequest request, List<String> allowed, boolean required) {
    byte[] body = request.body();
    List<String> sent = request.headers("Content-Type");
    if (body.length == 0 && (sent.isEmpty() || !required)) {
      return Validated.valid(body);
    }
    return !sent.isEmpty() && sent.stream().allMatch(type -> isAllowed(type, allowed))
        ? Validated.valid(body)
        : Validated.invalid(
            FaultCode.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type must be " + String.join(" or ", allowed) + ", in UTF-8.");
  }

  private static boolean isAllowed(String contentType, List<String> allowed) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!allowed.contains(parts[0].strip())) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("charset=") && !UTF_8.matcher(parameter).matches()) {
        return false;
      }
    }
    return true;
  }
}
