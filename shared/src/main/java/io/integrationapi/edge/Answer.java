package io.integrationapi.edge;

import io.integrationapi.domain.json.JsonText;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a caller is answered. */
public final class Answer {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte @Nullable [] body;
  private @Nullable String code;
  private @Nullable Throwable failure;

  private Answer(int status, byte @Nullable [] body) {
    this.status = status;
    this.body = body;
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
  }

  static Answer of(int status, JsonNode body) {
    return new Answer(status, JsonText.writeBytes(body));
  }

  /** An answer whose body is JSON already. */
  static Answer ofText(int status, String json) {
    return new Answer(status, json.getBytes(StandardCharsets.UTF_8));
  }

  static Answer withoutBody(int status) {
    return new Answer(status, null);
  }

  /** The code of its first error. */
  Answer refusedAs(String errorCode) {
    code = errorCode;
    return this;
  }

  /** It could be answered, but something went wrong that nobody should have to guess. */
  void despite(Throwable cause) {
    failure = cause;
  }

  /** Logs what went wrong all the same. */
  void logTo(Log log) {
    if (failure != null) {
      log.failure(failure);
    }
  }

  /** Counts it, if it is a refusal or a failure. */
  void countIn(EmbeddedMetrics metrics) {
    if (code != null) {
      metrics.refused(status, code);
    }
  }

  Answer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Writes it as API Gateway reads it. */
  void write(OutputStream output) {
    ProxyEventJson.write(status, headers, body, output);
  }
}
