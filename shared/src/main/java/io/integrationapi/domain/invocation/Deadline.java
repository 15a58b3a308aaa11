package io.integrationapi.domain.invocation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The moment at which an invocation must be ready to answer. It is set once, where the invocation
 * begins, and holds for all that is done for it: calls and pauses are cut to what is left, so no
 * sum of them outlasts the function. What is done for no invocation has no deadline.
 */
public final class Deadline {
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final long endsAt;

  private Deadline(long endsAt) {
    this.endsAt = endsAt;
  }

  /** Does something that must be done within that time from now on. */
  public static <T> T within(Duration budget, Supplier<T> work) {
    Deadline deadline = new Deadline(System.nanoTime() + budget.toNanos());
    return ScopedValue.where(CURRENT, deadline).call(work::get);
  }

  /** Work for another thread, which must keep the deadline that holds for this one. */
  public static <T> Callable<T> carriedOver(Callable<T> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Deadline deadline = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, deadline).call(work::call);
  }

  /** Whether nothing is left of the time. */
  public static boolean isOver() {
    return atMost(Duration.ofNanos(1)).isZero();
  }

  /** Whether at least that time is left. */
  public static boolean leaves(Duration wanted) {
    return atMost(wanted).equals(wanted);
  }

  /** That time, or what is left if it is less; zero if nothing is. */
  public static Duration atMost(Duration wanted) {
    if (!CURRENT.isBound()) {
      return wanted;
    }
    Duration left = Duration.ofNanos(Math.max(0, CURRENT.get().endsAt - System.nanoTime()));
    return left.compareTo(wanted) < 0 ? left : wanted;
  }
}
