package io.integrationapi.local.gateway;

import java.util.List;
import java.util.Optional;

/**
 * A request as it was sent.
 *
 * @param path as sent, still percent-encoded, without the query
 * @param query as sent, without the question mark
 * @param body all of it; empty if it is {@code oversized}
 * @param oversized whether the body is more than API Gateway takes
 * @param port the port that it came in by
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on, never compared.
record HttpRequest(
    String method,
    String path,
    Optional<String> query,
    String protocol,
    List<Header> headers,
    byte[] body,
    boolean oversized,
    String sourceIp,
    int port) {

  Optional<String> header(String name) {
    return Header.last(headers, name);
  }
}
