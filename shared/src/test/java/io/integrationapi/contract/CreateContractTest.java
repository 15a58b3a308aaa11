package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept by {@code create}, and who finds it. */
@EveryStore
class CreateContractTest {
  private final Ports ports = new Ports();

  @Test
  void integration_is_found_as_it_was_made() {
    Integration given =
        ports
            .anIntegration()
            .managed()
            .labels("Ünïcode 🦉", "", "a\u0000b")
            .configured(
                """
                {"settings":{"b":1.0,"a":1e-200,"":null,"deep":[{"z":[],"y":{}}]},\
                "z":1234567890123456789012345678901234567890,"a":"","_x":[1,1.0,1.00]}\
                """)
            .published(Mode.SETTINGS, "1.0", "[{\"name\":\"One\",\"completed\":true,\"n\":1.50}]")
            .locked()
            .make();

    assertEquals(new Outcome.Done(given), ports.integrations.create(given, null));

    ports.assertKept(given);
  }

  @Test
  void integration_that_has_only_what_is_required_is_found_so() {
    Integration given = ports.anIntegration().make();

    assertEquals(new Outcome.Done(given), ports.integrations.create(given, null));

    ports.assertKept(given);
  }

  @Test
  void copy_is_kept_with_its_source() {
    Integration source = ports.anIntegration().keep();

    ports.assertKept(ports.anIntegration().copyOf(source).keep());
  }

  @Test
  void integration_of_another_account_is_not_there() {
    Integration given = ports.anIntegration().keep();

    assertEquals(Optional.of(given), ports.integrations.find(ports.asAlice, given.id()));
    assertEquals(Optional.empty(), ports.integrations.find(ports.asBob, given.id()));
    assertEquals(Optional.empty(), ports.integrations.find(ports.asConnector, given.id()));
  }

  @Test
  void connector_finds_what_carries_its_id_in_any_account_and_whoever_publishes_it() {
    Integration alices = ports.anIntegration().managed().keep();
    Integration bobs = ports.anIntegration().of(ports.bob).withConnector().keep();

    for (Integration given : new Integration[] {alices, bobs}) {
      assertEquals(Optional.of(given), ports.integrations.find(ports.asConnector, given.id()));
      assertEquals(Optional.empty(), ports.integrations.find(ports.asOtherConnector, given.id()));
    }
  }

  @Test
  void connector_does_not_reach_what_stands_beside_its_own_in_an_account() {
    ports.anIntegration().managed().keep();
    ports.pass(Duration.ofSeconds(1));
    Integration foreign = ports.anIntegration().keep();
    ports.pass(Duration.ofSeconds(1));
    ports.anIntegration().managed().keep();

    assertEquals(Optional.empty(), ports.integrations.find(ports.asConnector, foreign.id()));
  }

  @Test
  void unknown_id_is_not_there() {
    assertEquals(Optional.empty(), ports.integrations.find(ports.asAlice, ports.nextId()));
    assertEquals(Optional.empty(), ports.integrations.find(ports.asConnector, ports.nextId()));
  }

  @Test
  void id_that_is_taken_is_a_fault_of_the_program_and_replaces_nothing() {
    Integration given = ports.anIntegration().keep();
    Integration now = Ports.done(ports.aChangeOf(given).as(ports.asAlice));

    assertThrows(IllegalStateException.class, () -> ports.integrations.create(given, null));

    ports.assertKept(now);
  }
}
