package io.integrationapi.domain;

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
  /** The body names another connector than the integration has. */
  public static final Fault OTHER_CONNECTOR =
      new Fault(
          FaultCode.IMMUTABLE_FIELD,
          "_connectorId can be set only when the integration is created.",
          Members.CONNECTOR_ID);

  public Fault(FaultCode code, String message) {
    this(code, message, null);
  }
}
