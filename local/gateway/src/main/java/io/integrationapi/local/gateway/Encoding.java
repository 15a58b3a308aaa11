package io.integrationapi.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Percent-encoding, as API Gateway takes it apart. */
final class Encoding {

  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** What API Gateway refuses in a query unless it is encoded. */
  private static final Pattern REFUSED_IN_QUERY = Pattern.compile("[|{}]");

  private Encoding() {}

  /** Would API Gateway look at this path and query at all? */
  static boolean isWellFormed(String path, Optional<String> query) {
    return !BROKEN.matcher(path).find()
        && query
            .filter(text -> BROKEN.matcher(text).find() || REFUSED_IN_QUERY.matcher(text).find())
            .isEmpty();
  }

  /**
   * A segment of a path, decoded once. Bytes that are no UTF-8 become the replacement character.
   */
  static String decodePath(String sent) {
    return URLDecoder.decode(sent.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * The parameters of a query, each with all its values in order; a semicolon separates as an
   * ampersand does.
   */
  static Map<String, List<String>> parseQuery(String query) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (String pair : query.split("[&;]", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters
          .computeIfAbsent(decodeQuery(name), key -> new ArrayList<>())
          .add(decodeQuery(value));
    }
    return parameters;
  }

  private static String decodeQuery(String sent) {
    return URLDecoder.decode(sent, StandardCharsets.UTF_8);
  }
}
