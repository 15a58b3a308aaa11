package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Fault;

/** The refusal of a document that is larger than {@link Document#MAX_BYTES}. */
public final class TooLarge {
  /** Says the limit. */
  public static final Outcome.Invalid REFUSAL =
      new Outcome.Invalid(Fault.tooLarge(Document.MAX_BYTES));

  private TooLarge() {}
}
