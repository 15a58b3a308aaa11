package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.GatewayResponseType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How many requests are served at once. AWS adds environments and partitions as callers come; the
 * embedded store does one thing at a time, so a crowd would make each of its answers late, and a
 * write that was carried out would be answered 503. Who does not fit in waits in line, and is
 * answered 429 before anything is done for him if that takes too long.
 */
final class Crowd {
  private final Semaphore places;
  private final Duration patience;

  /**
   * @param atOnce how many are served
   * @param patience how long one waits in line at most
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
