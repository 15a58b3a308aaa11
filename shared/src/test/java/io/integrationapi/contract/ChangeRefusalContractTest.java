package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.TooLarge;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.testing.EveryStore;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which states refuse a {@code change}, what each refusal says, and that it leaves no trace. */
@EveryStore
class ChangeRefusalContractTest {
  private final Ports ports = new Ports();
  private final Integration own = ports.anIntegration().configured("{\"a\":1}").keep();
  private final Integration managed =
      ports.anIntegration().managed().configured("{\"a\":1}").keep();
  private final Integration locked =
      ports.anIntegration().managed().configured("{\"a\":1,\"b\":[2]}").locked().keep();

  @Test
  void integration_that_the_principal_does_not_reach_is_missing() {
    Outcome missing = new Outcome.Missing();
    Integration never = ports.anIntegration().make();

    assertRefused(missing, ports.aChangeOf(own).as(ports.asBob), own);
    assertRefused(missing, ports.aChangeOf(own).as(ports.asConnector), own);
    assertRefused(missing, ports.aChangeOf(managed).as(ports.asOtherConnector), managed);
    assertEquals(missing, Ports.outcome(ports.aChangeOf(never).as(ports.asAlice)));
    assertEquals(missing, Ports.outcome(ports.aChangeOf(never).as(ports.asConnector)));
    assertEquals(Optional.empty(), ports.find(never));
  }

  @Test
  void change_of_the_configuration_during_an_update_is_locked_and_hears_since_when_and_whose() {
    assertRefused(
        new Outcome.Locked(new Lock(ports.now(), ports.connector)),
        ports.aChangeOf(locked).configured("{\"a\":1,\"b\":[3]}").as(ports.asAlice),
        locked);
  }

  @Test
  void lock_of_an_integration_without_a_connector_is_nobodys() {
    Integration given = ports.anIntegration().locked().keep();

    assertRefused(
        new Outcome.Locked(new Lock(ports.now(), null)),
        ports.aChangeOf(given).configured("{\"a\":2}").as(ports.asAlice),
        given);
  }

  @Test
  void configuration_that_is_equal_as_json_is_no_change_of_it() {
    ports.assertKept(
        Ports.done(
            ports.aChangeOf(locked).configured("{\"b\":[2.0],\"a\":1e0}").as(ports.asAlice)));
  }

  @Test
  void update_itself_changes_the_configuration() {
    ports.assertKept(
        Ports.done(
            ports
                .aChangeOf(locked)
                .configured("{\"a\":2}")
                .published(PublisherMembers.NONE)
                .underLock()
                .as(ports.asConnector)));
  }

  @Test
  void change_that_ends_the_lock_does_not_change_the_configuration_in_the_same_breath() {
    Integration given = ports.anIntegration().locked().keep();
    PublisherMembers end = PublisherMembers.of(null, null, false, null);

    assertInstanceOf(
        Outcome.Locked.class,
        Ports.outcome(
            ports.aChangeOf(given).configured("{\"a\":2}").published(end).as(ports.asAlice)));
    ports.assertKept(given);

    Ports.done(ports.aChangeOf(given).published(end).as(ports.asAlice));
    Ports.done(ports.aChangeOf(given).configured("{\"a\":2}").as(ports.asAlice));
  }

  @Test
  void another_connector_is_immutable() {
    ConnectorId other = new ConnectorId(ports.nextId().value());

    for (Integration given : new Integration[] {managed, own}) {
      Outcome outcome = Ports.outcome(ports.aChangeOf(given).connector(other).as(ports.asAlice));

      var fault = assertInstanceOf(Outcome.Invalid.class, outcome).faults().getFirst();
      assertEquals(FaultCode.IMMUTABLE_FIELD, fault.code());
      assertEquals("_connectorId", fault.field());
      ports.assertKept(given);
    }
  }

  @Test
  void change_for_another_publisher_is_told_so() {
    assertEquals(
        new ChangeResult.WrongGuess(false, null),
        ports.aChangeOf(own).forManaged(true).as(ports.asAlice));
    ChangeResult other = new ChangeResult.WrongGuess(true, ports.connector);
    assertEquals(other, ports.aChangeOf(managed).forManaged(false).as(ports.asAlice));
    assertEquals(other, ports.aChangeOf(managed).forManaged(false).as(ports.asConnector));
    ports.assertKept(own);
    ports.assertKept(managed);
  }

  @Test
  void change_from_another_state_is_outdated_whatever_else_is_against_it() {
    Integration now = Ports.done(ports.aChangeOf(own).as(ports.asAlice));
    ChangeResult outdated = new ChangeResult.Outdated();

    assertEquals(outdated, ports.aChangeOf(own).basedOn(own.revision()).as(ports.asAlice));
    assertEquals(
        outdated,
        ports
            .aChangeOf(own)
            .basedOn(own.revision())
            .forManaged(true)
            .connector(ports.connector)
            .asking(new Precondition(new Tags.Absent(), new Tags.Any()))
            .as(ports.asAlice));
    ports.assertKept(now);
  }

  @Test
  void both_parts_together_keep_the_limit_of_a_document() {
    String half = "x".repeat(200_000);
    Integration large =
        ports
            .anIntegration()
            .managed()
            .published(Mode.SETTINGS, "1", "[{\"name\":\"" + half + "\"}]")
            .keep();

    assertRefused(
        TooLarge.REFUSAL,
        ports.aChangeOf(large).configured("{\"a\":\"" + half + "\"}").as(ports.asAlice),
        large);
    ports.assertKept(
        Ports.done(
            ports
                .aChangeOf(large)
                .configured("{\"a\":\"" + half.substring(60_000) + "\"}")
                .as(ports.asAlice)));
  }

  @Test
  void precondition_counts_only_where_the_change_would_be_carried_out_without_it() {
    assertInstanceOf(
        Outcome.Locked.class,
        Ports.outcome(
            ports
                .aChangeOf(locked)
                .configured("{}")
                .asking(new Precondition(new Tags.OneOf(Set.of()), new Tags.Absent()))
                .as(ports.asAlice)));
  }

  @Test
  void change_that_the_lock_lets_through_is_refused_for_what_else_is_against_it() {
    Precondition unmet = new Precondition(new Tags.OneOf(Set.of()), new Tags.Absent());

    assertRefused(
        new Outcome.Stale(), ports.aChangeOf(locked).asking(unmet).as(ports.asAlice), locked);
    assertRefused(
        new Outcome.Stale(),
        ports.aChangeOf(locked).configured("{}").underLock().asking(unmet).as(ports.asConnector),
        locked);
  }

  @Test
  void refused_change_can_be_made_anew() {
    assertInstanceOf(
        ChangeResult.WrongGuess.class,
        ports.aChangeOf(managed).forManaged(false).as(ports.asAlice));

    ports.assertKept(Ports.done(ports.aChangeOf(managed).as(ports.asAlice)));
  }

  private void assertRefused(Outcome expected, ChangeResult result, Integration left) {
    assertEquals(expected, result);
    ports.assertKept(left);
  }
}
