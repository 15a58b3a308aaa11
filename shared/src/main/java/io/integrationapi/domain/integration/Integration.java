package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An integration as it is kept.
 *
 * @param account whose it is
 * @param createdAt null for one that was brought from elsewhere
 * @param sourceId what it was cloned from, or null
 * @param managed whether its connector was registered here when it was made (contract section 1);
 *     it never changes
 * @param lockedSince when {@code updateInProgress} became true, null while it is not
 * @param revision names this state of it
 */
public record Integration(
    IntegrationId id,
    AccountId account,
    @Nullable Instant createdAt,
    Instant lastModified,
    @Nullable IntegrationId sourceId,
    @Nullable ConnectorId connectorId,
    boolean managed,
    Labels labels,
    Configuration configuration,
    PublisherMembers publisherMembers,
    @Nullable Instant lockedSince,
    Revision revision) {

  /** The update in progress, or nothing. */
  public Optional<Lock> lock() {
    return Optional.ofNullable(lockedSince).map(since -> new Lock(since, connectorId));
  }

  /** Whether the principal writes the publisher's members (contract section 2). */
  public boolean isPublishedBy(Principal principal) {
    return switch (principal) {
      case Principal.Account _ -> !managed;
      case Principal.Connector _ -> managed;
    };
  }
}
