package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a claim makes of a request that arrives again, of {@code create} as of {@code copy}. */
@EveryStore
class IdempotencyContractTest {
  private final Ports ports = new Ports();
  private final IdempotencyClaim claim = ports.aClaim("key", "create");

  @Test
  void same_request_is_answered_as_the_first_one_and_keeps_nothing() {
    Integration first = create(ports.anIntegration().configured("{\"a\":1.0}").make(), claim);
    Integration again = ports.anIntegration().configured("{\"a\":1.0}").make();

    assertEquals(new Outcome.Done(first), ports.integrations.create(again, claim));

    ports.assertKept(first);
    assertEquals(Optional.empty(), ports.find(again));
  }

  @Test
  void answer_stays_the_first_one_when_the_integration_is_changed_or_gone() {
    Integration first = create(ports.anIntegration().make(), claim);
    Ports.done(ports.aChangeOf(first).as(ports.asAlice));

    assertEquals(new Outcome.Done(first), again(claim));
    ports.integrations.delete(ports.asAlice, first.id(), Precondition.NONE, ports.authorship());

    assertEquals(new Outcome.Done(first), again(claim));
    assertEquals(Optional.of(new Outcome.Done(first)), ports.integrations.findEarlier(claim));
  }

  @Test
  void another_request_under_the_key_is_invalid_and_keeps_nothing() {
    create(ports.anIntegration().make(), claim);
    IdempotencyClaim other = ports.aClaim("key", "something else");
    Integration never = ports.anIntegration().make();

    assertReused(assertInstanceOf(Outcome.class, ports.integrations.create(never, other)));
    assertReused(ports.integrations.findEarlier(other).orElseThrow());

    assertEquals(Optional.empty(), ports.find(never));
  }

  @Test
  void request_under_another_key_is_another() {
    Integration first = create(ports.anIntegration().make(), claim);
    Integration second = create(ports.anIntegration().make(), ports.aClaim("Key", "create"));

    ports.assertKept(first);
    ports.assertKept(second);
  }

  @Test
  void key_belongs_to_its_caller() {
    create(ports.anIntegration().make(), claim);
    // Accounts and connectors of one id are not one caller either.
    ConnectorId id = ports.connector;
    Principal asConnector = new Principal.Connector(id, Scope.FULL);
    Principal asNamesake = new Principal.Account(new AccountId(id.value()), Scope.FULL);
    create(ports.anIntegration().managed().make(), as(asConnector));

    assertEquals(Optional.empty(), ports.integrations.findEarlier(as(ports.asBob)));
    assertEquals(Optional.empty(), ports.integrations.findEarlier(as(asNamesake)));
  }

  @Test
  void caller_and_key_do_not_run_into_one_another() {
    Principal shorter = new Principal.Account(ports.alice, Scope.FULL);
    Principal longer = new Principal.Account(new AccountId(ports.alice + "1"), Scope.FULL);
    create(ports.anIntegration().make(), as(shorter, "1key"));

    assertEquals(Optional.empty(), ports.integrations.findEarlier(as(longer, "key")));
  }

  @Test
  void claim_that_was_never_used_has_no_earlier_outcome() {
    assertEquals(Optional.empty(), ports.integrations.findEarlier(claim));
  }

  @Test
  void key_is_held_to_the_end_of_its_time_and_free_from_then_on() {
    Integration first = create(ports.anIntegration().make(), claim);

    ports.pass(IdempotencyClaim.LIFETIME.minus(Duration.ofSeconds(1)));
    assertEquals(new Outcome.Done(first), again(claim));

    ports.pass(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), ports.integrations.findEarlier(claim));
    IdempotencyClaim other = ports.aClaim("key", "something else");
    Integration second = create(ports.anIntegration().make(), other);

    assertEquals(new Outcome.Done(second), again(other));
    assertReused(again(claim));
    ports.assertKept(first);
  }

  @Test
  void copy_is_answered_as_the_first_one_whatever_has_become_of_its_source() {
    Integration source = ports.anIntegration().keep();
    Integration first = ports.anIntegration().copyOf(source).make();
    CopyResult done = new Outcome.Done(first);
    assertEquals(done, copy(source, first));

    Ports.done(
        ports
            .aChangeOf(source)
            .published(PublisherMembers.of(null, null, true, null))
            .as(ports.asAlice));
    assertEquals(done, copy(source, ports.anIntegration().copyOf(source).make()));
    Ports.done(
        ports
            .aChangeOf(source)
            .published(PublisherMembers.of(null, null, false, null))
            .as(ports.asAlice));
    ports.integrations.delete(ports.asAlice, source.id(), Precondition.NONE, ports.authorship());
    assertEquals(done, copy(source, ports.anIntegration().copyOf(source).make()));
  }

  @Test
  void copy_that_was_refused_leaves_its_key_free() {
    Integration source = ports.anIntegration().locked().keep();
    Integration copy = ports.anIntegration().copyOf(source).make();

    CopyResult refused = copy(source, copy);

    assertInstanceOf(Outcome.Locked.class, refused);
    assertEquals(Optional.empty(), ports.integrations.findEarlier(claim));
    create(ports.anIntegration().make(), claim);
  }

  @Test
  void key_may_be_long_and_of_any_characters() {
    IdempotencyClaim odd = ports.aClaim("\u0000#🦉".repeat(50) + "x".repeat(50), "create");
    Integration first = create(ports.anIntegration().make(), odd);

    assertEquals(new Outcome.Done(first), again(odd));
  }

  private Integration create(Integration integration, IdempotencyClaim claim) {
    assertEquals(new Outcome.Done(integration), ports.integrations.create(integration, claim));
    return integration;
  }

  private Outcome again(IdempotencyClaim claim) {
    return assertInstanceOf(
        Outcome.class, ports.integrations.create(ports.anIntegration().make(), claim));
  }

  private CopyResult copy(Integration source, Integration copy) {
    return ports.integrations.copy(new Copy(source, copy, Precondition.NONE), claim);
  }

  private IdempotencyClaim as(Principal principal) {
    return as(principal, "key");
  }

  private IdempotencyClaim as(Principal principal, String key) {
    return IdempotencyClaim.of(principal, key, "create", JsonText.readTrusted("{}"), ports.now());
  }

  private static void assertReused(Outcome outcome) {
    assertEquals(
        FaultCode.IDEMPOTENCY_KEY_REUSED,
        assertInstanceOf(Outcome.Invalid.class, outcome).faults().getFirst().code());
  }
}
