package io.integrationapi.local.gateway;

import java.util.List;
import java.util.Locale;

/**
 * The media types that an API declares binary.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html">Content
 *     type conversions in API Gateway</a>
 */
record MediaTypes(List<String> declared) {

  /** Is it one of them? A header's parameters and further types do not count. */
  boolean match(String header) {
    String type = header.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
    int slash = type.indexOf('/');
    String family = slash < 0 ? type : type.substring(0, slash);
    return declared.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals("*/*") || name.equals(type) || name.equals(family + "/*"));
  }
}
