package io.integrationapi.proof;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the steps of a history that a sequential model allows and that agrees with
 * real time: the search of Wing and Gong, with a memory of what was tried (Lowe, "Testing for
 * linearizability", 2017).
 *
 * @param <S> the state of the model, a value
 */
final class Linearizability<S> {
  /** A search that visits more is given up, loudly. None has come near it. */
  private static final int MAX_VISITED = 3_000_000;

  /** When a step ended whose outcome nobody knows. */
  static final long OPEN = Long.MAX_VALUE;

  /**
   * One step of a history.
   *
   * @param start before it nothing of it happened
   * @param end behind it nothing of it happens; {@link #OPEN} if nobody knows
   * @param optional whether it may also never happen
   * @param after a step that must happen before this one, or null
   * @param next the state that it leaves, or null if the model does not allow it
   * @param text for people
   */
  record Step<S>(
      long start,
      long end,
      boolean optional,
      @Nullable Step<S> after,
      Function<S, @Nullable S> next,
      String text) {
    /** One that was answered. */
    static <S> Step<S> done(long start, long end, Function<S, @Nullable S> next, String text) {
      return new Step<>(start, end, false, null, next, text);
    }

    /** One that may happen once, at any time from its start on, or never. */
    static <S> Step<S> open(long start, Function<S, @Nullable S> next, String text) {
      return new Step<>(start, OPEN, true, null, next, text);
    }
  }

  private record Visited<S>(BitSet happened, S state) {}

  private final List<Step<S>> steps;
  private final int[] predecessors;
  private final Set<Visited<S>> visited = new HashSet<>();

  private Linearizability(List<Step<S>> steps) {
    this.steps =
        steps.stream()
            .sorted(Comparator.comparing(Step<S>::optional).thenComparingLong(Step<S>::end))
            .toList();
    predecessors = new int[steps.size()];
    for (int i = 0; i < predecessors.length; i++) {
      predecessors[i] = -1;
      for (int j = 0; j < predecessors.length; j++) {
        if (this.steps.get(j).equals(this.steps.get(i).after())) {
          predecessors[i] = j;
        }
      }
    }
  }

  /** Whether there is such an order. */
  static <S> boolean holds(List<Step<S>> steps, S initial) {
    return new Linearizability<>(steps).search(new BitSet(steps.size()), initial);
  }

  private boolean search(BitSet happened, S state) {
    if (!visited.add(new Visited<>((BitSet) happened.clone(), state))) {
      return false;
    }
    if (visited.size() > MAX_VISITED) {
      throw new IllegalStateException("the history is too hard to check");
    }
    long firstEnd = OPEN;
    boolean allHappened = true;
    for (int i = happened.nextClearBit(0); i < steps.size(); i = happened.nextClearBit(i + 1)) {
      if (!steps.get(i).optional()) {
        allHappened = false;
        firstEnd = Math.min(firstEnd, steps.get(i).end());
      }
    }
    if (allHappened) {
      return true;
    }

    for (int i = happened.nextClearBit(0); i < steps.size(); i = happened.nextClearBit(i + 1)) {
      Step<S> step = steps.get(i);
      boolean early = step.start() < firstEnd || step.end() == firstEnd;
      if (!early || (predecessors[i] >= 0 && !happened.get(predecessors[i]))) {
        continue;
      }
      S next = step.next().apply(state);
      if (next == null || (step.optional() && next.equals(state))) {
        continue;
      }
      happened.set(i);
      if (search(happened, next)) {
        return true;
      }
      happened.clear(i);
    }
    return false;
  }
}
