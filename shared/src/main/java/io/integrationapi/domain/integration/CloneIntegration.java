package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.Validated;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies an integration within its account, in one transaction (contract section 6). */
public final class CloneIntegration {
  private final IntegrationRepository integrations;
  private final ClockAndRandom clockAndRandom;
  private final RetryPolicy retryPolicy;

  public CloneIntegration(
      IntegrationRepository integrations, ClockAndRandom clockAndRandom, RetryPolicy retryPolicy) {
    this.integrations = integrations;
    this.clockAndRandom = clockAndRandom;
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
    IntegrationId copyId = IntegrationId.next(clockAndRandom);
    RetryPolicy.Retries retries = retryPolicy.begin(clockAndRandom.random());
    do {
      CloneRules rules = new CloneRules(source, request, managed);
      switch (rules.copy(copyId, clockAndRandom.now(), Revision.next(clockAndRandom))) {
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
