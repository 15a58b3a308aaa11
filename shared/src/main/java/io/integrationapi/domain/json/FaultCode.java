package io.integrationapi.domain.json;

/** What is wrong with what a caller sent, by the names of contract section 4. */
public enum FaultCode {
  MALFORMED_JSON,
  INVALID_QUERY_PARAMS,
  INVALID_CONNECTION_MAP,
  INVALID_PATCH,
  INVALID_HEADER,
  FORBIDDEN,
  NOT_FOUND,
  PATCH_FAILED,
  DOCUMENT_TOO_LARGE,
  UNSUPPORTED_MEDIA_TYPE,
  MISSING_REQUIRED_FIELD,
  INVALID_FIELD,
  IMMUTABLE_FIELD,
  IDEMPOTENCY_KEY_REUSED
}
