package io.integrationapi.store;

import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.history.ChangeReader;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.RetryPolicy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The table that the package's page draws, by the ports of the domain. */
public final class DynamoDbStore {
  private final String table;
  private final StoreCalls calls;
  private final GuardedUpdate update;
  private final ClockAndRandom clockAndRandom;
  private final Metrics metrics;

  /**
   * @param client sends each request once
   */
  public DynamoDbStore(
      DynamoDbClient client,
      String table,
      RetryPolicy policy,
      ClockAndRandom clockAndRandom,
      Metrics metrics) {
    this.table = table;
    this.calls = new StoreCalls(client, new Retries(policy, clockAndRandom.random()), metrics);
    this.update = new GuardedUpdate(calls, table, policy, clockAndRandom, metrics);
    this.clockAndRandom = clockAndRandom;
    this.metrics = metrics;
  }

  /** The integrations. */
  public IntegrationRepository integrations() {
    TransactItems items = new TransactItems(table);
    IdempotencyRecords records =
        new IdempotencyRecords(items, reads(), clockAndRandom.clock(), metrics);
    return new DynamoDbIntegrations(
        reads(),
        new IntegrationLists(table, calls, reads()),
        updates(),
        new IntegrationCreation(
            calls, new GuardedPut(calls, table, clockAndRandom, metrics), items, records, metrics),
        new IntegrationDeletion(calls, items),
        records);
  }

  /** The history of the integrations. */
  public History history() {
    TransactItems items = new TransactItems(table);
    IdempotencyRecords records =
        new IdempotencyRecords(items, reads(), clockAndRandom.clock(), metrics);
    return new DynamoDbHistory(
        table,
        calls,
        reads(),
        items,
        new HeldKeys(table, calls, reads(), records, clockAndRandom.clock()),
        clockAndRandom.clock());
  }

  /** Reads the records of the table's stream. */
  public ChangeReader changeReader() {
    return new StreamImages();
  }

  /** The locks, as operators see them. */
  public LockRepository locks() {
    return new DynamoDbLocks(table, calls, reads(), updates());
  }

  /** The tokens. */
  public TokenRepository tokens() {
    return new DynamoDbTokens(table, calls);
  }

  /** The registered connectors. */
  public ConnectorRegistry connectors() {
    return new DynamoDbConnectors(table, calls);
  }

  private IntegrationReads reads() {
    return new IntegrationReads(table, calls);
  }

  private IntegrationUpdates updates() {
    return new IntegrationUpdates(update, metrics);
  }
}
