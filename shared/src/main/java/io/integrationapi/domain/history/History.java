package io.integrationapi.domain.history;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Revision;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history. A row never changes once it is kept.
 *
 * <p>An account reaches the history of its integrations, of deleted ones too; a connector that of
 * the integrations that it reaches. Every method throws {@link
 * io.integrationapi.domain.invocation.StoreUnavailableException} when the store does not answer in
 * time.
 */
public interface History {
  /** The present state, with the number of the change that made it. */
  record Present(Integration integration, long number) {}

  /**
   * Which rows are asked for, newest first.
   *
   * @param before only older ones than this, or null for all
   */
  record Request(View view, int limit, @Nullable RevisionId before) {}

  /** The two views of the history. */
  enum View {
    AUDIT,
    REVISIONS;

    /** Whether it shows rows of that event. */
    public boolean shows(HistoryEvent event) {
      return (this == AUDIT ? event.audited() : event.revision()) != null;
    }
  }

  /**
   * The result of a list.
   *
   * @param next the last row that was handed out, if there may be more; else null
   */
  record Listed(@Nullable RevisionId next) {}

  /** Hands out rows; nothing if the integration is not reached and never was. */
  Optional<Listed> list(
      Principal principal, IntegrationId id, Request request, Page.Room<HistoryEntry> room);

  /** One row with its state; nothing if it is not reached, not kept, or has none. */
  Optional<KeptRevision> find(Principal principal, IntegrationId id, RevisionId revisionId);

  /** The integration as it is. */
  Optional<Present> present(Principal principal, IntegrationId id);

  /**
   * Keeps a row, and before it the state that it names. What is there already stays.
   *
   * @param state null if the row names none
   * @param expires when both may be forgotten; null for never
   * @return whether there was no such row
   */
  boolean keep(
      AccountId account,
      IntegrationId id,
      HistoryEntry entry,
      @Nullable KeptState state,
      @Nullable Instant expires);

  /** Lets snapshots expire, since their integration is deleted. */
  void letSnapshotsExpire(AccountId account, IntegrationId id, Instant expires);

  /** Takes away what a deletion left for the recorder, which has recorded it. */
  void forgetDeletion(IntegrationChange deletion);

  /**
   * Makes a deleted integration anew under its own id.
   *
   * @return {@link Outcome.Done}; {@link Outcome.Stale} if there is one again; or {@link
   *     Outcome.Unknown}
   */
  Outcome revive(Integration integration);

  /**
   * Holds the key of a request that is about to be carried out, for as long as that may take.
   *
   * @param holder names this attempt at the request
   * @return nothing if it may be carried out; else what the same request came to before, or the
   *     refusal: {@link Outcome.InProgress}, {@link Outcome.Invalid}
   */
  Optional<Reverted> hold(IdempotencyClaim claim, Revision holder);

  /** Keeps what a request came to whose key is held, for whoever sends it again. */
  void remember(IdempotencyClaim claim, Revision holder, Integration integration, boolean anew);

  /** Lets go of a key that is held: its request was refused. */
  void release(IdempotencyClaim claim, Revision holder);
}
