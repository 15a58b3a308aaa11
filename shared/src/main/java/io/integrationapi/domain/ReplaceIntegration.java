package io.integrationapi.domain;

/** Replaces all of an integration that the caller may write (contract section 3, PUT). */
public final class ReplaceIntegration {
  private final IntegrationRepository integrations;
  private final ClockAndIds clockAndIds;

  public ReplaceIntegration(IntegrationRepository integrations, ClockAndIds clockAndIds) {
    this.integrations = integrations;
    this.clockAndIds = clockAndIds;
  }

  /**
   * Replaces, in one write. Who publishes decides what is written, and only the store knows it: a
   * body with a {@code _connectorId} is taken for a managed integration's, any other for a
   * self-managed one's. The write says so in its condition, and is made once more if it was the
   * other way round. A refusal of the body needs no store, but for one read when it hangs on the
   * publisher which of its faults count.
   *
   * @return {@link Outcome.Done} or a refusal
   */
  public Outcome replace(
      Principal principal, IntegrationId id, Draft draft, Precondition precondition) {
    if (!draft.contentFaults().isEmpty()) {
      return new Outcome.Invalid(draft.faults(mayPublish(principal, id, draft)));
    }

    boolean guess = principal instanceof Principal.Connector || draft.connectorId() != null;
    Outcome refusal = new Outcome.Contested();

    for (boolean managed : new boolean[] {guess, !guess}) {
      Change change = change(principal, id, draft, precondition, managed);
      if (change.publication() != null && !draft.publicationFaults().isEmpty()) {
        refusal = new Outcome.Invalid(draft.publicationFaults());
      } else if (!change.fits()) {
        refusal = TooLarge.REFUSAL;
      } else if (integrations.change(principal, change)
          instanceof ChangeResult.Settled(Outcome outcome)) {
        return outcome;
      }
    }
    return refusal;
  }

  /**
   * Whether the faults of the publisher's members are to be told as well. The integration is looked
   * at for the telling alone; that the request is refused is certain.
   */
  private boolean mayPublish(Principal principal, IntegrationId id, Draft draft) {
    return draft.publicationFaults().isEmpty()
        || integrations.find(principal, id).map(it -> it.isPublishedBy(principal)).orElse(true);
  }

  private Change change(
      Principal principal,
      IntegrationId id,
      Draft draft,
      Precondition precondition,
      boolean managed) {
    boolean isConnector = principal instanceof Principal.Connector;
    boolean publishes = managed == isConnector;
    return new Change(
        id,
        draft.labels(),
        draft.configuration(),
        publishes ? draft.publication() : null,
        draft.connectorId(),
        managed,
        isConnector,
        null,
        precondition,
        clockAndIds.now(),
        clockAndIds.nextRevision());
  }
}
