package io.integrationapi.domain.history;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the history is kept.
 *
 * @param days 0 if none is kept
 */
public record HistorySettings(int days) {
  /** Whether any is kept. */
  public boolean isOn() {
    return days > 0;
  }

  /** When what happened at a time may be forgotten. */
  public Instant expiry(Instant time) {
    return time.plus(Duration.ofDays(days));
  }
}
