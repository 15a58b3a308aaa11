package io.integrationapi.local.stack;

import io.integrationapi.local.stack.MetricSamples.Metric;
import io.integrationapi.local.stack.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An alarm of the template, and what state it has after so many minutes of a sample.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html">Using
 *     CloudWatch alarms</a>
 */
final class Alarm {

  /** As CloudWatch names them. */
  enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA
  }

  /** A metric with its statistic and its period. */
  private record Statistic(Metric metric, String name, int minutes) {}

  private final Fields properties;
  private final Map<String, Statistic> metrics = new LinkedHashMap<>();
  private final String expression;

  Alarm(Fields properties) {
    this.properties = properties;
    if (properties.get("Metrics").isEmpty()) {
      this.expression = "only";
      metrics.put(
          "only",
          statistic(
              properties,
              properties
                  .text("Statistic")
                  .or(() -> properties.text("ExtendedStatistic"))
                  .orElseThrow(),
              properties));
    } else {
      List<String> expressions = new ArrayList<>();
      for (Value value : properties.items("Metrics")) {
        Fields query = value.asFields();
        query.text("Expression").ifPresent(expressions::add);
        Fields stat = query.fields("MetricStat");
        stat.text("Stat")
            .ifPresent(name ->
                metrics.put(
                    query.requiredText("Id"), statistic(stat.fields("Metric"), name, stat)));
      }
      this.expression = expressions.getFirst();
    }
  }

  private static Statistic statistic(Fields metric, String statistic, Fields period) {
    var dimensions = new LinkedHashMap<String, String>();
    metric
        .items("Dimensions")
        .forEach(item ->
            dimensions.put(
                item.asFields().requiredText("Name"), item.asFields().requiredText("Value")));
    return new Statistic(
        new Metric(metric.requiredText("Namespace"), metric.requiredText("MetricName"), dimensions),
        statistic,
        period.number("Period", 0) / 60);
  }

  /** What it reads. */
  List<Metric> metrics() {
    return metrics.values().stream().map(Statistic::metric).toList();
  }

  /** The state at the end of that minute, from the periods that are over then. */
  State at(int minute, MetricSamples samples) {
    int period = metrics.values().iterator().next().minutes();
    int evaluated = properties.number("EvaluationPeriods", 1);
    int breaching = 0;
    int missing = 0;
    for (int i = 1; i <= evaluated; i++) {
      int from = minute / period * period - i * period;
      OptionalDouble value = value(from, from + period, samples);
      if (value.isEmpty()) {
        missing++;
      } else if (breaches(value.getAsDouble())) {
        breaching++;
      }
    }

    if (missing == evaluated && treatsMissingAsMissing()) {
      return State.INSUFFICIENT_DATA;
    }
    return breaching >= properties.number("DatapointsToAlarm", evaluated) ? State.ALARM : State.OK;
  }

  private boolean treatsMissingAsMissing() {
    return switch (properties.text("TreatMissingData").orElse("missing")) {
      case "notBreaching" -> false;
      case "missing" -> true;
      default -> throw properties.fault("treats missing data in a way that is not known here");
    };
  }

  private OptionalDouble value(int from, int to, MetricSamples samples) {
    return MetricMath.value(
        expression,
        id -> {
          Statistic statistic = metrics.get(id);
          if (statistic == null) {
            throw properties.fault("reads " + id + ", which is no metric of it");
          }
          return samples.statistic(statistic.metric(), statistic.name(), from, to);
        });
  }

  private boolean breaches(double value) {
    double threshold = Double.parseDouble(properties.requiredText("Threshold"));
    return switch (properties.requiredText("ComparisonOperator")) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      default -> throw properties.fault("compares in a way that is not known here");
    };
  }
}
