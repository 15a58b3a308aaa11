package io.integrationapi.domain.invocation;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The one loop that tries a thing again. Its pauses grow, and chance spreads them, so that those
 * who collided once do not collide in step. It ends with the invocation's {@link Deadline}; a loop
 * within a loop has no time of its own.
 */
public final class Retries {
  /** How often a request may fail to be answered, in all. */
  public static final int MAX_FAILURES = 4;

  private static final int MAX_DOUBLINGS = 5;

  private final RetryPolicy policy;
  private final RandomGenerator random;

  public Retries(RetryPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /** Why a thing is tried again. */
  public enum Cause {
    /** The store gave no answer, or one that says nothing; a write may have been carried out. */
    NO_ANSWER(true, true),
    /** The store is throttled, or failed before it did anything. */
    NOT_SERVED(true, true),
    /** The write met another one on the same item, and was not carried out. */
    CONFLICT(false, true),
    /** The store answered a part of what was asked. */
    UNFINISHED(false, true),
    /** Others changed what the write was computed from. It is read again. */
    OUTDATED(false, true),
    /** The same, and the new state is at hand; a pause would make it old. */
    OUTDATED_AND_KNOWN(false, false);

    private final boolean failure;
    private final boolean pauses;

    Cause(boolean failure, boolean pauses) {
      this.failure = failure;
      this.pauses = pauses;
    }
  }

  /** What came of one try. */
  public sealed interface Try<T> {
    /** It has come to this. */
    record Done<T>(T value) implements Try<T> {}

    /**
     * It should be tried again.
     *
     * @param givenUp what it comes to if there is no time for that; may throw
     */
    record Again<T>(Cause cause, Supplier<T> givenUp) implements Try<T> {}

    /** It has come to this. */
    static <T> Try<T> done(T value) {
      return new Done<>(value);
    }

    /** It should be tried again. */
    static <T> Try<T> again(Cause cause, Supplier<T> givenUp) {
      return new Again<>(cause, givenUp);
    }
  }

  /** Tries until it is done, or until there is no time for another try. */
  public <T> T repeat(Supplier<Try<T>> attempt) {
    long startedAt = System.nanoTime();
    long nanos = Deadline.atMost(policy.budget()).toNanos();
    int failures = 0;
    int pauses = 0;
    while (true) {
      switch (attempt.get()) {
        case Try.Done<T>(T value) -> {
          return value;
        }
        case Try.Again<T>(Cause cause, Supplier<T> givenUp) -> {
          failures += cause.failure ? 1 : 0;
          long pause = cause.pauses ? pause(pauses++) : 0;
          long left = nanos - (System.nanoTime() - startedAt);
          if (failures == MAX_FAILURES || pause >= left || !sleep(pause)) {
            return givenUp.get();
          }
        }
      }
    }
  }

  private long pause(int pauses) {
    long longest = policy.firstPause().toNanos() << Math.min(pauses, MAX_DOUBLINGS);
    return random.nextLong(longest) + 1;
  }

  /** False if the thread was interrupted. */
  private static boolean sleep(long nanos) {
    if (nanos == 0) {
      return true;
    }
    try {
      Thread.sleep(Duration.ofNanos(nanos));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
