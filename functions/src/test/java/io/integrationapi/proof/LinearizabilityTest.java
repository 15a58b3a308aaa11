package io.integrationapi.proof;

import static org.junit.jupiter.api.Assertions.fail;

import io.integrationapi.proof.Judge.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Histories of concurrent calls of every principal, over a network that loses, delays, doubles and
 * reorders: each must be explained by some order of its calls.
 *
 * <p>{@code -Dproof.histories=500} runs that many; {@code -Dproof.seed=7} begins with that seed.
 */
class LinearizabilityTest {
  private static final int ROUNDS = Integer.getInteger("proof.rounds", 30);

  @Test
  void some_order_of_its_calls_explains_every_history() {
    Clients clients = new Clients();
    int histories = Integer.getInteger("proof.histories", 100);
    long first = Long.getLong("proof.seed", 1);
    Figures figures = new Figures();
    for (long seed = first; seed < first + histories; seed++) {
      Setting setting = Setting.of(seed, ROUNDS);
      History history = History.of(clients, setting);
      List<Violation> violations = Judge.violations(history);
      figures.add(history);
      if (!violations.isEmpty()) {
        System.out.println(figures);
        fail(new Shrinking(clients, setting).report());
      }
    }
    System.out.println(figures);
  }
}
