package io.integrationapi.domain.invocation;

import java.time.Duration;

/**
 * How long the store may take, and how long a thing is tried again. {@link Retries} follows it.
 *
 * @param attempt the longest time of one request to the store and its answer
 * @param budget the longest time of all tries together; less if the invocation's {@link Deadline}
 *     comes first
 * @param firstPause the longest pause before the second try; each later one may be twice as long
 */
public record RetryPolicy(Duration attempt, Duration budget, Duration firstPause) {
  /**
   * A function's. DynamoDB's slow answers come in some ten milliseconds. A function's deadline is 7
   * s, so that a last try which begins at the end of the budget is not cut off.
   */
  public static final RetryPolicy FUNCTION =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(20));
}
