package io.integrationapi.local.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** What was measured, minute by minute, as CloudWatch keeps it. */
final class MetricSamples {

  /** A metric with its dimensions. */
  record Metric(String namespace, String name, Map<String, String> dimensions) {}

  private final Map<Metric, Map<Integer, List<Double>>> samples = new HashMap<>();

  /** One value in one minute. */
  MetricSamples add(int minute, Metric metric, double value) {
    samples
        .computeIfAbsent(metric, _ -> new HashMap<>())
        .computeIfAbsent(minute, _ -> new ArrayList<>())
        .add(value);
    return this;
  }

  /** The statistic of a metric over the minutes from one to another; empty without any value. */
  OptionalDouble statistic(Metric metric, String statistic, int from, int to) {
    List<Double> values = new ArrayList<>();
    Map<Integer, List<Double>> minutes = samples.getOrDefault(metric, Map.of());
    for (int minute = from; minute < to; minute++) {
      values.addAll(minutes.getOrDefault(minute, List.of()));
    }
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        switch (statistic) {
          case "Sum" -> values.stream().mapToDouble(Double::doubleValue).sum();
          case "Maximum" -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
          case "p99" -> percentile(values, 0.99);
          default -> throw new IllegalArgumentException("no statistic " + statistic);
        });
  }

  /** The nearest rank; CloudWatch's own may lie between two values. */
  private static double percentile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return Objects.requireNonNull(sorted.get(Math.max(rank, 1) - 1));
  }
}
