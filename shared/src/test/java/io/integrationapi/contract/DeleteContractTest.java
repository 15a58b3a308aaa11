package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code delete} removes, and which states refuse it. */
@EveryStore
class DeleteContractTest {
  private final Ports ports = new Ports();

  @Test
  void deleted_integration_is_nowhere_and_the_others_stay() {
    Integration given = ports.anIntegration().managed().keep();
    Integration other = ports.anIntegration().managed().keep();

    assertEquals(new Outcome.Gone(), delete(ports.asAlice, given));

    assertEquals(Optional.empty(), ports.find(given));
    assertEquals(Optional.empty(), ports.integrations.find(ports.asConnector, given.id()));
    assertEquals(List.of(other), ports.list(ports.asAlice));
    assertEquals(List.of(other), ports.list(ports.asConnector));
    assertEquals(1, ports.installBase().size());
  }

  @Test
  void connector_deletes_what_carries_its_id() {
    Integration given = ports.anIntegration().managed().keep();

    assertEquals(new Outcome.Gone(), delete(ports.asConnector, given));
    assertEquals(Optional.empty(), ports.find(given));
  }

  @Test
  void integration_that_the_principal_does_not_reach_is_missing() {
    Integration given = ports.anIntegration().managed().keep();
    Integration never = ports.anIntegration().make();

    assertEquals(new Outcome.Missing(), delete(ports.asBob, given));
    assertEquals(new Outcome.Missing(), delete(ports.asOtherConnector, given));
    assertEquals(new Outcome.Missing(), delete(ports.asAlice, never));
    assertEquals(new Outcome.Missing(), delete(ports.asConnector, never));
    ports.assertKept(given);
  }

  @Test
  void second_time_is_missing() {
    Integration given = ports.anIntegration().keep();
    delete(ports.asAlice, given);

    assertEquals(new Outcome.Missing(), delete(ports.asAlice, given));
  }

  @Test
  void integration_in_an_update_is_locked_for_everybody() {
    Integration given = ports.anIntegration().managed().locked().keep();
    Outcome locked = new Outcome.Locked(new Lock(ports.now(), ports.connector));
    ports.pass(Duration.ofMinutes(1));

    assertEquals(locked, delete(ports.asAlice, given));
    assertEquals(locked, delete(ports.asConnector, given));
    ports.assertKept(given);
  }

  @Test
  void precondition_counts_only_where_the_integration_would_be_deleted_without_it() {
    Integration given = ports.anIntegration().locked().keep();
    Precondition unmet = new Precondition(new Tags.OneOf(Set.of()), new Tags.Absent());

    assertEquals(
        new Outcome.Locked(new Lock(ports.now(), null)),
        ports.integrations.delete(ports.asAlice, given.id(), unmet, ports.authorship()));
    assertEquals(
        new Outcome.Missing(),
        ports.integrations.delete(ports.asAlice, ports.nextId(), unmet, ports.authorship()));
  }

  private Outcome delete(Principal principal, Integration integration) {
    return ports.integrations.delete(
        principal, integration.id(), Precondition.NONE, ports.authorship());
  }
}
