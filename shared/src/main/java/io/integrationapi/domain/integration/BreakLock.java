package io.integrationapi.domain.integration;

import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.Optional;

/** Ends a lock whose publisher is gone: an operator's job (contract sections 5 and 8). */
public final class BreakLock {
  private final LockRepository locks;

  public BreakLock(LockRepository locks) {
    this.locks = locks;
  }

  /** The outcome. */
  public sealed interface Result {
    /** The lock is broken; this is what it was. */
    record Broken(Lock lock) implements Result {}

    /** There was no lock, or its publisher ended it meanwhile. */
    record NotLocked() implements Result {}

    /** There is no such integration, in any account. */
    record Unknown() implements Result {}
  }

  /**
   * Breaks the lock that is held now. One that begins after this has looked is another publisher's
   * living update, and stays.
   *
   * @throws StoreUnavailableException if it cannot be known whether it is broken; to do it again is
   *     harmless
   */
  public Result breakLock(IntegrationId id, Authorship authorship) {
    Optional<Integration> found = locks.find(id);
    if (found.isEmpty()) {
      return new Result.Unknown();
    }
    return found
        .get()
        .lock()
        .filter(lock -> locks.end(found.get(), authorship))
        .<Result>map(Result.Broken::new)
        .orElseGet(Result.NotLocked::new);
  }
}
