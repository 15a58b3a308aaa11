package io.integrationapi.domain.invocation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * The two things that a use case cannot compute: the time, and chance.
 *
 * @param random must not be predictable, and must not have been copied with a snapshot of the
 *     process
 */
public record ClockAndRandom(InstantSource clock, RandomGenerator random) {
  /** Now, in the milliseconds that documents have. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
