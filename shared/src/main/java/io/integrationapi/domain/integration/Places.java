package io.integrationapi.domain.integration;

import java.util.concurrent.Semaphore;

/**
 * How many updates one call begins at once. All integrations of a connector are in one partition of
 * an index: when the store cannot keep up, the call gives way to the connector's other requests,
 * one place for each update that was not served.
 */
final class Places {
  /** As many requests as the store's client has connections. */
  static final int MOST = 50;

  /** So that a call that met a moment's trouble still ends. */
  static final int LEAST = 5;

  private final Semaphore free = new Semaphore(MOST);
  private int kept = MOST;

  void take() throws InterruptedException {
    free.acquire();
  }

  /**
   * @param served whether the store answered; if not, nobody else gets this place
   */
  synchronized void leave(boolean served) {
    if (served || kept == LEAST) {
      free.release();
    } else {
      kept--;
    }
  }

  /** How many may be taken now. */
  int free() {
    return free.availablePermits();
  }
}
