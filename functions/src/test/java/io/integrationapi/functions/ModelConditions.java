package io.integrationapi.functions;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 9110's conditions on one entity tag, for the {@link Model}. */
final class ModelConditions {
  private static final String TAG = "(W/)?\"[^\"]*\"";
  private static final Pattern HEADER = Pattern.compile("\\*|" + TAG + "(\\s*,\\s*" + TAG + ")*");

  private ModelConditions() {}

  /** What {@code If-Match} forbids. */
  static void judgeIfMatch(@Nullable String header, String etag, Expected expected) {
    if (header != null && HEADER.matcher(header).matches() && !isOneOf(header, etag, true)) {
      expected.refuse(412, "precondition_failed");
    }
  }

  /** Whether {@code If-None-Match} says that the caller has this version already. */
  static boolean isKnown(@Nullable String header, String etag) {
    return header != null && HEADER.matcher(header).matches() && isOneOf(header, etag, false);
  }

  /**
   * A header that is no condition. The contract does not say which code that is; what it must not
   * do is pass for no condition at all.
   */
  static void judgeSyntax(@Nullable String header, Expected expected) {
    if (header != null && !HEADER.matcher(header).matches()) {
      expected.refuse(400, "invalid_header");
      expected.perhaps(412, "precondition_failed", Expected.ANY);
    }
  }

  private static boolean isOneOf(String header, String etag, boolean strongly) {
    if (header.equals("*")) {
      return true;
    }
    for (String tag : header.split("\\s*,\\s*", -1)) {
      boolean weak = tag.startsWith("W/");
      if ((weak ? tag.substring(2) : tag).equals(etag) && !(weak && strongly)) {
        return true;
      }
    }
    return false;
  }
}
