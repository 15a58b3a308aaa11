package io.integrationapi.domain.invocation;

/**
 * The store gave no answer within the time that there was, so nothing is known: a write may or may
 * not have been carried out. The caller may try again.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For a store that did answer, but only that other writes conflict. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(Throwable cause) {
    super("the store gave no answer in time", cause);
  }
}
