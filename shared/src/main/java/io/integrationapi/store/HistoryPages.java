package io.integrationapi.store;

import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.Page;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the rows of a page, newest first. Each row names the change before its own: where the
 * next row is another, the audit shows that rows are missing between the two.
 */
final class HistoryPages {
  private final History.Request request;
  private final Page.Room<HistoryEntry> room;
  private @Nullable HistoryEntry newer;
  private @Nullable RevisionId last;
  private int left;

  HistoryPages(History.Request request, Page.Room<HistoryEntry> room) {
    this.request = request;
    this.room = room;
    this.left = request.limit();
  }

  /** False if the page is full. */
  boolean takes(HistoryEntry entry) {
    boolean handedOut = entry.id().equals(request.before());
    if (History.View.AUDIT.shows(entry.event())) {
      HistoryEntry above = newer;
      if (above != null
          && above.previous() != null
          && above.previous() > entry.number()
          && request.view() == History.View.AUDIT
          && !handOut(HistoryEntry.gap(above.previous(), above.time()))) {
        return false;
      }
      newer = entry;
    }
    return handedOut || !request.view().shows(entry.event()) || handOut(entry);
  }

  /** Whether the next page has a row to begin behind. */
  boolean hasAny() {
    return last != null;
  }

  History.Listed result(boolean full) {
    return new History.Listed(full ? last : null);
  }

  private boolean handOut(HistoryEntry entry) {
    if (left == 0 || !room.takes(entry)) {
      return false;
    }
    left--;
    last = entry.id();
    return true;
  }
}
