package io.integrationapi.domain.history;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What one write did to an integration: the states before and after it, of which one may be absent.
 *
 * @param number of the change; numbers rise from change to change
 * @param previous the number of the change that left the state before; null if there was none, or
 *     if it was made before changes were numbered
 * @param before null if the write made the integration
 * @param after null if the write deleted it
 */
public record IntegrationChange(
    AccountId account,
    IntegrationId id,
    long number,
    @Nullable Long previous,
    @Nullable Integration before,
    @Nullable Integration after,
    Authorship authorship) {

  /** The row that tells of it. */
  HistoryEntry entry() {
    return entry(
        RevisionId.ofChange(number, authorship.revision()),
        number,
        previous,
        event(),
        after,
        authorship,
        before == null || after == null
            ? FieldChanges.NONE
            : FieldChanges.between(Document.of(before), Document.of(after)));
  }

  /**
   * The row of the state before, if no change that was numbered made it: otherwise the first change
   * after the history began could not be undone.
   */
  @Nullable HistoryEntry baseline() {
    return before == null || previous != null
        ? null
        : entry(
            RevisionId.ofChange(number - 1, before.revision()),
            number - 1,
            null,
            HistoryEvent.BASELINE,
            before,
            before.lastWrite(),
            FieldChanges.NONE);
  }

  /** The row that takes its place if it cannot be told. */
  HistoryEntry unreadable() {
    return HistoryEntry.unreadable(
        RevisionId.ofChange(number, authorship.revision()),
        number,
        previous,
        authorship.at(),
        authorship.author(),
        authorship.requestId());
  }

  /** A state as it is kept. */
  static KeptState state(Integration integration) {
    return new KeptState(Json.of(Document.of(integration)), integration.managed());
  }

  private HistoryEvent event() {
    if (after == null) {
      return HistoryEvent.DELETE;
    }
    if (authorship.reverts() != null) {
      return HistoryEvent.REVERT;
    }
    if (before == null) {
      return after.sourceId() == null ? HistoryEvent.CREATE : HistoryEvent.CLONE;
    }
    boolean was = before.lock().isPresent();
    boolean is = after.lock().isPresent();
    if (was == is) {
      return HistoryEvent.UPDATE;
    }
    if (is) {
      return HistoryEvent.LOCK;
    }
    return authorship.author() instanceof Author.Operator
        ? HistoryEvent.BREAK_LOCK
        : HistoryEvent.UNLOCK;
  }

  private static HistoryEntry entry(
      RevisionId id,
      long number,
      @Nullable Long previous,
      HistoryEvent event,
      @Nullable Integration state,
      Authorship authorship,
      FieldChanges fieldChanges) {
    return new HistoryEntry(
        id,
        number,
        previous,
        event,
        authorship.at(),
        authorship.author(),
        authorship.requestId(),
        state == null ? null : state.publisherMembers().version(),
        state == null ? null : state.revision(),
        null,
        fieldChanges);
  }
}
