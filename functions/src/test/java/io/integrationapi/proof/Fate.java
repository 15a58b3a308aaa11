package io.integrationapi.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one message to the store, in milliseconds from its sending on.
 *
 * @param arrivals when it arrives: never, once, or twice if something on the way sends it again
 * @param answer how long each answer takes, or null if none comes back
 * @param store what the store does
 * @param crash when its sender's process ends, or null if it lives on
 */
record Fate(List<Long> arrivals, @Nullable Long answer, StoreFault store, @Nullable Long crash) {
  /** It arrives at once, and so does its answer. */
  static final Fate PROMPT = new Fate(List.of(1L), 1L, StoreFault.NONE, null);

  /** What the store may do instead of what was asked. */
  enum StoreFault {
    NONE,
    SERVER_ERROR,
    SERVER_ERROR_AFTERWARDS,
    THROTTLED,
    CONFLICT,
    CUT_OFF
  }

  /**
   * @param badness how often something goes wrong, in percent of the messages
   */
  static Fate of(Random random, int badness, boolean lateDuplicates) {
    long there = way(random);
    long back = way(random);
    if (random.nextInt(100) >= badness) {
      return new Fate(List.of(there), back, StoreFault.NONE, null);
    }
    int what = random.nextInt(100);
    if (what < 30) {
      return new Fate(List.of(long_(random)), back, StoreFault.NONE, null);
    }
    if (what < 40) {
      return new Fate(List.of(), null, StoreFault.NONE, null);
    }
    if (what < 56) {
      return new Fate(List.of(there), null, StoreFault.NONE, null);
    }
    if (what < 62) {
      // Something on the way takes the first copy for lost and sends another one.
      List<Long> arrivals = new ArrayList<>(List.of(there, there + 1 + random.nextInt(40)));
      if (lateDuplicates) {
        arrivals.set(1, long_(random));
      }
      return new Fate(arrivals, back, StoreFault.NONE, null);
    }
    if (what < 72) {
      boolean arrives = random.nextInt(3) > 0;
      List<Long> arrivals =
          arrives ? List.of(random.nextBoolean() ? there : long_(random)) : List.of();
      return new Fate(arrivals, back, StoreFault.NONE, (long) random.nextInt(30));
    }
    StoreFault[] faults = StoreFault.values();
    return new Fate(List.of(there), back, faults[1 + random.nextInt(faults.length - 1)], null);
  }

  /** Mostly some milliseconds, sometimes nearly all of a sender's patience. */
  private static long way(Random random) {
    return random.nextInt(10) == 0 ? 100 + random.nextInt(390) : 1 + random.nextInt(8);
  }

  /** Beyond its sender's patience: a little, or by far. */
  private static long long_(Random random) {
    return random.nextInt(5) < 2 ? 1001 + random.nextInt(1000) : 2000 + random.nextInt(18_000);
  }
}
