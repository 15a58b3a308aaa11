package io.integrationapi.domain.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what a caller sent.
 *
 * @param code which kind
 * @param message a sentence for a person, which states the limit where there is one
 * @param field the path of the member at fault ({@code install[2].completed}), or null if it is not
 *     one member's
 */
public record Fault(FaultCode code, String message, @Nullable String field) {
  /**
   * A document is too large.
   *
   * @param maxBytes the limit, in bytes of UTF-8 JSON
   */
  public static Fault tooLarge(int maxBytes) {
    return new Fault(
        FaultCode.DOCUMENT_TOO_LARGE,
        "The document is larger than the limit of "
            + String.format(Locale.ROOT, "%,d", maxBytes)
            + " bytes as UTF-8 JSON.");
  }

  public Fault(FaultCode code, String message) {
    this(code, message, null);
  }
}
