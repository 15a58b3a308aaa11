package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a new integration in the caller's account (contract sections 2 and 3). */
public final class CreateIntegration {
  private final IntegrationRepository integrations;
  private final ConnectorRegistry connectors;
  private final ClockAndRandom clockAndRandom;

  public CreateIntegration(
      IntegrationRepository integrations,
      ConnectorRegistry connectors,
      ClockAndRandom clockAndRandom) {
    this.integrations = integrations;
    this.connectors = connectors;
    this.clockAndRandom = clockAndRandom;
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
    PublisherMembers publisherMembers = publisherMembers(draft, managed);

    int bytes =
        DocumentSize.of(draft.labels(), draft.configuration())
            + DocumentSize.of(publisherMembers)
            + DocumentSize.of(connectorId);
    if (bytes > DocumentSize.MAX_MEMBER_BYTES) {
      return TooLarge.REFUSAL;
    }

    Instant now = clockAndRandom.now();
    boolean locked = Boolean.TRUE.equals(publisherMembers.updateInProgress());
    return integrations.create(
        new Integration(
            IntegrationId.next(clockAndRandom),
            account,
            now,
            now,
            null,
            connectorId,
            managed,
            draft.labels(),
            draft.configuration(),
            publisherMembers,
            locked ? now : null,
            Revision.next(clockAndRandom)),
        claim);
  }

  private static PublisherMembers publisherMembers(Draft draft, boolean managed) {
    PublisherMembers sent = managed ? PublisherMembers.NONE : draft.publisherMembers();
    Mode mode = draft.connectorId() == null ? sent.mode() : Mode.INSTALL;
    return new PublisherMembers(mode, sent.version(), sent.updateInProgress(), sent.install());
  }
}
