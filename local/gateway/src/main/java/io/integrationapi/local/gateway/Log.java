package io.integrationapi.local.gateway;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The laptop's log: each line begins with its time in UTC. What the laptop itself says goes to
 * standard error, what the functions log to standard output.
 */
final class Log {

  private Log() {}

  /** Writes one line. */
  static void line(String text) {
    System.err.println(stamped(text));
  }

  /** The line with the time before it. */
  static String stamped(String text) {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text;
  }
}
