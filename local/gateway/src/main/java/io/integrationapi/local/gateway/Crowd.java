package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.GatewayResponseType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A bound on the requests that are served at once. The embedded store does one thing at a time. If
 * too many requests shared it, each answer would be late, and a write that was carried out would be
 * answered 503. A request that finds no place waits in line. If it waits too long, it is answered
 * 429, and nothing was done for it.
 */
final class Crowd {
  private final Semaphore places;
  private final Duration patience;

  /**
   * @param atOnce how many are served
   * @param patience how long a request waits in line at most
   */
  Crowd(int atOnce, Duration patience) {
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /** Serves a request when its turn comes, or refuses it. */
  <T> T serve(Supplier<T> request, Function<GatewayResponseType, T> refusal) {
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return refusal.apply(GatewayResponseType.THROTTLED);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refusal.apply(GatewayResponseType.DEFAULT_5XX);
    }
    try {
      return request.get();
    } finally {
      places.release();
    }
  }
}
