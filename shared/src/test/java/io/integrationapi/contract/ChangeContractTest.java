package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@code change} that is carried out sets, erases and leaves alone. */
@EveryStore
class ChangeContractTest {
  private static final String STEPS = "[{\"name\":\"One\",\"completed\":false}]";

  private final Ports ports = new Ports();
  private final Integration own =
      ports
          .anIntegration()
          .labels("Own", "to be erased", "to be erased")
          .configured("{\"settings\":{\"a\":1},\"other\":true}")
          .published(Mode.SETTINGS, "1", STEPS)
          .keep();
  private final Integration managed =
      ports.anIntegration().managed().published(Mode.INSTALL, "1", STEPS).keep();

  @Test
  void change_sets_what_it_has_and_erases_what_it_has_not() {
    Integration changed =
        Ports.done(
            ports.aChangeOf(own).configured("{\"settings\":{\"b\":2.00}}").as(ports.asAlice));

    assertEquals(new Labels("Changed", null, null), changed.labels());
    assertEquals(
        IntegrationMaker.configuration("{\"settings\":{\"b\":2.00}}"), changed.configuration());
    ports.assertKept(changed);
  }

  @Test
  void change_has_its_time_and_its_revision_and_leaves_what_is_for_life() {
    ports.pass(Duration.ofHours(1));
    Change change = ports.aChangeOf(managed).make();

    Integration changed = Ports.done(ports.integrations.change(ports.asAlice, change));

    assertEquals(ports.now(), changed.lastModified());
    assertEquals(change.authorship(), changed.lastWrite());
    assertNotEquals(managed.revision(), changed.revision());
    assertEquals(managed.createdAt(), changed.createdAt());
    assertEquals(managed.account(), changed.account());
    assertEquals(managed.connectorId(), changed.connectorId());
    assertEquals(managed.managed(), changed.managed());
    ports.assertKept(changed);
  }

  @Test
  void change_that_says_nothing_of_the_publication_leaves_it() {
    Integration changed = Ports.done(ports.aChangeOf(managed).as(ports.asAlice));

    assertEquals(managed.publisherMembers(), changed.publisherMembers());
    ports.assertKept(changed);
  }

  @Test
  void change_of_the_publication_sets_all_of_it() {
    PublisherMembers next =
        PublisherMembers.of(Mode.UNINSTALL, "2", false, IntegrationMaker.steps("[{\"n\":1.0}]"));

    Integration changed =
        Ports.done(ports.aChangeOf(managed).published(next).underLock().as(ports.asConnector));

    assertEquals(next, changed.publisherMembers());
    ports.assertKept(changed);
  }

  @Test
  void change_of_the_publication_erases_version_and_install_and_leaves_mode_and_lock() {
    Integration locked =
        ports.anIntegration().managed().published(Mode.SETTINGS, "1", STEPS).locked().keep();

    Integration changed =
        Ports.done(
            ports
                .aChangeOf(locked)
                .published(PublisherMembers.NONE)
                .underLock()
                .as(ports.asConnector));

    assertEquals(PublisherMembers.of(Mode.SETTINGS, null, true, null), changed.publisherMembers());
    assertEquals(locked.lock(), changed.lock());
    ports.assertKept(changed);
  }

  @Test
  void lock_begins_with_the_change_that_sets_it_lasts_and_ends_with_the_one_that_says_false() {
    Instant begin = ports.now();
    assertEquals(since(begin), publish(true).lock());

    ports.pass(Duration.ofMinutes(1));
    assertEquals(since(begin), publish(true).lock());
    assertEquals(since(begin), publish(null).lock());

    Integration ended = publish(false);
    assertEquals(Optional.empty(), ended.lock());
    assertNull(ended.lockedSince());
    ports.assertKept(ended);

    assertEquals(since(ports.now()), publish(true).lock());
  }

  @Test
  void change_that_names_the_connector_that_there_is_is_carried_out() {
    ports.assertKept(
        Ports.done(ports.aChangeOf(managed).connector(ports.connector).as(ports.asAlice)));
  }

  @Test
  void change_from_the_state_that_there_is_is_carried_out() {
    ports.assertKept(Ports.done(ports.aChangeOf(own).basedOn(own.revision()).as(ports.asAlice)));
  }

  @Test
  void account_and_publisher_write_one_after_the_other_and_keep_each_others_part() {
    Ports.done(
        ports
            .aChangeOf(managed)
            .published(PublisherMembers.of(null, "2", null, null))
            .underLock()
            .as(ports.asConnector));

    Integration changed =
        Ports.done(ports.aChangeOf(managed).configured("{\"mine\":1}").as(ports.asAlice));

    assertEquals("2", changed.publisherMembers().version());
    assertEquals(IntegrationMaker.configuration("{\"mine\":1}"), changed.configuration());
  }

  @Test
  void each_change_answers_what_is_kept() {
    for (int i = 0; i < 20; i++) {
      Outcome outcome =
          Ports.outcome(ports.aChangeOf(own).labels("Number " + i, null, null).as(ports.asAlice));
      ports.assertKept(Ports.done(outcome));
    }
  }

  private Optional<Lock> since(Instant begin) {
    return Optional.of(new Lock(begin, ports.connector));
  }

  private Integration publish(@Nullable Boolean updateInProgress) {
    return Ports.done(
        ports
            .aChangeOf(managed)
            .published(PublisherMembers.of(null, null, updateInProgress, null))
            .underLock()
            .as(ports.asConnector));
  }
}
