package io.integrationapi.store;

import io.integrationapi.domain.access.ConnectorRegistry;
import io.integrationapi.domain.access.TokenRepository;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.LockRepository;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.RetryPolicy;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The table that the package's page draws, by the ports of the domain. */
public final class DynamoDbStore {
  private final String table;
  private final StoreCalls calls;
  private final GuardedUpdate update;
  private final TimeLimits limits;
  private final InstantSource clock;
  private final Metrics metrics;

  /**
   * @param once a client to the same store that sends each request once
   * @param limits the same that both clients have
   * @param retryPolicy for writes that conflict with others
   */
  public DynamoDbStore(
      DynamoDbClient client,
      DynamoDbClient once,
      String table,
      TimeLimits limits,
      RetryPolicy retryPolicy,
      InstantSource clock,
      RandomGenerator random,
      Metrics metrics) {
    this.table = table;
    this.calls = new StoreCalls(client, retryPolicy, random, metrics);
    this.limits = limits;
    this.update =
        new GuardedUpdate(once, table, retryPolicy, limits.attempt(), clock, random, metrics);
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The integrations. */
  public IntegrationRepository integrations() {
    return new DynamoDbIntegrations(
        reads(),
        updates(),
        new IntegrationTransactions(table, calls, reads(), limits.attempt(), clock, metrics));
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
