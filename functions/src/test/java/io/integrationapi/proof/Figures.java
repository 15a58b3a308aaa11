package io.integrationapi.proof;

import java.util.Map;
import java.util.TreeMap;

/** What was tried, in numbers. */
final class Figures {
  private final Map<String, Integer> counts = new TreeMap<>();
  private int histories;
  private int calls;
  private int messages;

  void add(History history) {
    histories++;
    calls += history.calls.size();
    messages += history.arrivals.size();
    for (Recorded recorded : history.calls) {
      String outcome = recorded.reply() == null ? "crashed" : Integer.toString(recorded.status());
      counts.merge(recorded.call().kind() + " " + outcome, 1, Integer::sum);
    }
    history.arrivals.stream()
        .filter(History.Arrival::late)
        .forEach(arrival ->
            counts.merge("late " + arrival.operation() + " " + arrival.outcome(), 1, Integer::sum));
  }

  @Override
  public String toString() {
    return "%d histories, %d calls, %d messages: %s".formatted(histories, calls, messages, counts);
  }
}
