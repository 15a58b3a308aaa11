package io.integrationapi.store;

import java.time.Duration;

/**
 * How long the store may take.
 *
 * @param attempt one request and its answer
 * @param call one call with all its attempts, if as much is left of the invocation's time
 */
public record TimeLimits(Duration attempt, Duration call) {
  /**
   * A function's: DynamoDB's slow answers come in some ten milliseconds, and a function has ten
   * seconds for all it does.
   */
  public static final TimeLimits FUNCTION =
      new TimeLimits(Duration.ofSeconds(1), Duration.ofSeconds(4));
}
