package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.Validated;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies an integration within its account, in one transaction (contract section 6). */
public final class CloneIntegration {
  private final IntegrationRepository integrations;
  private final ClockAndRandom clockAndRandom;
  private final Retries retries;

  public CloneIntegration(
      IntegrationRepository integrations, ClockAndRandom clockAndRandom, Retries retries) {
    this.integrations = integrations;
    this.clockAndRandom = clockAndRandom;
    this.retries = retries;
  }

  /**
   * Clones. The source is read, and the copy kept on the condition that the source is still so; if
   * it is not, its new state is copied, while there is time. Two store requests when nobody comes
   * between.
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
      @Nullable IdempotencyClaim claim,
      Authorship authorship) {
    Optional<Integration> found = integrations.find(principal, id);
    if (found.isEmpty()) {
      return unlessEarlier(claim, new Outcome.Missing());
    }
    Attempt attempt =
        new Attempt(
            IntegrationId.next(authorship.at(), clockAndRandom.random()),
            request,
            precondition,
            claim,
            authorship,
            found.get());
    return retries.repeat(attempt::next);
  }

  /** One copy, made anew as long as its source changes. */
  private final class Attempt {
    private final IntegrationId copyId;
    private final CloneRequest request;
    private final Precondition precondition;
    private final @Nullable IdempotencyClaim claim;
    private final Authorship authorship;
    private Integration source;
    private boolean managed;

    Attempt(
        IntegrationId copyId,
        CloneRequest request,
        Precondition precondition,
        @Nullable IdempotencyClaim claim,
        Authorship authorship,
        Integration source) {
      this.copyId = copyId;
      this.request = request;
      this.precondition = precondition;
      this.claim = claim;
      this.authorship = authorship;
      this.source = source;
      this.managed = source.managed();
    }

    Try<Outcome> next() {
      return switch (new CloneRules(source, request, managed).copy(copyId, authorship)) {
        case Validated.Invalid<Integration>(List<Fault> faults) ->
            Try.done(unlessEarlier(claim, new Outcome.Invalid(faults)));
        case Validated.Valid<Integration>(Integration copy) -> keep(copy);
      };
    }

    private Try<Outcome> keep(Integration copy) {
      switch (integrations.copy(new Copy(source, copy, precondition), claim)) {
        case Outcome outcome -> {
          return Try.done(outcome);
        }
        case CopyResult.SourceChanged(Integration now) -> source = now;
        case ConnectorRegistered() -> managed = true;
      }
      return Try.again(Retries.Cause.OUTDATED_AND_KNOWN, Outcome.Unknown::new);
    }
  }

  /** A refusal found before the transaction must not hide what the same request did earlier. */
  private Outcome unlessEarlier(@Nullable IdempotencyClaim claim, Outcome refusal) {
    return claim == null ? refusal : integrations.findEarlier(claim).orElse(refusal);
  }
}
