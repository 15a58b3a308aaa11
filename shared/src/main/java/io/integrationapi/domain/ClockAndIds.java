package io.integrationapi.domain;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * What a write is made with besides its content: the time and fresh names.
 *
 * @param random must not be predictable, and must not have been copied with a snapshot of the
 *     process
 */
public record ClockAndIds(InstantSource clock, RandomGenerator random) {
  /** Now, in the milliseconds that documents have. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A fresh id of an integration. */
  public IntegrationId nextId() {
    return IntegrationId.next(clock.instant(), random);
  }

  /** A fresh name of a state. */
  public Revision nextRevision() {
    return Revision.next(clock.instant(), random);
  }
}
