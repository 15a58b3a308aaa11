package io.integrationapi.local.gateway;

import java.util.List;
import java.util.Optional;

/** One header line, its name spelled as it was sent. */
record Header(String name, String value) {

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The value that API Gateway goes by when a header is there more than once. */
  static Optional<String> last(List<Header> headers, String name) {
    return headers.reversed().stream()
        .filter(header -> header.is(name))
        .map(Header::value)
        .findFirst();
  }
}
