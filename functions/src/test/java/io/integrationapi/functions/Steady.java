package io.integrationapi.functions;

import java.time.Duration;

/**
 * Repeats a case that failed while the machine stood still. A pause that is longer than an attempt
 * makes a case fail that is not at fault. A case that failed without a pause fails at once.
 */
final class Steady {
  private static final Duration BEAT = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MAX_RUNS = 5;

  private Steady() {}

  static void run(Runnable sample) {
    for (int run = 1; ; run++) {
      try (Heartbeat heartbeat = new Heartbeat()) {
        try {
          sample.run();
          return;
        } catch (AssertionError | RuntimeException e) {
          if (run == MAX_RUNS || heartbeat.longestPause().compareTo(PAUSE) < 0) {
            throw e;
          }
        }
      }
    }
  }

  /** Tells how long at most a thread that is ready to run had to wait. */
  private static final class Heartbeat implements AutoCloseable {
    private final Thread thread = new Thread(this::beat, "heartbeat");
    private volatile long longestNanos;

    Heartbeat() {
      thread.setDaemon(true);
      thread.start();
    }

    private void beat() {
      long last = System.nanoTime();
      try {
        while (!Thread.interrupted()) {
          Thread.sleep(BEAT);
          long now = System.nanoTime();
          longestNanos = Math.max(longestNanos, now - last);
          last = now;
        }
      } catch (InterruptedException _) {
        // It was closed.
      }
    }

    Duration longestPause() {
      return Duration.ofNanos(longestNanos);
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
