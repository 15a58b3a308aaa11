package io.integrationapi.domain.history;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.DocumentSize;
import io.integrationapi.domain.integration.Draft;
import io.integrationapi.domain.integration.DraftReader;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Member;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.ReplaceIntegration;
import io.integrationapi.domain.integration.TooLarge;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an earlier state back (contract section 9). It is a PUT of what the caller may write, as
 * it was then; {@code updateInProgress} is left out of its body, for a lock that was held then says
 * nothing about now. An account also makes a deleted integration anew (docs/adr/0035).
 */
public final class RevertIntegration {
  private final History history;
  private final HistorySettings settings;
  private final ReplaceIntegration replaceIntegration;
  private final ClockAndRandom clockAndRandom;
  private final Retries retries;

  public RevertIntegration(
      History history,
      HistorySettings settings,
      ReplaceIntegration replaceIntegration,
      ClockAndRandom clockAndRandom,
      Retries retries) {
    this.history = history;
    this.settings = settings;
    this.replaceIntegration = replaceIntegration;
    this.clockAndRandom = clockAndRandom;
    this.retries = retries;
  }

  /**
   * Reverts.
   *
   * @param claim what makes the request idempotent, or null
   * @return what a PUT would come to, {@link Outcome.Missing} also for a state that is not kept; or
   *     what the same request came to before
   */
  public Reverted revert(
      Principal principal,
      IntegrationId id,
      RevisionId revisionId,
      Precondition precondition,
      @Nullable IdempotencyClaim claim,
      Authorship authorship) {
    Authorship reverting = authorship.reverting(revisionId.value());
    if (claim == null) {
      return carryOut(principal, id, revisionId, precondition, reverting);
    }
    Optional<Reverted> before = history.hold(claim, authorship.revision());
    if (before.isPresent()) {
      return before.get();
    }
    Reverted came = carryOut(principal, id, revisionId, precondition, reverting);
    switch (came.outcome()) {
      case Outcome.Done(Integration integration) ->
          history.remember(claim, authorship.revision(), integration, came.anew());
      case Outcome.Refusal _ -> history.release(claim, authorship.revision());
      // Nobody knows: the key is free again when the time is over for which it is held.
      case Outcome.Gone(), Outcome.Unknown() -> {}
    }
    return came;
  }

  private Reverted carryOut(
      Principal principal,
      IntegrationId id,
      RevisionId revisionId,
      Precondition precondition,
      Authorship authorship) {
    Optional<KeptState> state =
        settings.isOn()
            ? history.find(principal, id, revisionId).map(KeptRevision::state)
            : Optional.empty();
    if (state.isEmpty()) {
      return new Reverted(new Outcome.Missing(), false);
    }
    return switch (draft(id, state.get())) {
      case Validated.Invalid<Draft>(var faults) -> new Reverted(new Outcome.Invalid(faults), false);
      case Validated.Valid<Draft>(Draft draft) ->
          retries.repeat(
              () -> attempt(principal, id, state.get(), draft, precondition, authorship));
    };
  }

  /** If somebody else brings it back first, there is something to replace. */
  private Try<Reverted> attempt(
      Principal principal,
      IntegrationId id,
      KeptState state,
      Draft draft,
      Precondition precondition,
      Authorship authorship) {
    Outcome replaced = replaceIntegration.replace(principal, id, draft, precondition, authorship);
    if (!(replaced instanceof Outcome.Missing)
        || !(principal instanceof Principal.Account account)) {
      return Try.done(new Reverted(replaced, false));
    }
    if (!(precondition.ifMatch() instanceof Precondition.Tags.Absent)) {
      return Try.done(new Reverted(new Outcome.Stale(), false));
    }
    return switch (revived(account, id, state, draft, authorship)) {
      case Outcome.Stale() ->
          Try.again(
              Retries.Cause.OUTDATED_AND_KNOWN, () -> new Reverted(new Outcome.Unknown(), false));
      case Outcome.Done done -> Try.done(new Reverted(done, true));
      case Outcome other -> Try.done(new Reverted(other, false));
    };
  }

  private Outcome revived(
      Principal.Account account,
      IntegrationId id,
      KeptState state,
      Draft draft,
      Authorship authorship) {
    PublisherMembers publisherMembers = publisherMembers(account, id, state);
    int bytes =
        DocumentSize.of(draft.labels(), draft.configuration())
            + DocumentSize.of(publisherMembers)
            + DocumentSize.of(draft.connectorId());
    if (bytes > DocumentSize.MAX_MEMBER_BYTES) {
      return TooLarge.REFUSAL;
    }
    JsonNode document = state.document().tree();
    return history.revive(
        new Integration(
            id,
            account.id(),
            text(document, Member.CREATED_AT).map(Document::parseTime).orElse(null),
            text(document, Member.SOURCE_ID).map(IntegrationId::new).orElse(null),
            draft.connectorId(),
            state.managed(),
            draft.labels(),
            draft.configuration(),
            publisherMembers,
            null,
            authorship.renewed(clockAndRandom)));
  }

  /**
   * What an account does not write is as its publisher left it last, not as it was then. No update
   * is in progress.
   */
  private PublisherMembers publisherMembers(
      Principal.Account account, IntegrationId id, KeptState state) {
    KeptState latest = state.managed() ? latest(account, id).orElse(state) : state;
    ObjectNode document = copy(latest);
    if (document.has(Member.UPDATE_IN_PROGRESS.key())) {
      document.put(Member.UPDATE_IN_PROGRESS.key(), false);
    }
    return switch (DraftReader.forExisting(document, id, clockAndRandom)) {
      case Validated.Valid<Draft>(Draft draft) -> draft.publisherMembers();
      case Validated.Invalid<Draft> _ -> PublisherMembers.NONE;
    };
  }

  private Optional<KeptState> latest(Principal principal, IntegrationId id) {
    List<HistoryEntry> newest = new ArrayList<>();
    var _ =
        history.list(
            principal, id, new History.Request(History.View.REVISIONS, 1, null), newest::add);
    return newest.stream()
        .findFirst()
        .flatMap(entry -> history.find(principal, id, entry.id()))
        .map(KeptRevision::state);
  }

  private Validated<Draft> draft(IntegrationId id, KeptState state) {
    ObjectNode body = copy(state);
    body.remove(Member.UPDATE_IN_PROGRESS.key());
    return DraftReader.forExisting(body, id, clockAndRandom);
  }

  private static ObjectNode copy(KeptState state) {
    return JsonNodeFactory.instance.objectNode().setAll((ObjectNode) state.document().tree());
  }

  private static Optional<String> text(JsonNode document, Member member) {
    return document.optional(member.key()).map(JsonNode::stringValue);
  }
}
