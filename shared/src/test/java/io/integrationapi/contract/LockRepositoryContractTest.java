package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.LockRepository.LockStatistics;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link io.integrationapi.domain.integration.LockRepository} sees and ends. */
@EveryStore
class LockRepositoryContractTest {
  private final Ports ports = new Ports();

  @Test
  void integration_is_found_whoever_it_belongs_to() {
    Integration own = ports.anIntegration().keep();
    Integration managed = ports.anIntegration().withConnector().managed().keep();

    assertEquals(Optional.of(own), ports.locks.find(own.id()));
    assertEquals(Optional.of(managed), ports.locks.find(managed.id()));
    assertEquals(Optional.empty(), ports.locks.find(ports.nextId()));
  }

  @Test
  void lock_that_was_seen_is_ended() {
    Integration locked = locked();
    ports.pass(Duration.ofSeconds(5));

    assertTrue(ports.locks.end(locked, ports.authorship()));

    Integration now = ports.find(locked).orElseThrow();
    assertEquals(Optional.empty(), now.lock());
    assertEquals(false, now.publisherMembers().updateInProgress());
    assertEquals(ports.now(), now.lastModified());
    assertFalse(ports.locks.end(locked, ports.authorship()));
  }

  @Test
  void lock_that_began_since_stays() {
    Integration seen = locked();
    ports.pass(Duration.ofSeconds(5));
    ports.locks.end(seen, ports.authorship());
    begin(seen);

    assertFalse(ports.locks.end(seen, ports.authorship()));
    assertTrue(ports.find(seen).orElseThrow().lock().isPresent());
  }

  @Test
  void census_knows_what_is_locked_and_since_when_the_oldest_is() {
    // All tests share a table, and no other one has locks as old as these.
    LockStatistics before = ports.locks.statistics();
    ports.pass(Duration.ofDays(-3650));
    Instant oldest = ports.now();
    Integration first = locked();
    ports.pass(Duration.ofSeconds(5));
    locked();
    ports.anIntegration().keep();

    assertEquals(new LockStatistics(before.locks() + 2, oldest), ports.locks.statistics());

    ports.locks.end(first, ports.authorship());
    assertEquals(new LockStatistics(before.locks() + 1, ports.now()), ports.locks.statistics());
  }

  private Integration locked() {
    Integration given = ports.anIntegration().withConnector().managed().keep();
    begin(given);
    return ports.find(given).orElseThrow();
  }

  private void begin(Integration given) {
    UpdateStart start =
        ports.integrations.beginUpdate(ports.connector, given.id(), ports::authorship);
    assertEquals(UpdateStart.STARTED, start);
  }
}
