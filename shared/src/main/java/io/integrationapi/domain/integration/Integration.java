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
 * @param lastWrite who made this state of it, when, and the revision that names it
 */
public record Integration(
    IntegrationId id,
    AccountId account,
    @Nullable Instant createdAt,
    @Nullable IntegrationId sourceId,
    @Nullable ConnectorId connectorId,
    boolean managed,
    Labels labels,
    Configuration configuration,
    PublisherMembers publisherMembers,
    @Nullable Instant lockedSince,
    Authorship lastWrite) {

  /** When this state was made. */
  public Instant lastModified() {
    return lastWrite.at();
  }

  /** Names this state. */
  public Revision revision() {
    return lastWrite.revision();
  }

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

  /** The same under another id. */
  public Integration withId(IntegrationId other) {
    return new Integration(
        other,
        account,
        createdAt,
        sourceId,
        connectorId,
        managed,
        labels,
        configuration,
        publisherMembers,
        lockedSince,
        lastWrite);
  }
}
