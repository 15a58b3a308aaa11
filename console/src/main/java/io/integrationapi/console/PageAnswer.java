package io.integrationapi.console;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the function answers. */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on, never compared.
record PageAnswer(int status, Map<String, String> headers, byte[] body) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Writes what API Gateway takes from a function. */
  void write(OutputStream output) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), output)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", status);
      json.writeObjectPropertyStart("headers");
      headers.forEach(json::writeStringProperty);
      json.writeEndObject();
      // What is not compressed is text.
      boolean compressed = headers.containsKey("Content-Encoding");
      json.writeBooleanProperty("isBase64Encoded", compressed);
      json.writeStringProperty(
          "body",
          compressed
              ? Base64.getEncoder().encodeToString(body)
              : new String(body, StandardCharsets.UTF_8));
      json.writeEndObject();
    }
  }
}
