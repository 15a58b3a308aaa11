package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an update begins, and what that leaves in the integration. */
@EveryStore
class BeginUpdateContractTest {
  private final Ports ports = new Ports();
  private final Integration given =
      ports
          .anIntegration()
          .managed()
          .labels("Given", "description", "readme")
          .configured("{\"a\":1.0}")
          .published(Mode.SETTINGS, "1", "[]")
          .keep();

  @Test
  void update_that_begins_sets_the_lock_and_nothing_else() {
    ports.pass(Duration.ofHours(1));
    Revision revision = ports.nextRevision();

    assertEquals(UpdateStart.STARTED, begin(ports.connector, given.id(), revision));

    ports.assertKept(
        new Integration(
            given.id(),
            given.account(),
            given.createdAt(),
            null,
            given.connectorId(),
            true,
            given.labels(),
            given.configuration(),
            PublisherMembers.of(Mode.SETTINGS, "1", true, given.publisherMembers().install()),
            ports.now(),
            ports.authorship().as(revision)));
  }

  @Test
  void second_update_does_not_begin_and_leaves_the_first() {
    Instant first = ports.now();
    begin(ports.connector, given.id(), ports.nextRevision());
    Integration begun = ports.find(given).orElseThrow();
    ports.pass(Duration.ofMinutes(1));

    assertEquals(
        UpdateStart.ALREADY_IN_PROGRESS, begin(ports.connector, given.id(), ports.nextRevision()));

    assertEquals(Optional.of(new Lock(first, ports.connector)), begun.lock());
    ports.assertKept(begun);
  }

  @Test
  void update_that_has_ended_can_begin_again() {
    begin(ports.connector, given.id(), ports.nextRevision());
    Ports.done(
        ports
            .aChangeOf(given)
            .published(PublisherMembers.of(null, null, false, null))
            .underLock()
            .as(ports.asConnector));

    assertEquals(UpdateStart.STARTED, begin(ports.connector, given.id(), ports.nextRevision()));
  }

  @Test
  void integration_that_is_not_the_connectors_is_not_found() {
    Integration without = ports.anIntegration().keep();
    Integration gone = ports.anIntegration().managed().keep();
    ports.integrations.delete(ports.asAlice, gone.id(), Precondition.NONE, ports.authorship());
    ConnectorId other = new ConnectorId(ports.nextId().value());

    assertNotFound(other, given.id());
    assertNotFound(ports.connector, without.id());
    assertNotFound(ports.connector, gone.id());
    assertNotFound(ports.connector, ports.nextId());
    ports.assertKept(given);
    ports.assertKept(without);
    assertEquals(Optional.empty(), ports.find(gone));
  }

  /** It has to be found first, which may take seconds; a revision tells when it was written. */
  @Test
  void revision_is_not_made_before_it_is_needed() {
    assertEquals(
        UpdateStart.NOT_FOUND,
        ports.integrations.beginUpdate(
            ports.connector, ports.nextId(), () -> fail("nothing is written")));
  }

  private void assertNotFound(ConnectorId connector, IntegrationId id) {
    assertEquals(UpdateStart.NOT_FOUND, begin(connector, id, ports.nextRevision()));
  }

  private UpdateStart begin(ConnectorId connector, IntegrationId id, Revision revision) {
    return ports.integrations.beginUpdate(connector, id, () -> ports.authorship().as(revision));
  }
}
