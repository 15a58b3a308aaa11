package io.integrationapi.domain.invocation;

/** Counts events that no response reports, for whoever watches the service. */
public interface Metrics {
  /** What is counted. */
  enum Metric {
    /** A request that was carried out earlier under the same idempotency key was answered again. */
    REPLAYS,
    /** A write whose answer was lost was recognised as carried out. */
    AMBIGUOUS_ANSWERS_RESOLVED,
    /** A write met another one on the same item, and was tried once more. */
    CONFLICTS_REPEATED,
    /** An update began: {@code updateInProgress} became true. */
    LOCKS_BEGUN,
    /** An update ended: {@code updateInProgress} became false, whoever ended it. */
    LOCKS_ENDED
  }

  /** Adds one. */
  void count(Metric metric);
}
