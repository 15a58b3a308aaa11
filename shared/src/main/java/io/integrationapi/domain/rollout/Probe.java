package io.integrationapi.domain.rollout;

/** What proves that a function works, and changes nothing. */
public interface Probe {
  /** The event to invoke the function with. */
  byte[] probe();

  /**
   * Whether a function that answers this works.
   *
   * @param answer what it answered, or Lambda's description of how it failed
   */
  boolean isProven(byte[] answer);
}
