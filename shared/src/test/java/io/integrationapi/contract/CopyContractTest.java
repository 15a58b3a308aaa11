package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.integration.ConnectorRegistered;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.testing.EveryStore;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which state of its source, and of its connector, a {@code copy} is kept for. */
@EveryStore
class CopyContractTest {
  private final Ports ports = new Ports();
  private final Integration source =
      ports.anIntegration().managed().configured("{\"a\":1.0}").keep();

  @Test
  void copy_of_the_state_that_there_is_is_kept_and_leaves_its_source() {
    Integration copy =
        ports
            .anIntegration()
            .copyOf(source)
            .managed()
            .configured("{\"a\":1.0}")
            .published(Mode.INSTALL, "1", "[]")
            .make();

    assertEquals(outcome(new Outcome.Done(copy)), copy(source, copy, Precondition.NONE));

    ports.assertKept(copy);
    ports.assertKept(source);
    assertEquals(Optional.of(copy), ports.integrations.find(ports.asConnector, copy.id()));
  }

  @Test
  void copy_of_a_state_that_is_past_hears_the_one_that_there_is() {
    Integration now = Ports.done(ports.aChangeOf(source).configured("{}").as(ports.asAlice));

    assertRefused(new CopyResult.SourceChanged(now), Precondition.NONE);
    assertRefused(
        new CopyResult.SourceChanged(now),
        new Precondition(new Tags.OneOf(Set.of(now.revision())), new Tags.Absent()));
    Integration copy = ports.anIntegration().copyOf(now).managed().make();
    assertEquals(outcome(new Outcome.Done(copy)), copy(now, copy, Precondition.NONE));
  }

  @Test
  void copy_of_a_past_state_that_the_caller_asked_for_is_stale() {
    Ports.done(ports.aChangeOf(source).as(ports.asAlice));

    assertRefused(
        outcome(new Outcome.Stale()),
        new Precondition(new Tags.OneOf(Set.of(source.revision())), new Tags.Absent()));
  }

  @Test
  void copy_of_what_is_gone_is_missing() {
    ports.integrations.delete(ports.asAlice, source.id(), Precondition.NONE, ports.authorship());

    assertRefused(outcome(new Outcome.Missing()), Precondition.NONE);
    assertEquals(Optional.empty(), ports.find(source));
  }

  @Test
  void copy_of_what_is_in_an_update_is_locked_whatever_else_is_against_it() {
    ports.integrations.beginUpdate(ports.connector, source.id(), ports::authorship);
    CopyResult locked = outcome(new Outcome.Locked(new Lock(ports.now(), ports.connector)));

    assertRefused(locked, Precondition.NONE);
    assertRefused(locked, new Precondition(new Tags.OneOf(Set.of()), new Tags.Absent()));
  }

  @Test
  void copy_of_a_locked_state_that_is_still_so_is_locked() {
    Integration given = ports.anIntegration().locked().keep();
    Integration copy = ports.anIntegration().copyOf(given).make();

    assertEquals(
        outcome(new Outcome.Locked(new Lock(ports.now(), null))),
        copy(given, copy, Precondition.NONE));
    assertEquals(Optional.empty(), ports.find(copy));
  }

  @Test
  void copy_that_no_connector_publishes_is_refused_once_its_connector_is_registered() {
    Integration given = ports.anIntegration().withConnector().keep();
    Integration before = ports.anIntegration().copyOf(given).make();
    assertEquals(outcome(new Outcome.Done(before)), copy(given, before, Precondition.NONE));

    ports.register();

    Integration unmanaged = ports.anIntegration().copyOf(given).make();
    assertEquals(new ConnectorRegistered(), copy(given, unmanaged, Precondition.NONE));
    assertEquals(Optional.empty(), ports.find(unmanaged));
    Integration managed = ports.anIntegration().copyOf(given).managed().make();
    assertEquals(outcome(new Outcome.Done(managed)), copy(given, managed, Precondition.NONE));
    ports.assertKept(managed);
  }

  private void assertRefused(CopyResult expected, Precondition precondition) {
    Optional<Integration> before = ports.find(source);
    Integration copy = ports.anIntegration().copyOf(source).managed().make();

    assertEquals(expected, copy(source, copy, precondition));

    assertEquals(Optional.empty(), ports.find(copy));
    assertEquals(before, ports.find(source));
  }

  private CopyResult copy(Integration from, Integration copy, Precondition precondition) {
    return ports.integrations.copy(new Copy(from, copy, precondition), null);
  }

  private static CopyResult outcome(Outcome outcome) {
    return outcome;
  }
}
