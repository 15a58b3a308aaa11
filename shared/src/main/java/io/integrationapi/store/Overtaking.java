package io.integrationapi.store;

import io.integrationapi.domain.integration.Revision;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was given up may arrive later, behind its caller's answer and behind others'
 * writes. So each attempt is good only as long as nobody has written after the time at which it
 * should have been answered; revisions tell the time at which they were made.
 *
 * <p>A write that was begun before that time and arrived after it is not seen by this: a lock that
 * begins and ends within one attempt's time does not keep a late attempt out.
 *
 * @param from the first revision that is later than the attempt
 * @param seen a revision that is later by its own clock, but was there before the attempt; null if
 *     none is known
 */
record Overtaking(Revision from, @Nullable Revision seen) {
  /** For an attempt that is sent now and lasts no longer than that. */
  static Overtaking of(Instant now, Duration attempt) {
    return new Overtaking(Revision.firstAt(now.plus(attempt)), null);
  }

  /** The same, if the item is still as it was seen: its writer's clock is ahead of ours. */
  Overtaking except(@Nullable Revision there) {
    return new Overtaking(from, there);
  }

  /** An earlier attempt arrives behind writes that were made when it was over. */
  void requireNone(Expression expression) {
    String older = "#revision < :overtaken";
    expression
        .require(seen == null ? older : older + " OR #revision = :seen")
        .value(":overtaken", from.value());
    if (seen != null) {
      expression.value(":seen", seen.value());
    }
  }

  /** Whether that write came too late for the attempt. */
  boolean isBy(Revision revision) {
    return revision.value().compareTo(from.value()) >= 0 && !revision.equals(seen);
  }
}
