package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces all of an integration that the caller may write (contract section 3, PUT). */
public final class ReplaceIntegration {
  private final IntegrationRepository integrations;
  private final ClockAndRandom clockAndRandom;

  public ReplaceIntegration(IntegrationRepository integrations, ClockAndRandom clockAndRandom) {
    this.integrations = integrations;
    this.clockAndRandom = clockAndRandom;
  }

  /**
   * Replaces, in one write. Who publishes decides what is written, and only the store knows it: a
   * body with a {@code _connectorId} is taken for a managed integration's, any other for a
   * self-managed one's. The write says so in its condition, and is made once more if it was the
   * other way round. A refusal of the body needs no store, but for one read when it depends on the
   * publisher which of its faults count.
   *
   * @return {@link Outcome.Done} or a refusal
   */
  public Outcome replace(
      Principal principal,
      IntegrationId id,
      Draft draft,
      Precondition precondition,
      Authorship authorship) {
    if (!draft.contentFaults().isEmpty()) {
      return new Outcome.Invalid(allFaults(principal, id, draft));
    }

    @Nullable ConnectorId connectorId = connectorId(principal, draft);
    boolean managed = connectorId != null;
    boolean told = false;
    for (int guesses = 1; ; guesses++) {
      Change change = change(principal, id, draft, connectorId, precondition, managed, authorship);
      Optional<Outcome> refusal = refusal(draft, change);
      if (refusal.isPresent()) {
        // The other guess may let it through, unless it was tried or the store told which is right.
        if (told || guesses > 1) {
          return refusal.get();
        }
        managed = !managed;
        continue;
      }
      switch (integrations.change(principal, change)) {
        case Outcome outcome -> {
          return outcome;
        }
        case ChangeResult.WrongGuess(boolean itIs, @Nullable ConnectorId its) -> {
          if (told) {
            return new Outcome.Unknown();
          }
          told = true;
          managed = itIs;
          connectorId = connectorId == null ? its : connectorId;
        }
        case ChangeResult.Outdated() ->
            throw new IllegalStateException("a replacement is computed from no state");
      }
    }
  }

  /** What is wrong with the body whatever the store holds, assuming the guess holds. */
  private static Optional<Outcome> refusal(Draft draft, Change change) {
    if (change.publisherMembers() != null && !draft.publisherFaults().isEmpty()) {
      return Optional.of(new Outcome.Invalid(draft.publisherFaults()));
    }
    return change.fits() ? Optional.empty() : Optional.of(TooLarge.REFUSAL);
  }

  /**
   * The connector of the integration as far as it is known without looking: what a connector
   * reaches is its own.
   */
  private static @Nullable ConnectorId connectorId(Principal principal, Draft draft) {
    if (draft.connectorId() == null && principal instanceof Principal.Connector(var id, var _)) {
      return id;
    }
    return draft.connectorId();
  }

  /**
   * All that is wrong with a body that is refused for certain. Which of its other faults count
   * depends on the integration; it is looked at for the telling alone.
   */
  private List<Fault> allFaults(Principal principal, IntegrationId id, Draft draft) {
    if (draft.publisherFaults().isEmpty() && draft.connectorId() == null) {
      return draft.contentFaults();
    }
    Optional<Integration> found = integrations.find(principal, id);
    List<Fault> faults =
        new ArrayList<>(draft.faults(found.map(it -> it.isPublishedBy(principal)).orElse(true)));
    if (draft.connectorId() != null
        && found.isPresent()
        && !draft.connectorId().equals(found.get().connectorId())) {
      faults.add(OtherConnector.FAULT);
    }
    return faults;
  }

  private Change change(
      Principal principal,
      IntegrationId id,
      Draft draft,
      @Nullable ConnectorId connectorId,
      Precondition precondition,
      boolean managed,
      Authorship authorship) {
    boolean isConnector = principal instanceof Principal.Connector;
    boolean publishes = managed == isConnector;
    return new Change(
        id,
        draft.labels(),
        draft.configuration(),
        publishes ? draft.publisherMembers() : null,
        connectorId,
        managed,
        isConnector,
        null,
        precondition,
        authorship.renewed(clockAndRandom));
  }
}
