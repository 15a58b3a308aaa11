package io.integrationapi.proof;

import io.integrationapi.proof.Call.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One integration in the sequential model: document, version, lock, deletion.
 *
 * @param life whether it is not made yet, there, or deleted
 * @param writer the number of the call that wrote it last, which is what its ETag names
 * @param content of its document; null unless it is there
 */
record State(Life life, int writer, @Nullable Content content) {
  static final State INITIAL = new State(Life.NOT_YET, -1, null);

  /** Where it stands between its making and its deletion. */
  enum Life {
    NOT_YET,
    THERE,
    GONE
  }

  /** Why the contract refuses a call. */
  enum Refusal {
    MISSING,
    LOCKED,
    STALE,
    TEST_NOT_MET
  }

  boolean isThere() {
    return life == Life.THERE;
  }

  boolean is(int version, Content other) {
    return isThere() && writer == version && other.equals(content);
  }

  @Nullable State created(int by, Content as) {
    return life == Life.NOT_YET ? new State(Life.THERE, by, as) : null;
  }

  /** The state behind a write that the contract lets through; null if it refuses it. */
  @Nullable State written(Call call) {
    if (content == null || !refusals(call).isEmpty()) {
      return null;
    }
    if (call.kind() == Kind.DELETE) {
      return new State(Life.GONE, call.number(), null);
    }
    Content after = after(call, content);
    return after.equals(content) ? this : new State(Life.THERE, call.number(), after);
  }

  /** All reasons for which the contract may refuse it. */
  Set<Refusal> refusals(Call call) {
    EnumSet<Refusal> refusals = EnumSet.noneOf(Refusal.class);
    if (content == null) {
      refusals.add(Refusal.MISSING);
      return refusals;
    }
    if (call.ifMatch() != null && call.ifMatch() != writer) {
      refusals.add(Refusal.STALE);
    }
    boolean writesFreely =
        call.kind() == Kind.BEGIN
            || call.kind() == Kind.BREAK
            || (call.byConnector() && call.isChange());
    if (content.isLocked()
        && !writesFreely
        && (!call.isChange() || !after(call, content).sameConfiguration(content))) {
      refusals.add(Refusal.LOCKED);
    }
    if (call.test() != null && !call.test().equals(content.name())) {
      refusals.add(Refusal.TEST_NOT_MET);
    }
    return refusals;
  }

  private static Content after(Call call, Content before) {
    Content sent = call.content();
    return switch (call.kind()) {
      case BEGIN -> before.locked(true);
      case BREAK -> before.locked(false);
      case PUT -> {
        boolean publishes = call.publishes();
        Boolean lock =
            (publishes && sent.updateInProgress() != null)
                ? sent.updateInProgress()
                : before.updateInProgress();
        yield new Content(
            sent.name(),
            sent.settings(),
            sent.other(),
            publishes ? sent.version() : before.version(),
            lock);
      }
      case PATCH ->
          new Content(
              sent.name().isEmpty() ? before.name() : sent.name(),
              sent.settings() == null ? before.settings() : sent.settings(),
              sent.other() == null ? before.other() : sent.other(),
              sent.version() == null ? before.version() : sent.version(),
              sent.updateInProgress() == null
                  ? before.updateInProgress()
                  : sent.updateInProgress());
      default -> before;
    };
  }
}
