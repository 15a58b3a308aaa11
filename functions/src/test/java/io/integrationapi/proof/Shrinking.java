package io.integrationapi.proof;

import io.integrationapi.proof.Judge.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a history that broke a promise as short as it can: calls are left out, and faults, as long
 * as a promise is still broken.
 */
final class Shrinking {
  private static final int MAX_RUNS = 400;

  private final Clients clients;
  private Setting setting;
  private int runs;

  Shrinking(Clients clients, Setting setting) {
    this.clients = clients;
    this.setting = setting;
  }

  /** The shortest history that was found, to be read. */
  String report() {
    History history = History.of(clients, setting);
    List<Violation> violations = Judge.violations(history);
    if (violations.isEmpty()) {
      return "seed " + setting.seed() + " broke a promise once, and not a second time";
    }
    leaveOut(
        history.calls.stream().map(recorded -> recorded.call().number()).toList(),
        skipped ->
            new Setting(
                setting.seed(),
                setting.rounds(),
                setting.lateDuplicates(),
                skipped,
                setting.prompt()),
        setting.skipped());
    history = History.of(clients, setting);
    leaveOut(
        history.arrivals.stream().map(History.Arrival::key).distinct().toList(),
        prompt ->
            new Setting(
                setting.seed(),
                setting.rounds(),
                setting.lateDuplicates(),
                setting.skipped(),
                prompt),
        setting.prompt());
    history = History.of(clients, setting);
    violations = Judge.violations(history);
    return told(history, violations);
  }

  /** Leaves out halves, then quarters, and so on to single ones. */
  private <T> void leaveOut(List<T> all, Function<Set<T>, Setting> with, Set<T> before) {
    Set<T> out = new HashSet<>(before);
    for (int size = Math.max(1, all.size() / 2); ; size /= 2) {
      for (int from = 0; from < all.size() && runs < MAX_RUNS; from += size) {
        Set<T> more = new HashSet<>(out);
        if (!more.addAll(all.subList(from, Math.min(all.size(), from + size)))) {
          continue;
        }
        runs++;
        Setting shorter = with.apply(more);
        if (!Judge.violations(History.of(clients, shorter)).isEmpty()) {
          setting = shorter;
          out = more;
        }
      }
      if (size <= 1) {
        return;
      }
    }
  }

  private String told(History history, List<Violation> violations) {
    @Nullable String id = violations.getFirst().integration();
    Stream<String> calls =
        history.calls.stream()
            .filter(recorded -> id == null || concerns(recorded, id))
            .map(Recorded::toString);
    List<String> lines = new ArrayList<>();
    lines.add("seed " + setting.seed() + ": " + violations.getFirst().what() + ", " + id);
    lines.add("calls (from and until, in milliseconds):");
    calls.forEach(lines::add);
    lines.add("messages that arrived at the store:");
    history.arrivals.stream()
        .filter(arrival ->
            !arrival.operation().equals("Query") && !arrival.operation().equals("GetItem"))
        .filter(arrival -> id == null || arrival.body().contains(id))
        .map(History.Arrival::toString)
        .forEach(lines::add);
    return lines.stream().collect(Collectors.joining("\n"));
  }

  private static boolean concerns(Recorded recorded, String id) {
    return id.equals(recorded.call().target())
        || (recorded.reply() != null
            && recorded.reply().body() != null
            && recorded.reply().body().contains(id));
  }
}
