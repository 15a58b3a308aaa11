package io.integrationapi.local.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What API Gateway does to the headers of a function's answer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Amazon
 *     API Gateway important notes</a>
 */
final class HeaderRules {

  private static final String REMAPPED_PREFIX = "x-amzn-Remapped-";

  private static final Set<String> REMAPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-md5",
          "date",
          "expect",
          "host",
          "max-forwards",
          "proxy-authenticate",
          "server",
          "user-agent",
          "www-authenticate");

  private static final Set<String> DROPPED =
      Set.of("te", "trailer", "transfer-encoding", "upgrade");

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\uffff]*");

  private HeaderRules() {}

  static boolean isSendable(String value) {
    return VALUE.matcher(value).matches();
  }

  static boolean isSendable(Header header) {
    return NAME.matcher(header.name()).matches() && isSendable(header.value());
  }

  /** A function's headers as its caller sees them. */
  static List<Header> sent(List<Header> headers) {
    var sent = new ArrayList<Header>();
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (REMAPPED.contains(name)) {
        sent.add(new Header(REMAPPED_PREFIX + header.name(), header.value()));
      } else if (!DROPPED.contains(name)) {
        sent.add(header);
      }
    }
    if (sent.stream().noneMatch(header -> header.is("Content-Type"))) {
      sent.add(new Header("Content-Type", "application/json"));
    }
    return sent;
  }
}
