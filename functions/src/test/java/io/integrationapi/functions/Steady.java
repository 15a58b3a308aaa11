package io.integrationapi.functions;

import io.integrationapi.domain.invocation.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Repeats a case that failed while the machine stood still, or while the store itself was slow. A
 * pause that is longer than an attempt makes a case fail that is not at fault, and so does a store
 * that needs most of an attempt for its true answer. A case that failed without either fails at
 * once.
 */
final class Steady {
  private static final Duration BEAT = Duration.ofMillis(10);

  /** Of a machine, and of a store: an attempt lasts a second, and {@code SLOW} takes half of it. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final int MAX_RUNS = 8;

  private Steady() {}

  /** Runs the case with functions of its own, which keep time by the system's clock. */
  static void run(Consumer<Api> sample) {
    for (int run = 1; ; run++) {
      Api api = new Api(InstantSource.system(), RetryPolicy.FUNCTION);
      try (Heartbeat heartbeat = new Heartbeat()) {
        try {
          sample.accept(api);
          return;
        } catch (AssertionError | RuntimeException e) {
          boolean steady =
              heartbeat.longestPause().compareTo(PAUSE) < 0
                  && api.http.longestOfStore().compareTo(PAUSE) < 0;
          if (steady || run == MAX_RUNS) {
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
