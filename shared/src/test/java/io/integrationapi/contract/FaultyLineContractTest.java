package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the ports promise when the line to the store fails, for a moment or altogether. */
@EveryStore
class FaultyLineContractTest {
  private final Ports ports = new Ports();
  private final IdempotencyClaim claim = ports.aClaim("key", "create");
  private final Integration given = ports.anIntegration().managed().keep();

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void create_that_meets_one_fault_is_done_once(Fault fault) {
    Integration integration = ports.anIntegration().make();
    Integration keyed = ports.anIntegration().make();

    meet(fault, 1);
    Integration created = Ports.done(ports.integrations.create(integration, null));
    meet(fault, 1);
    assertEquals(new Outcome.Done(keyed), ports.integrations.create(keyed, claim));

    // An attempt that may still arrive costs the integration its first id.
    assertEquals(integration.withId(created.id()), created);
    ports.assertKept(created);
    assertEquals(3, ports.list(ports.asAlice).size());
    ports.assertKept(keyed);
    assertEquals(Optional.of(new Outcome.Done(keyed)), ports.integrations.findEarlier(claim));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void change_that_meets_one_fault_is_done_once(Fault fault) {
    meet(fault, 1);

    Integration changed =
        Ports.done(
            ports.aChangeOf(given).basedOn(given.revision()).configured("{}").as(ports.asAlice));

    ports.assertKept(changed);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void delete_that_meets_one_fault_is_done_once(Fault fault) {
    meet(fault, 1);

    assertEquals(
        new Outcome.Gone(),
        ports.integrations.delete(
            ports.asAlice, given.id(), Precondition.NONE, ports.authorship()));

    assertEquals(Optional.empty(), ports.find(given));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void copy_that_meets_one_fault_is_done_once(Fault fault) {
    Integration copy = ports.anIntegration().copyOf(given).managed().make();
    meet(fault, 1);

    assertEquals(
        new Outcome.Done(copy),
        ports.integrations.copy(new Copy(given, copy, Precondition.NONE), claim));

    ports.assertKept(copy);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void update_that_meets_one_fault_begins_once(Fault fault) {
    // The first request asks where the integration is.
    meet(fault, 2);

    assertEquals(UpdateStart.STARTED, begin());

    assertEquals(UpdateStart.ALREADY_IN_PROGRESS, begin());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DENIED", "SLOW", "ANSWER_LATE", "NEVER_ANSWERED"},
      mode = Mode.EXCLUDE)
  void lock_whose_end_meets_one_fault_is_ended_once(Fault fault) {
    Integration locked = ports.anIntegration().managed().locked().keep();
    meet(fault, 1);

    assertTrue(end(locked));

    assertEquals(Optional.empty(), ports.find(locked).orElseThrow().lock());
    assertFalse(end(locked));
  }

  @Test
  void nothing_is_known_when_the_store_does_not_answer() {
    ports.line.failWith(_ -> Fault.REFUSED);
    Page.Request page = Ports.all();
    TokenHash hash = TokenHash.of("token");

    assertAll(
        unavailable(() -> ports.integrations.find(ports.asAlice, given.id())),
        unavailable(() -> ports.integrations.find(ports.asConnector, given.id())),
        unavailable(() -> ports.integrations.list(ports.asAlice, page, _ -> true)),
        unavailable(() -> ports.integrations.list(ports.asConnector, page, _ -> true)),
        unavailable(() -> ports.integrations.installBase(ports.connector, page, _ -> true)),
        unavailable(() -> ports.integrations.create(ports.anIntegration().make(), null)),
        unavailable(() -> ports.aChangeOf(given).as(ports.asAlice)),
        unavailable(() ->
            ports.integrations.delete(
                ports.asAlice, given.id(), Precondition.NONE, ports.authorship())),
        unavailable(() -> ports.integrations.copy(copy(), null)),
        unavailable(() -> ports.integrations.findEarlier(claim)),
        unavailable(this::begin),
        unavailable(() -> ports.tokens.find(hash)),
        unavailable(() -> ports.tokens.add(new Token(hash, ports.asAlice, null, null, null))),
        unavailable(() -> ports.tokens.revoke(hash, ports.now())),
        unavailable(() -> ports.register()),
        unavailable(() -> ports.locks.find(given.id())),
        unavailable(() -> end(ports.anIntegration().locked().make())),
        unavailable(ports.locks::statistics),
        unavailable(() -> ports.connectors.isRegistered(ports.connector)));
  }

  @Test
  void write_that_others_are_in_the_way_of_all_the_time_is_contested_and_a_claim_in_progress()
      throws Exception {
    ports.line.failWith(_ -> Fault.CONFLICT);
    Integration never = ports.anIntegration().make();

    together(
        () -> assertEquals(new Outcome.InProgress(), ports.integrations.create(never, claim)),
        () -> assertEquals(contestedCopy(), ports.integrations.copy(copy(), null)),
        () -> assertEquals(new Outcome.Unknown(), ports.aChangeOf(given).as(ports.asAlice)),
        () ->
            assertEquals(
                new Outcome.Unknown(),
                ports.integrations.delete(
                    ports.asAlice, given.id(), Precondition.NONE, ports.authorship())),
        () -> assertEquals(UpdateStart.UNAVAILABLE, begin()),
        () ->
            assertThrows(
                StoreUnavailableException.class, () -> end(ports.anIntegration().locked().make())),
        () -> assertThrows(StoreUnavailableException.class, ports::register));

    ports.line.failWith(_ -> Fault.NONE);
    assertEquals(Optional.empty(), ports.find(never));
    ports.assertKept(given);
  }

  @Test
  void write_is_sent_four_times_at_most() {
    ports.line.failWith(_ -> Fault.REFUSED);
    ports.line.takeOperations();

    assertThrows(StoreUnavailableException.class, () -> ports.aChangeOf(given).as(ports.asAlice));

    assertEquals(Collections.nCopies(4, "UpdateItem"), ports.line.takeOperations());
  }

  @Test
  void conflicts_do_not_use_up_the_attempts_that_may_fail() {
    ports.line.failWith(number -> number <= 5 ? Fault.CONFLICT : Fault.NONE);

    ports.assertKept(Ports.done(ports.aChangeOf(given).as(ports.asAlice)));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT_AT_SECOND", "REFUSAL_AND_CONFLICT"})
  void claim_is_contested_when_others_are_in_the_way_of_another_item_than_its_record(Fault fault)
      throws Exception {
    ports.line.failWith(_ -> fault);

    together(
        () ->
            assertEquals(
                new Outcome.Unknown(),
                ports.integrations.create(ports.anIntegration().make(), claim)),
        () -> assertEquals(contestedCopy(), ports.integrations.copy(copy(), claim)));
  }

  /** What uses up the time for writers that collide, each with five seconds of it. */
  private static void together(Runnable... calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable call : calls) {
        running.add(threads.submit(call));
      }
      for (Future<?> call : running) {
        call.get();
      }
    }
  }

  private static CopyResult contestedCopy() {
    return new Outcome.Unknown();
  }

  private static Executable unavailable(Executable call) {
    return () -> assertThrows(StoreUnavailableException.class, call);
  }

  private void meet(Fault fault, int request) {
    ports.line.failWith(number -> number == request ? fault : Fault.NONE);
  }

  private Copy copy() {
    return new Copy(given, ports.anIntegration().copyOf(given).managed().make(), Precondition.NONE);
  }

  private boolean end(Integration locked) {
    return ports.locks.end(locked, ports.authorship());
  }

  private UpdateStart begin() {
    return ports.integrations.beginUpdate(ports.connector, given.id(), ports::authorship);
  }
}
