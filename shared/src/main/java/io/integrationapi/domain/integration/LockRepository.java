package io.integrationapi.domain.integration;

import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the locks of all accounts: the view of an operator, which no principal has.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store does not answer in time.
 */
public interface LockRepository {
  /**
   * An integration, whoever's it is. What was made a moment ago may not be found yet; what is found
   * is as every write left it that was answered before.
   */
  Optional<Integration> find(IntegrationId id);

  /**
   * Ends the lock of an integration, if it is still the one that the integration had when it was
   * read: {@code updateInProgress} becomes false.
   *
   * @return whether this ended it
   */
  boolean end(Integration locked, Authorship authorship);

  /** What is locked at this moment, some seconds late. */
  LockStatistics statistics();

  /**
   * How many updates are in progress.
   *
   * @param oldest when the first of them began, or null if there is none
   */
  record LockStatistics(int locks, @Nullable Instant oldest) {}
}
