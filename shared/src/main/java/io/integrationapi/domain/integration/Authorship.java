package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.invocation.ClockAndRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who writes, when, and for which request. It is made at the edge, carried down to the store as one
 * value, and kept in the item that it wrote.
 *
 * @param at when, in milliseconds
 * @param revision names the state that the write makes
 * @param requestId of the invocation, by which its lines in the log are found; empty if unknown
 * @param reverts the {@code _id} of the earlier state that the write brings back, or null
 */
public record Authorship(
    Author author, Instant at, Revision revision, String requestId, @Nullable String reverts) {
  /** A write that brings nothing back. */
  public Authorship(Author author, Instant at, Revision revision, String requestId) {
    this(author, at, revision, requestId, null);
  }

  /** A write that begins now. */
  public static Authorship begin(Author author, String requestId, ClockAndRandom clockAndRandom) {
    return new Authorship(author, clockAndRandom.now(), Revision.next(clockAndRandom), requestId);
  }

  /** The same author's and request's next write, which begins now. */
  public Authorship next(ClockAndRandom clockAndRandom) {
    return begin(author, requestId, clockAndRandom);
  }

  /**
   * The same write under a fresh revision. Each change that is handed to the store needs one of its
   * own: the store may have revoked the one before.
   */
  public Authorship renewed(ClockAndRandom clockAndRandom) {
    return as(Revision.next(clockAndRandom));
  }

  /** The same write under another revision. */
  public Authorship as(Revision other) {
    return new Authorship(author, at, other, requestId, reverts);
  }

  /** The same write, as one that brings an earlier state back. */
  public Authorship reverting(String revisionId) {
    return new Authorship(author, at, revision, requestId, revisionId);
  }
}
