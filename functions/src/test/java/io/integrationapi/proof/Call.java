package io.integrationapi.proof;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a history.
 *
 * @param number in the history, by which what it wrote is recognised
 * @param who calls
 * @param target the integration it names; null if none
 * @param managed whether the target is managed
 * @param content what it sends; in a patch, what it leaves as it is is null (the name empty)
 * @param test a name that the patch asks for first, or null
 * @param tag of a precondition as it is sent, or null
 * @param ifMatch the number of the call that wrote the state which that tag names, or null
 * @param key its Idempotency-Key, or null
 */
record Call(
    int number,
    Who who,
    Kind kind,
    @Nullable String target,
    boolean managed,
    Content content,
    @Nullable String test,
    @Nullable String tag,
    @Nullable Integer ifMatch,
    @Nullable String key) {
  private static final Set<Kind> READS = EnumSet.of(Kind.GET, Kind.LIST, Kind.INSTALL_BASE);

  static final Content NOTHING = new Content("", null, null, null, null);

  /** Whose token it carries. */
  enum Who {
    ACCOUNT,
    CONNECTOR,
    OPERATOR,
    READ_ONLY,
    OTHER_ACCOUNT,
    OTHER_CONNECTOR
  }

  /** What it asks for. */
  enum Kind {
    CREATE,
    CLONE,
    PUT,
    PATCH,
    DELETE,
    BEGIN,
    BREAK,
    GET,
    LIST,
    INSTALL_BASE
  }

  boolean byConnector() {
    return who == Who.CONNECTOR;
  }

  boolean isForeign() {
    return who == Who.OTHER_ACCOUNT || who == Who.OTHER_CONNECTOR;
  }

  /** Whether the caller writes the publisher's members. */
  boolean publishes() {
    return managed == byConnector();
  }

  /**
   * Whether it changes members of the document, so that only a change of the locked part counts.
   */
  boolean isChange() {
    return kind == Kind.PUT || kind == Kind.PATCH;
  }

  boolean makes() {
    return kind == Kind.CREATE || kind == Kind.CLONE;
  }

  boolean writes() {
    return !READS.contains(kind);
  }

  @Override
  public String toString() {
    return "#%d %s %s%s%s%s%s%s"
        .formatted(
            number,
            who,
            kind,
            target == null ? "" : " " + target.substring(Math.max(0, target.length() - 4)),
            content.equals(NOTHING) ? "" : " " + content.json(),
            test == null ? "" : " if name is " + test,
            ifMatch == null ? "" : " If-Match #" + ifMatch,
            key == null ? "" : " key " + key);
  }
}
