package io.integrationapi.domain.integration;

import java.util.Set;

/**
 * In which states of a document a request may be carried out (RFC 9110 section 13.1).
 *
 * @param ifMatch the states in which it may
 * @param ifNoneMatch the states in which it may not
 */
public record Precondition(Tags ifMatch, Tags ifNoneMatch) {
  /** The caller asked for nothing: any state will do. */
  public static final Precondition NONE = new Precondition(new Tags.Absent(), new Tags.Absent());

  /** What one of the two headers said. */
  public sealed interface Tags {
    /** The header was not sent. */
    record Absent() implements Tags {}

    /** {@code *}: any state of a document that exists. */
    record Any() implements Tags {}

    /** These states; tags that no document of ours can have are left out, so it may be empty. */
    record OneOf(Set<Revision> revisions) implements Tags {}
  }

  /** Whether a document in this state may be touched as far as {@code If-Match} goes. */
  public boolean ifMatchAllows(Revision revision) {
    return switch (ifMatch) {
      case Tags.Absent _, Tags.Any _ -> true;
      case Tags.OneOf(Set<Revision> revisions) -> revisions.contains(revision);
    };
  }

  /** Whether a document in this state may be touched as far as {@code If-None-Match} goes. */
  public boolean ifNoneMatchAllows(Revision revision) {
    return switch (ifNoneMatch) {
      case Tags.Absent() -> true;
      case Tags.Any() -> false;
      case Tags.OneOf(Set<Revision> revisions) -> !revisions.contains(revision);
    };
  }

  /** Whether both do. */
  public boolean allows(Revision revision) {
    return ifMatchAllows(revision) && ifNoneMatchAllows(revision);
  }
}
