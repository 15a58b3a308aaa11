package io.integrationapi.domain.invocation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long something is tried again because others wrote at the same time: with pauses that grow
 * and that chance spreads, so that those who collided once do not collide in step.
 *
 * @param budget from the first try on, after which there is no other; less if the invocation's
 *     {@link Deadline} comes first
 * @param firstPause the longest pause before the second try; each later one may be twice as long
 */
public record RetryPolicy(Duration budget, Duration firstPause) {
  private static final int MAX_DOUBLINGS = 5;

  /** Begins to count. */
  public Retries begin(RandomGenerator random) {
    return new Retries(random);
  }

  /** One run of attempts. */
  public final class Retries {
    private final long startedAt = System.nanoTime();
    private final long nanos = Deadline.atMost(budget).toNanos();
    private final RandomGenerator random;
    private int pauses;

    private Retries(RandomGenerator random) {
      this.random = random;
    }

    /**
     * Says true while the budget lasts, for a next try that has fresh knowledge a pause would
     * spoil.
     */
    public boolean againAtOnce() {
      return System.nanoTime() - startedAt < nanos;
    }

    /** Pauses and says true, or says false at once if the budget would not last. */
    public boolean again() {
      long longest = firstPause.toNanos() << Math.min(pauses++, MAX_DOUBLINGS);
      long pause = random.nextLong(longest) + 1;
      if (System.nanoTime() - startedAt + pause > nanos) {
        return false;
      }
      try {
        Thread.sleep(Duration.ofNanos(pause));
        return true;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
