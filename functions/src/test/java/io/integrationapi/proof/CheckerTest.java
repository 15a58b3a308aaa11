package io.integrationapi.proof;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.proof.Call.Kind;
import io.integrationapi.proof.Call.Who;
import io.integrationapi.proof.Linearizability.Step;
import io.integrationapi.proof.State.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker itself, on histories of which is known whether some order explains them. */
class CheckerTest {
  private static final Content MADE = new Content("n0", "s0", null, null, null);

  @Test
  void calls_one_after_the_other_are_explained() {
    assertTrue(
        holds(
            made(),
            put(1, 2, 3, "s1"),
            read(4, 5, 1, "s1"),
            put(2, 6, 7, "s2"),
            read(8, 9, 2, "s2")));
  }

  @Test
  void read_of_what_was_overwritten_before_is_not_explained() {
    assertFalse(holds(made(), put(1, 2, 3, "s1"), put(2, 4, 5, "s2"), read(6, 7, 1, "s1")));
  }

  @Test
  void reads_beside_a_write_see_it_or_do_not() {
    assertTrue(holds(made(), put(1, 2, 9, "s1"), read(3, 4, 0, "s0"), read(5, 6, 1, "s1")));
    assertFalse(holds(made(), put(1, 2, 9, "s1"), read(3, 4, 1, "s1"), read(5, 6, 0, "s0")));
  }

  @Test
  void write_of_which_nobody_knows_happens_late_or_never_but_once() {
    assertTrue(holds(made(), open(put(1), 2), read(90, 91, 0, "s0"), read(92, 93, 1, "s1")));
    assertTrue(holds(made(), open(put(1), 2), read(90, 91, 0, "s0")));
    assertFalse(
        holds(
            made(), open(put(1), 2), read(3, 4, 1, "s1"), put(2, 5, 6, "s2"), read(7, 8, 1, "s1")));
    assertFalse(holds(made(), read(1, 1, 1, "s1"), open(put(1), 2)));
  }

  @Test
  void lost_update_is_not_explained() {
    Call first = new Call(1, Who.ACCOUNT, Kind.PUT, "i", true, content("s1"), null, "t", 0, null);
    Call second = new Call(2, Who.ACCOUNT, Kind.PUT, "i", true, content("s2"), null, "t", 0, null);
    assertFalse(holds(made(), write(first, 2, 5), write(second, 3, 6)));
    assertTrue(holds(made(), write(first, 2, 5), refused(second, 3, 6, Refusal.STALE)));
  }

  @Test
  void settings_do_not_change_under_the_lock() {
    assertTrue(holds(made(), begin(1, 2, 3), refused(put(2), 4, 5, Refusal.LOCKED)));
    assertFalse(holds(made(), begin(1, 2, 3), put(2, 4, 5, "s2")));
    assertTrue(holds(made(), begin(1, 2, 5), put(2, 3, 4, "s2")));
    assertFalse(holds(made(), refused(put(2), 4, 5, Refusal.LOCKED)));
  }

  /** The schedule of docs/adr/0002: refused for the lock, the lock ends, and it happens. */
  @Test
  void refused_write_that_happens_later_is_not_explained() {
    Call end =
        new Call(
            3,
            Who.CONNECTOR,
            Kind.PUT,
            "i",
            true,
            new Content("n0", "s3", null, null, false),
            null,
            null,
            null,
            null);
    assertFalse(
        holds(
            made(),
            begin(1, 2, 3),
            refused(put(2), 4, 5, Refusal.LOCKED),
            write(end, 6, 7),
            read(8, 9, 2, "s2")));
  }

  @Test
  void deleted_integration_stays_deleted() {
    Call delete =
        new Call(1, Who.ACCOUNT, Kind.DELETE, "i", true, Call.NOTHING, null, null, null, null);
    assertTrue(holds(made(), write(delete, 2, 3), missing(4, 5)));
    assertTrue(holds(made(), open(delete, 2), read(3, 4, 0, "s0"), missing(90, 91)));
    assertFalse(holds(made(), write(delete, 2, 3), read(4, 5, 0, "s0")));
    assertFalse(holds(made(), open(delete, 2), missing(3, 4), read(5, 6, 0, "s0")));
  }

  @Test
  void equal_write_leaves_the_version() {
    Call equal = new Call(1, Who.ACCOUNT, Kind.PUT, "i", true, MADE, null, null, null, null);
    assertTrue(holds(made(), write(equal, 2, 3), read(4, 5, 0, "s0")));
    assertFalse(holds(made(), write(equal, 2, 3), read(4, 5, 1, "s0")));
  }

  /** They are only read. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  private static boolean holds(Step<State>... steps) {
    return Linearizability.holds(List.of(steps), State.INITIAL);
  }

  private static Content content(String settings) {
    return new Content("n0", settings, null, null, null);
  }

  private static Step<State> made() {
    return Step.done(0, 1, state -> state.created(0, MADE), "made");
  }

  private static Call put(int number) {
    return new Call(
        number, Who.ACCOUNT, Kind.PUT, "i", true, content("s" + number), null, null, null, null);
  }

  private static Step<State> put(int number, long start, long end, String settings) {
    Call call =
        new Call(
            number, Who.ACCOUNT, Kind.PUT, "i", true, content(settings), null, null, null, null);
    return write(call, start, end);
  }

  private static Step<State> begin(int number, long start, long end) {
    Call call =
        new Call(
            number, Who.CONNECTOR, Kind.BEGIN, "i", true, Call.NOTHING, null, null, null, null);
    return write(call, start, end);
  }

  private static Step<State> write(Call call, long start, long end) {
    return Step.done(start, end, state -> state.written(call), call.toString());
  }

  private static Step<State> open(Call call, long start) {
    return Step.open(start, state -> state.written(call), call.toString());
  }

  private static Step<State> refused(Call call, long start, long end, Refusal why) {
    return Step.done(
        start, end, state -> keep(state, state.refusals(call).contains(why)), call.toString());
  }

  private static Step<State> read(long start, long end, int writer, String settings) {
    return Step.done(
        start,
        end,
        state ->
            keep(
                state,
                state.isThere()
                    && state.writer() == writer
                    && state.content() != null
                    && settings.equals(state.content().settings())),
        "read");
  }

  private static Step<State> missing(long start, long end) {
    return Step.done(start, end, state -> keep(state, !state.isThere()), "missing");
  }

  private static @Nullable State keep(State state, boolean holds) {
    return holds ? state : null;
  }
}
