package io.integrationapi.edge;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One entry of the error envelope (contract section 4). */
final class ErrorEntry {
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private ErrorEntry(String code, String message) {
    json.put("code", code).put("message", message);
  }

  static ErrorEntry of(String code, String message) {
    return new ErrorEntry(code, message);
  }

  static ErrorEntry of(Fault fault) {
    ErrorEntry entry = new ErrorEntry(code(fault.code()), fault.message());
    if (fault.field() != null) {
      entry.json.put("field", fault.field());
    }
    return entry;
  }

  static ErrorEntry of(Lock lock) {
    ErrorEntry entry =
        new ErrorEntry(
            "update_in_progress",
            "An update of this integration has been in progress since "
                + Document.time(lock.since())
                + "; until it ends, its configuration cannot be changed, and it cannot be deleted"
                + " or cloned.");
    entry.json.put("since", Document.time(lock.since()));
    ConnectorId connectorId = lock.connectorId();
    if (connectorId != null) {
      entry.json.put("_connectorId", connectorId.value());
    }
    return entry;
  }

  ObjectNode json() {
    return json;
  }

  String code() {
    return json.path("code").stringValue();
  }

  static int status(FaultCode code) {
    return switch (code) {
      case MALFORMED_JSON,
          INVALID_QUERY_PARAMS,
          INVALID_CONNECTION_MAP,
          INVALID_PATCH,
          INVALID_HEADER ->
          400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case PATCH_FAILED -> 409;
      case DOCUMENT_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case MISSING_REQUIRED_FIELD, INVALID_FIELD, IMMUTABLE_FIELD, IDEMPOTENCY_KEY_REUSED -> 422;
    };
  }

  private static String code(FaultCode code) {
    return code == FaultCode.INVALID_CONNECTION_MAP
        ? "invalid_connectionMap"
        : code.name().toLowerCase(Locale.ROOT);
  }
}
