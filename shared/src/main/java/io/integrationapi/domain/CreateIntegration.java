package io.integrationapi.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a new integration in the caller's account (contract sections 2 and 3). */
public final class CreateIntegration {
  private final IntegrationRepository integrations;
  private final ConnectorRegistry connectors;
  private final ClockAndIds clockAndIds;

  public CreateIntegration(
      IntegrationRepository integrations, ConnectorRegistry connectors, ClockAndIds clockAndIds) {
    this.integrations = integrations;
    this.connectors = connectors;
    this.clockAndIds = clockAndIds;
  }

  /**
   * Creates.
   *
   * @param claim what makes the request idempotent, or null
   * @return {@link Outcome.Done}, {@link Outcome.Invalid} or {@link Outcome.Contested}
   */
  public Outcome create(AccountId account, Draft draft, @Nullable IdempotencyClaim claim) {
    ConnectorId connectorId = draft.connectorId();
    // A connector that is registered after this line was not when the integration was made.
    boolean managed = connectorId != null && connectors.isRegistered(connectorId);
    List<Fault> faults = draft.faults(!managed);
    if (!faults.isEmpty()) {
      return new Outcome.Invalid(faults);
    }
    Publication publication = publication(draft, managed);

    int bytes =
        DocumentSize.of(draft.labels(), draft.configuration())
            + DocumentSize.of(publication)
            + DocumentSize.of(connectorId);
    if (bytes > DocumentSize.MAX_MEMBER_BYTES) {
      return TooLarge.REFUSAL;
    }

    Instant now = clockAndIds.now();
    boolean locked = Boolean.TRUE.equals(publication.updateInProgress());
    return integrations.create(
        new Integration(
            clockAndIds.nextId(),
            account,
            now,
            now,
            null,
            connectorId,
            managed,
            draft.labels(),
            draft.configuration(),
            publication,
            locked ? now : null,
            clockAndIds.nextRevision()),
        claim);
  }

  private static Publication publication(Draft draft, boolean managed) {
    Publication sent = managed ? Publication.NONE : draft.publication();
    Mode mode = draft.connectorId() == null ? sent.mode() : Mode.INSTALL;
    return new Publication(mode, sent.version(), sent.updateInProgress(), sent.install());
  }
}
