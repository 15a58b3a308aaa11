package io.integrationapi.edge;

import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import java.util.Arrays;
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

  /** U+FEFF in UTF-8. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Bodies() {}

  /** A body that must be there. */
  static Validated<JsonNode> json(ProxyRequest request) {
    return checkMediaType(request, List.of(JSON), true)
        .then(body -> JsonText.read(body, Document.LIMITS));
  }

  /** A body that may be missing or null, which means the same as an empty object. */
  static Validated<JsonNode> optionalJson(ProxyRequest request) {
    JsonNode none = JsonNodeFactory.instance.objectNode();
    return checkMediaType(request, List.of(JSON), false)
        .then(body ->
            body.length == 0
                ? Validated.valid(none)
                : JsonText.read(body, Document.LIMITS).map(json -> json.isNull() ? none : json));
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
    byte[] body = withoutByteOrderMark(request.body());
    List<String> sent = request.headers("Content-Type");
    if (body.length == 0 && (sent.isEmpty() || !required)) {
      return Validated.valid(body);
    }
    if (sent.isEmpty() || !sent.stream().allMatch(type -> isAllowed(type, allowed))) {
      return Validated.invalid(
          FaultCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type must be " + String.join(" or ", allowed) + ", in UTF-8.");
    }
    return request.headers("Content-Encoding").stream().allMatch(Bodies::isIdentity)
        ? Validated.valid(body)
        : Validated.invalid(
            FaultCode.UNSUPPORTED_MEDIA_TYPE,
            "Content-Encoding must be identity, or be left out: send the body uncompressed.");
  }

  /** RFC 8259 section 8.1 lets a reader ignore the mark, which some clients send. */
  private static byte[] withoutByteOrderMark(byte[] body) {
    int length = BYTE_ORDER_MARK.length;
    boolean marked =
        body.length >= length && Arrays.equals(body, 0, length, BYTE_ORDER_MARK, 0, length);
    return marked ? Arrays.copyOfRange(body, length, body.length) : body;
  }

  private static boolean isIdentity(String codings) {
    return Arrays.stream(codings.split(",", -1))
        .map(String::strip)
        .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"));
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
