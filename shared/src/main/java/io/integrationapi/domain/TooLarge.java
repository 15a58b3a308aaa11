package io.integrationapi.domain;

import java.util.Locale;

/** The refusal of a document that is larger than {@link Document#MAX_BYTES}. */
public final class TooLarge {
  /** Says the limit. */
  public static final Outcome.Invalid REFUSAL =
      new Outcome.Invalid(
          new Fault(
              FaultCode.DOCUMENT_TOO_LARGE,
              "The document is larger than the limit of "
                  + String.format(Locale.ROOT, "%,d", Document.MAX_BYTES)
                  + " bytes as UTF-8 JSON."));

  private TooLarge() {}
}
