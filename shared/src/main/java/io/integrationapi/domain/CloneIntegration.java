package io.integrationapi.domain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies an integration within its account, in one transaction (contract section 6). */
public final class CloneIntegration {
  private final IntegrationRepository integrations;
  private final ClockAndIds clockAndIds;
  private final RetryPolicy retryPolicy;

  public CloneIntegration(
      IntegrationRepository integrations, ClockAndIds clockAndIds, RetryPolicy retryPolicy) {
    this.integrations = integrations;
    this.clockAndIds = clockAndIds;
    this.retryPolicy = retryPolicy;
  }

  /**
   * Clones. The source is read, and the copy kept on the condition that the source is still so; if
   * it is not, its new state is copied, while the retry policy allows. Two store requests when
   * nobody comes between.
   *
   * @param precondition what the caller asks of the source
   * @param claim what makes the request idempotent, or null
   * @return {@link Outcome.Done} with the copy, or a refusal
   */
  public Outcome clone(
      Principal principal,
      IntegrationId id,
      CloneRequest request,
      Precondition precondition,
      @Nullable IdempotencyClaim claim) {
    Optional<Integration> found = integrations.find(principal, id);
    if (found.isEmpty()) {
      return unlessEarlier(claim, new Outcome.Missing());
    }

    Integration source = found.get();
    boolean managed = source.managed();
    IntegrationId copyId = clockAndIds.nextId();
    RetryPolicy.Retries retries = retryPolicy.begin(clockAndIds.random());
    do {
      Cloning cloning = new Cloning(source, request, managed);
      switch (cloning.copy(copyId, clockAndIds.now(), clockAndIds.nextRevision())) {
        case Validated.Invalid<Integration>(List<Fault> faults) -> {
          return unlessEarlier(claim, new Outcome.Invalid(faults));
        }
        case Validated.Valid<Integration>(Integration copy) -> {
          switch (integrations.copy(new Copy(source, copy, precondition), claim)) {
            case CopyResult.Settled(Outcome outcome) -> {
              return outcome;
            }
            case CopyResult.SourceChanged(Integration now) -> source = now;
            case CopyResult.ConnectorRegistered() -> managed = true;
          }
        }
      }
    } while (retries.againAtOnce());
    return new Outcome.Contested();
  }

  /** A refusal found before the transaction must not hide what the same request did earlier. */
  private Outcome unlessEarlier(@Nullable IdempotencyClaim claim, Outcome refusal) {
    return claim == null ? refusal : integrations.findEarlier(claim).orElse(refusal);
  }
}
