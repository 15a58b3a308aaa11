package io.integrationapi.domain.history;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names the present state, which is then kept until the integration is gone (section 9). */
public final class TakeSnapshot {
  /** The longest description, in characters. */
  public static final int MAX_DESCRIPTION_LENGTH = 1000;

  private final History history;
  private final HistorySettings settings;

  public TakeSnapshot(History history, HistorySettings settings) {
    this.history = history;
    this.settings = settings;
  }

  /** What came of it. */
  public sealed interface Result {
    /** It is kept. */
    record Kept(HistoryEntry entry) implements Result {}

    /** The newest revision is a snapshot of this state already, and the caller wants no other. */
    record Unchanged() implements Result {}

    /** The caller reaches no such integration. */
    record Missing() implements Result {}

    /** No history is kept. */
    record Off() implements Result {}
  }

  /**
   * Takes a snapshot.
   *
   * @param description the caller's words, or null
   * @param unlessUnchanged whether there should be none if the newest revision is one of this state
   */
  public Result take(
      Principal principal,
      IntegrationId id,
      @Nullable String description,
      boolean unlessUnchanged,
      Authorship authorship) {
    Optional<History.Present> found = history.present(principal, id);
    if (found.isEmpty()) {
      return new Result.Missing();
    }
    if (!settings.isOn()) {
      return new Result.Off();
    }
    Integration integration = found.get().integration();
    if (unlessUnchanged && isNewest(principal, integration)) {
      return new Result.Unchanged();
    }
    HistoryEntry entry = entry(found.get(), description, authorship, authorship.at());
    while (!keep(integration, entry) && !isKept(principal, id, entry)) {
      // Another one of this state was taken in the same millisecond.
      entry = entry(found.get(), description, authorship, entry.time().plusMillis(1));
    }
    return new Result.Kept(entry);
  }

  private boolean keep(Integration integration, HistoryEntry entry) {
    return history.keep(
        integration.account(), integration.id(), entry, IntegrationChange.state(integration), null);
  }

  /** By an attempt whose answer was lost. */
  private boolean isKept(Principal principal, IntegrationId id, HistoryEntry entry) {
    return history.find(principal, id, entry.id()).map(KeptRevision::entry).stream()
        .anyMatch(entry::equals);
  }

  private static HistoryEntry entry(
      History.Present present, @Nullable String description, Authorship authorship, Instant at) {
    return new HistoryEntry(
        RevisionId.ofSnapshot(present.number(), at),
        present.number(),
        null,
        HistoryEvent.SNAPSHOT,
        at,
        authorship.author(),
        authorship.requestId(),
        present.integration().publisherMembers().version(),
        present.integration().revision(),
        description,
        FieldChanges.NONE);
  }

  private boolean isNewest(Principal principal, Integration integration) {
    List<HistoryEntry> newest = new ArrayList<>();
    var _ =
        history.list(
            principal,
            integration.id(),
            new History.Request(History.View.REVISIONS, 1, null),
            newest::add);
    return newest.stream()
        .anyMatch(entry ->
            entry.event() == HistoryEvent.SNAPSHOT && integration.revision().equals(entry.etag()));
  }
}
