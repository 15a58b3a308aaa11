package io.integrationapi.store;

import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import org.jspecify.annotations.Nullable;

/** How far a page is: what it has taken, and what of the list has been looked at. */
final class PageProgress<T> {
  private final Page.Request request;
  private final Page.Room<T> room;
  private @Nullable IntegrationId after;
  private int toSkip;
  private int taken;

  PageProgress(Page.Request request, Page.Room<T> room) {
    this.request = request;
    this.room = room;
    this.after = request.from().after();
    this.toSkip = request.from().skip();
  }

  /** False if the entry is neither left out nor taken: the page is full, and there is more. */
  boolean takes(T entry) {
    if (skips()) {
      return true;
    }
    if (taken == request.limit() || !room.takes(entry)) {
      return false;
    }
    taken++;
    return true;
  }

  /** Whether the next entry is left out; asked once for each. */
  boolean skips() {
    if (toSkip == 0) {
      return false;
    }
    toSkip--;
    return true;
  }

  /** So many entries were left out. */
  void skipped(int count) {
    toSkip -= count;
  }

  int toSkip() {
    return toSkip;
  }

  /** How many entries more the page may have, with those that are left out before. */
  int left() {
    return request.limit() - taken + toSkip;
  }

  /** All up to this one has been looked at. */
  void passed(IntegrationId id) {
    after = id;
  }

  Page.Position position() {
    return new Page.Position(after, request.from().last(), toSkip);
  }
}
