package io.integrationapi.proof;

import java.util.Random;
import java.util.Set;

/**
 * All that decides how a history goes.
 *
 * @param seed of its dice
 * @param rounds how many calls each client makes
 * @param lateDuplicates whether the second copy of a message may come long after its answer
 * @param skipped calls that are not made: for shrinking
 * @param prompt messages that nothing happens to: for shrinking
 */
record Setting(
    long seed, int rounds, boolean lateDuplicates, Set<Integer> skipped, Set<String> prompt) {
  static Setting of(long seed, int rounds) {
    return new Setting(
        seed, rounds, Boolean.getBoolean("proof.lateDuplicates"), Set.of(), Set.of());
  }

  /** Dice for one thing alone, so that leaving out another thing does not change them. */
  Random dice(long about, long more) {
    long mixed = (seed * 0x9E3779B97F4A7C15L + about) * 0xBF58476D1CE4E5B9L + more;
    mixed = (mixed ^ (mixed >>> 31)) * 0x94D049BB133111EBL;
    return new Random(mixed ^ (mixed >>> 29));
  }

  /** How much goes wrong, in percent of the messages: little in some histories, much in others. */
  int badness() {
    return 4 + dice(-1, 0).nextInt(40);
  }

  /** How far a client's clock is from the true time, in steps that leave the client's mark. */
  long skew(int client) {
    return (dice(-2, client).nextInt(2001) - 1000) / World.CLOCK_STEP * World.CLOCK_STEP;
  }
}
