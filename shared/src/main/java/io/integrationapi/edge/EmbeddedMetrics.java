package io.integrationapi.edge;

import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.invocation.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics as lines of the log, which CloudWatch reads them from (CloudWatch's user guide, "Embedded
 * metric format specification"). A request that has nothing to count writes no line.
 *
 * <p>Namespace {@value #NAMESPACE}. Every metric has the dimension {@code Stack}; {@code Refusals}
 * (4xx) and {@code Failures} (5xx) have {@code Stack} and {@code Code}, the code of the error.
 */
public final class EmbeddedMetrics implements Metrics {
  static final String NAMESPACE = "IntegrationApi";
  private static final String STACK = "Stack";
  private static final String CODE = "Code";
  private static final int SERVER_ERROR = 500;

  private final String stack;
  private final InstantSource clock;
  private Map<Series, Long> values = new LinkedHashMap<>();

  /** What is added up; a code is the second dimension. */
  private record Series(String name, String unit, @Nullable String code) {}

  /**
   * @param stack which deployment this is
   */
  public EmbeddedMetrics(String stack, InstantSource clock) {
    this.stack = stack;
    this.clock = clock;
  }

  @Override
  public void count(Metric metric) {
    String name =
        switch (metric) {
          case REPLAYS -> "Replays";
          case AMBIGUOUS_ANSWERS_RESOLVED -> "AmbiguousAnswersResolved";
          case CONFLICTS_REPEATED -> "ConflictsRepeated";
          case LOCKS_BEGUN -> "LocksBegun";
          case LOCKS_ENDED -> "LocksEnded";
        };
    add(new Series(name, "Count", null), 1);
  }

  /** A request was answered with an error. */
  void refused(int status, String code) {
    add(new Series(status < SERVER_ERROR ? "Refusals" : "Failures", "Count", code), 1);
  }

  /** What is locked at this moment. */
  public void locks(LockRepository.LockStatistics statistics) {
    Instant now = clock.instant();
    Instant oldest = statistics.oldest() == null ? now : statistics.oldest();
    add(new Series("LocksInProgress", "Count", null), statistics.locks());
    add(new Series("OldestLockAge", "Seconds", null), Duration.between(oldest, now).toSeconds());
  }

  private synchronized void add(Series series, long value) {
    values.merge(series, value, Long::sum);
  }

  /** Writes what was counted since the last time, one line for each code and one for all else. */
  void flush(Log log) {
    Map<String, ObjectNode> lines = new LinkedHashMap<>();
    take()
        .forEach((series, value) -> {
          String code = series.code() == null ? "" : series.code();
          ObjectNode line = lines.computeIfAbsent(code, this::line);
          ObjectNode directive = (ObjectNode) line.at("/_aws/CloudWatchMetrics/0");
          directive
              .withArray("Metrics")
              .addObject()
              .put("Name", series.name())
              .put("Unit", series.unit());
          line.put(series.name(), value);
        });
    lines.values().forEach(log::write);
  }

  private synchronized Map<Series, Long> take() {
    Map<Series, Long> taken = values;
    values = new LinkedHashMap<>();
    return taken;
  }

  private ObjectNode line(String code) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode directive =
        line.putObject("_aws")
            .put("Timestamp", clock.millis())
            .putArray("CloudWatchMetrics")
            .addObject()
            .put("Namespace", NAMESPACE);
    var dimensions = directive.putArray("Dimensions").addArray().add(STACK);
    line.put(STACK, stack);
    if (!code.isEmpty()) {
      dimensions.add(CODE);
      line.put(CODE, code);
    }
    return line;
  }
}
