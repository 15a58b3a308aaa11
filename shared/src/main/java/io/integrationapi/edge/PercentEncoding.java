package io.integrationapi.edge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as it can stand in a path or a query (RFC 3986 section 2.1). */
final class PercentEncoding {
  private PercentEncoding() {}

  static String of(String text) {
    // Java's encoder is made for forms, where a plus is a space.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
