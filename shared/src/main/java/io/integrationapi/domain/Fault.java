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
  public Fault(FaultCode code, String message) {
    this(code, message, null);
  }
}
