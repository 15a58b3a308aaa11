package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.CreateResult;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The ports, and those who come to them. All tests share a table; each has accounts and a connector
 * of its own.
 */
final class Ports {
  /** A test is not about time: a machine that is busy must not make it fail. */
  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(20));

  private static final Map<String, String> ENVIRONMENT = TestStore.environment();

  private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final RandomGenerator random = new Random();

  final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final Components components = Components.from(ENVIRONMENT, line, () -> now, PATIENT);
  final IntegrationRepository integrations = components.integrations();
  final ConnectorRegistry connectors = components.connectors();
  final TokenRepository tokens = components.tokens();
  final LockRepository locks = components.locks();

  final AccountId alice = new AccountId("alice-" + nextId());
  final AccountId bob = new AccountId("bob-" + nextId());
  final ConnectorId connector = new ConnectorId(nextId().value());
  final Principal asAlice = new Principal.Account(alice, Scope.FULL);
  final Principal asBob = new Principal.Account(bob, Scope.FULL);
  final Principal asConnector = new Principal.Connector(connector, Scope.FULL);
  final Principal asOtherConnector =
      new Principal.Connector(new ConnectorId(nextId().value()), Scope.FULL);

  /** By the clock that the store has too. */
  Instant now() {
    return now;
  }

  /** Registers the connector, as minting its first token does. */
  void register() {
    tokens.add(new Token(TokenHash.of("of " + connector), asConnector, null, null, null));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  IntegrationId nextId() {
    return IntegrationId.next(now, random);
  }

  /** Behind every id that was made. */
  IntegrationId lastId() {
    return IntegrationId.firstAt(now.plusSeconds(1));
  }

  Revision nextRevision() {
    return Revision.next(now, random);
  }

  /** Alice writes now. */
  Authorship authorship() {
    return new Authorship(
        new Author.Bearer(asAlice, TokenHash.of("alice's"), "Alice's laptop"),
        now,
        nextRevision(),
        "request-1");
  }

  /** An integration of Alice's. */
  IntegrationMaker anIntegration() {
    return new IntegrationMaker(this);
  }

  /** A change that leaves an integration as it is, but for its name. */
  ChangeMaker aChangeOf(Integration integration) {
    return new ChangeMaker(this, integration);
  }

  /** A claim of Alice's that is made now. */
  IdempotencyClaim aClaim(String key, String request) {
    return IdempotencyClaim.of(asAlice, key, request, JsonText.readTrusted("{}"), now);
  }

  /** The integration as it is now. */
  Optional<Integration> find(Integration integration) {
    return integrations.find(
        new Principal.Account(integration.account(), Scope.READ), integration.id());
  }

  /** Fails unless the integration is kept just so, every digit of its document included. */
  void assertKept(Integration expected) {
    Integration kept = find(expected).orElseThrow(() -> new AssertionError("it is gone"));
    assertEquals(expected, kept);
    assertEquals(text(expected), text(kept));
  }

  static Integration done(Outcome outcome) {
    return assertInstanceOf(Outcome.Done.class, outcome).integration();
  }

  static Integration done(CreateResult result) {
    return done(assertInstanceOf(Outcome.class, result));
  }

  static Integration done(ChangeResult result) {
    return done(outcome(result));
  }

  static Outcome outcome(ChangeResult result) {
    return assertInstanceOf(Outcome.class, result);
  }

  private static String text(Integration integration) {
    return JsonText.write(Document.of(integration));
  }
}
