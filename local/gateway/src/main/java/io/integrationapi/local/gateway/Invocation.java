package io.integrationapi.local.gateway;

/** The outcome of calling a function. */
sealed interface Invocation {

  /** It answered. */
  @SuppressWarnings("ArrayRecordComponent") // The bytes are handed on, never compared.
  record Answered(byte[] output) implements Invocation {}

  /** It failed, with what Lambda says of it; its own time-out is one of the ways. */
  record Failed(String type, String message) implements Invocation {}

  /** Whoever called it waits no longer, while it may still run. */
  record TimedOut() implements Invocation {}
}
