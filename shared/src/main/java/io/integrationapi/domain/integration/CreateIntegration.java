package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.Fault;
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
   * Creates. Whether the connector is registered is looked up first, since it decides which of the
   * draft's faults count, and decided when the integration is kept: one that was registered in
   * between makes a managed integration.
   *
   * @param claim what makes the request idempotent, or null
   * @return {@link Outcome.Done}, {@link Outcome.Invalid}, {@link Outcome.InProgress} or {@link
   *     Outcome.Unknown}
   */
  public Outcome create(
      AccountId account, Draft draft, @Nullable IdempotencyClaim claim, Authorship authorship) {
    ConnectorId connectorId = draft.connectorId();
    boolean managed = connectorId != null && connectors.isRegistered(connectorId);
    return switch (create(account, draft, claim, authorship, managed)) {
      case Outcome outcome -> outcome;
      // A connector stays registered, so this is the last word.
      case ConnectorRegistered() ->
          create(account, draft, claim, authorship, true) instanceof Outcome outcome
              ? outcome
              : new Outcome.Unknown();
    };
  }

  private CreateResult create(
      AccountId account,
      Draft draft,
      @Nullable IdempotencyClaim claim,
      Authorship authorship,
      boolean managed) {
    List<Fault> faults = draft.faults(!managed);
    if (!faults.isEmpty()) {
      return new Outcome.Invalid(faults);
    }
    PublisherMembers publisherMembers = publisherMembers(draft, managed);
    int bytes =
        DocumentSize.of(draft.labels(), draft.configuration())
            + DocumentSize.of(publisherMembers)
            + DocumentSize.of(draft.connectorId());
    if (bytes > DocumentSize.MAX_MEMBER_BYTES) {
      return TooLarge.REFUSAL;
    }

    boolean locked = Boolean.TRUE.equals(publisherMembers.updateInProgress());
    return integrations.create(
        new Integration(
            IntegrationId.next(authorship.at(), clockAndRandom.random()),
            account,
            authorship.at(),
            null,
            draft.connectorId(),
            managed,
            draft.labels(),
            draft.configuration(),
            publisherMembers,
            locked ? authorship.at() : null,
            authorship),
        claim);
  }

  private static PublisherMembers publisherMembers(Draft draft, boolean managed) {
    PublisherMembers sent = managed ? PublisherMembers.NONE : draft.publisherMembers();
    return draft.connectorId() == null ? sent : sent.withMode(Mode.INSTALL);
  }
}
