package io.integrationapi.domain.access;

/** What a token lets its principal do (contract section 1). */
public enum Scope {
  /** Reads and writes. */
  FULL,
  /** Reads only. */
  READ
}
