package io.integrationapi.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Configuration;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes that the SDK sends again: what the store knows of the first attempt, and what it cannot.
 */
@EveryStore
class RepeatedWritesTest {
  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMillis(20));

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final AccountId ALICE = new AccountId("alice");
  private static final ConnectorId CONNECTOR = new ConnectorId("57179182e0a908200c2781d9");
  private static final Principal ACCOUNT = new Principal.Account(ALICE, Scope.FULL);

  private volatile Instant now = NOW;
  private final Random random = new Random(1);
  private final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final IntegrationRepository integrations = integrations(TestStore.environment());
  private final Integration given = given();

  @Test
  void write_that_was_repeated_is_recognised_behind_fifteen_others() {
    Change lost = change("Lost", Revision.next(NOW, random));
    loseFirstAnswerAndThen(() -> writeTimes(15, NOW));

    assertDoneAndAnsweredAsItIsNow(lost);
    assertEquals("Between", name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 14})
  void write_that_was_repeated_is_not_carried_out_over_those_who_came_between(int others) {
    Change lost = change("Lost", Revision.next(NOW, random));
    loseFirstAnswerAndThen(() -> writeTimes(others, NOW));

    assertInstanceOf(Outcome.Done.class, outcome(integrations.change(ACCOUNT, lost)));
    assertEquals("Between", name());
  }

  @Test
  void write_that_was_carried_out_and_overtaken_is_answered_by_the_document_as_it_is_now() {
    Change lost =
        publish(
            new Labels("Lost", "description", "readme"),
            "{\"a\":1.0}",
            PublisherMembers.of(Mode.SETTINGS, "1", true, steps("[{\"name\":\"One\"}]")),
            NOW);
    Change between =
        publish(
            new Labels("Between", null, null),
            "{\"a\":2}",
            PublisherMembers.of(Mode.UNINSTALL, "2", false, steps("[]")),
            NOW.plusSeconds(1));
    loseFirstAnswerAndThen(() -> integrations.change(ACCOUNT, between));

    assertDoneAndAnsweredAsItIsNow(lost);
    assertEquals("Between", name());
  }

  @ParameterizedTest
  @EnumSource(names = {"ANSWER_LOST", "SERVER_ERROR_AFTERWARDS"})
  void write_that_was_repeated_claims_nothing_and_does_nothing_when_it_may_be_forgotten(
      Fault fault) {
    Change lost = change("Lost", Revision.next(NOW, random));
    failFirstAndThen(fault, () -> writeTimes(16, NOW));

    assertInstanceOf(Outcome.Unknown.class, outcome(integrations.change(ACCOUNT, lost)));
    assertEquals("Between", name());
  }

  /** The clock may be behind, and the write may have been sent again for ten seconds. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void writes_of_somebody_whose_revisions_are_older_count_as_later(int seconds) {
    Change lost = change("Lost", Revision.next(NOW, random));
    loseFirstAnswerAndThen(() -> writeTimes(16, NOW.minusSeconds(seconds)));

    assertInstanceOf(Outcome.Unknown.class, outcome(integrations.change(ACCOUNT, lost)));
    assertEquals("Between", name());
  }

  @Test
  void write_that_took_its_time_counts_from_when_it_was_first_sent() {
    Change lost = change("Lost", Revision.next(NOW, random));
    loseFirstAnswerAndThen(() -> {
      writeTimes(16, NOW);
      now = NOW.plusSeconds(10);
    });

    assertInstanceOf(Outcome.Unknown.class, outcome(integrations.change(ACCOUNT, lost)));
    assertEquals("Between", name());
  }

  @Test
  void write_that_was_sent_once_is_refused_for_certain_however_many_others_wrote() {
    writeTimes(16, NOW);
    Change stale = withBasis(change("Stale", Revision.next(NOW, random)), given.revision());

    assertInstanceOf(ChangeResult.Outdated.class, integrations.change(ACCOUNT, stale));
  }

  @Test
  void write_that_was_throttled_is_carried_out_however_many_others_came_between() {
    Change throttled = change("Throttled", Revision.next(NOW, random));
    failFirstAndThen(Fault.THROTTLED, () -> writeTimes(16, NOW));

    assertInstanceOf(Outcome.Done.class, outcome(integrations.change(ACCOUNT, throttled)));
    assertEquals("Throttled", name());
  }

  @Test
  void write_that_never_arrived_is_refused_for_certain_when_the_other_writes_are_old() {
    for (int i = 0; i < 20; i++) {
      Revision longAgo = Revision.next(NOW.minus(Duration.ofMinutes(1)), random);
      integrations.change(ACCOUNT, change("Long ago " + i, longAgo));
    }
    line.failWith(number -> number == 1 ? Fault.REFUSED : Fault.NONE);

    Change stale = withBasis(change("Stale", Revision.next(NOW, random)), given.revision());

    assertInstanceOf(ChangeResult.Outdated.class, integrations.change(ACCOUNT, stale));
  }

  @Test
  void begin_that_was_repeated_claims_nothing_when_it_may_be_forgotten() {
    Revision lost = Revision.next(NOW, random);
    // The first request asks the index, the second one is the write.
    line.failWith(number -> {
      if (number == 2) {
        line.betweenAttempts(() -> {
          line.failWith(_ -> Fault.NONE);
          aside(() -> writeTimes(16, NOW));
        });
        return Fault.ANSWER_LOST;
      }
      return Fault.NONE;
    });

    assertEquals(
        UpdateStart.UNAVAILABLE,
        integrations.beginUpdate(CONNECTOR, given.id(), () -> authorship(NOW, lost)));
  }

  @Test
  void integration_that_is_made_again_leaves_what_was_changed_since() {
    integrations.change(ACCOUNT, change("Changed", Revision.next(NOW, random)));

    assertThrows(IllegalStateException.class, () -> integrations.create(given, null));

    assertEquals("Changed", name());
  }

  /**
   * With a larger retry budget than a function has: between two attempts others write for a while.
   */
  private IntegrationRepository integrations(Map<String, String> environment) {
    Region region = Region.of(variable(environment, "AWS_REGION"));
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                variable(environment, "AWS_ACCESS_KEY_ID"),
                variable(environment, "AWS_SECRET_ACCESS_KEY")));
    URI endpoint = URI.create(variable(environment, "AWS_ENDPOINT_URL_DYNAMODB"));
    return new DynamoDbStore(
            DynamoDbClients.create(line, PATIENT.attempt(), region, credentials, endpoint),
            variable(environment, "TABLE_NAME"),
            PATIENT,
            new ClockAndRandom(() -> now, random),
            _ -> {})
        .integrations();
  }

  private static String variable(Map<String, String> environment, String name) {
    return requireNonNull(environment.get(name));
  }

  private Integration given() {
    Integration integration =
        new Integration(
            IntegrationId.next(NOW, random),
            ALICE,
            NOW,
            null,
            CONNECTOR,
            false,
            new Labels("Given", null, null),
            new Configuration(JsonNodeFactory.instance.objectNode()),
            PublisherMembers.NONE,
            null,
            authorship(NOW, Revision.next(NOW.minus(Duration.ofHours(1)), random)));
    assertInstanceOf(Outcome.Done.class, integrations.create(integration, null));
    return integration;
  }

  private Change change(String name, Revision revision) {
    return change(new Labels(name, null, null), revision);
  }

  private Change change(Labels labels, Revision revision) {
    return new Change(
        given.id(),
        labels,
        given.configuration(),
        PublisherMembers.NONE,
        null,
        false,
        false,
        null,
        Precondition.NONE,
        authorship(NOW, revision));
  }

  /** A publisher's own write, which the lock does not keep out. */
  private Change publish(
      Labels labels, String configuration, PublisherMembers publisherMembers, Instant at) {
    return new Change(
        given.id(),
        labels,
        new Configuration((ObjectNode) JsonText.readTrusted(configuration)),
        publisherMembers,
        null,
        false,
        true,
        null,
        Precondition.NONE,
        authorship(at, Revision.next(at, random)));
  }

  private static ArrayNode steps(String json) {
    return (ArrayNode) JsonText.readTrusted(json);
  }

  /** One tag has one body: the document of a success that was overtaken is the present one. */
  private void assertDoneAndAnsweredAsItIsNow(Change lost) {
    Integration answered =
        assertInstanceOf(Outcome.Done.class, outcome(integrations.change(ACCOUNT, lost)))
            .integration();

    assertEquals(integrations.find(ACCOUNT, given.id()).orElseThrow(), answered);
  }

  private static Change withBasis(Change change, Revision basis) {
    return new Change(
        change.id(),
        change.labels(),
        change.configuration(),
        change.publisherMembers(),
        change.connectorId(),
        change.managed(),
        change.underLock(),
        basis,
        change.precondition(),
        change.authorship());
  }

  private static Authorship authorship(Instant at, Revision revision) {
    return new Authorship(new Author.Bearer(ACCOUNT, null, null), at, revision, "request-1");
  }

  private void writeTimes(int times, Instant at) {
    for (int i = 0; i < times; i++) {
      // An equal one would be no write.
      Labels labels = new Labels("Between", "write " + i, null);
      integrations.change(ACCOUNT, change(labels, Revision.next(at, random)));
    }
  }

  /** On a slow store the attempt's time may be over meanwhile; that ends the attempt, not this. */
  private static void aside(Runnable work) {
    CompletableFuture.runAsync(work, Thread::startVirtualThread).join();
  }

  private void loseFirstAnswerAndThen(Runnable between) {
    failFirstAndThen(Fault.ANSWER_LOST, between);
  }

  private void failFirstAndThen(Fault fault, Runnable between) {
    line.failWith(number -> {
      line.betweenAttempts(() -> {
        line.failWith(_ -> Fault.NONE);
        aside(between);
      });
      return number == 1 ? fault : Fault.NONE;
    });
  }

  private String name() {
    return integrations.find(ACCOUNT, given.id()).orElseThrow().labels().name();
  }

  private static Outcome outcome(ChangeResult result) {
    return assertInstanceOf(Outcome.class, result);
  }
}
