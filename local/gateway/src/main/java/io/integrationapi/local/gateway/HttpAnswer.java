package io.integrationapi.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer to send. */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on, never compared.
record HttpAnswer(int status, List<Header> headers, byte[] body) {

  static HttpAnswer json(int status, String body) {
    return new HttpAnswer(
        status,
        List.of(new Header("Content-Type", "application/json")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new HttpAnswer(status, List.copyOf(more), body);
  }
}
