package io.integrationapi.local.gateway;

/**
 * The laptop cannot start. The message is one sentence for whoever started it, and says what to do.
 */
final class StartFault extends Exception {

  private static final long serialVersionUID = 1L;

  StartFault(String message) {
    super(message);
  }
}
