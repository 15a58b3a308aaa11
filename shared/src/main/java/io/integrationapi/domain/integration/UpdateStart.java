package io.integrationapi.domain.integration;

/** The outcome of beginning an update of one integration (contract section 5). */
public enum UpdateStart {
  STARTED("started"),
  ALREADY_IN_PROGRESS("already_in_progress"),
  NOT_FOUND("not_found"),
  /**
   * The store did not answer in time: it may or may not have begun, and asking again is harmless.
   */
  UNAVAILABLE("unavailable");

  private final String word;

  UpdateStart(String word) {
    this.word = word;
  }

  /** As it stands in an answer. */
  public String word() {
    return word;
  }
}
