package io.integrationapi.domain.history;

import org.jspecify.annotations.Nullable;

/** What a row of the history tells of. */
public enum HistoryEvent {
  CREATE("create", "create"),
  CLONE("clone", "clone"),
  UPDATE("update", "change"),
  DELETE("delete", null),
  LOCK("lock", "change"),
  UNLOCK("unlock", "change"),
  BREAK_LOCK("break_lock", "change"),
  REVERT("revert", "revert"),
  /** A state that was there before its history began. */
  BASELINE(null, "change"),
  /** A caller named the present state. */
  SNAPSHOT(null, "snapshot"),
  /** A change that could not be read when it was to be recorded. */
  UNREADABLE("unreadable", null),
  /** Changes that were not recorded while the platform kept them. */
  GAP("gap", null);

  private final @Nullable String audited;
  private final @Nullable String revision;

  HistoryEvent(@Nullable String audited, @Nullable String revision) {
    this.audited = audited;
    this.revision = revision;
  }

  /** The {@code event} of the audit's row, or null if it has none. */
  public @Nullable String audited() {
    return audited;
  }

  /** The {@code type} of the revision, or null if it makes none. */
  public @Nullable String revision() {
    return revision;
  }
}
