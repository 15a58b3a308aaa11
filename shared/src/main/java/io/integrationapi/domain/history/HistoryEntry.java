package io.integrationapi.domain.history;

import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.integration.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the history. The audit and the list of revisions are two views of it.
 *
 * @param number of the change; the numbers of an integration's changes rise
 * @param previous the number of the change before, or null if there was none or it is unknown
 * @param time when it was done
 * @param requestId of the request that did it; empty if unknown
 * @param version the document's, or null
 * @param etag names the state that it left, or null if it left none
 * @param description a snapshot's, or null
 */
public record HistoryEntry(
    RevisionId id,
    long number,
    @Nullable Long previous,
    HistoryEvent event,
    Instant time,
    Author by,
    String requestId,
    @Nullable String version,
    @Nullable Revision etag,
    @Nullable String description,
    FieldChanges fieldChanges) {

  /** Says that there was a change that cannot be told. */
  public static HistoryEntry unreadable(
      RevisionId id,
      long number,
      @Nullable Long previous,
      Instant time,
      Author by,
      String requestId) {
    return new HistoryEntry(
        id,
        number,
        previous,
        HistoryEvent.UNREADABLE,
        time,
        by,
        requestId,
        null,
        null,
        null,
        FieldChanges.NONE);
  }

  /** Stands for the changes that no row tells of, behind the one of that number. */
  public static HistoryEntry gap(long number, Instant before) {
    return new HistoryEntry(
        RevisionId.ofGap(number),
        number,
        null,
        HistoryEvent.GAP,
        before,
        new Author.Unknown(),
        "",
        null,
        null,
        null,
        FieldChanges.NONE);
  }
}
