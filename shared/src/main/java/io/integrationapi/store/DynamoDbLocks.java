package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.Document;
import io.integrationapi.domain.Integration;
import io.integrationapi.domain.IntegrationId;
import io.integrationapi.domain.Lock;
import io.integrationapi.domain.LockRepository;
import io.integrationapi.domain.Metrics;
import io.integrationapi.domain.RetryPolicy;
import io.integrationapi.domain.Revision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The locks in the table that the package's page draws. */
public final class DynamoDbLocks implements LockRepository {
  private final DynamoDbClient client;
  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;
  private final IntegrationUpdates updates;

  /**
   * @param once a client to the same store that sends each request once
   */
  public DynamoDbLocks(
      DynamoDbClient client,
      DynamoDbClient once,
      String table,
      RetryPolicy retryPolicy,
      InstantSource clock,
      RandomGenerator random,
      Metrics metrics) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(retryPolicy, random, metrics);
    this.reads = new IntegrationReads(client, table, calls);
    this.updates =
        new IntegrationUpdates(
            new GuardedUpdate(once, table, retryPolicy, clock, random, metrics), metrics);
  }

  @Override
  public Optional<Integration> find(IntegrationId id) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Keys.ID_INDEX)
            .keyConditionExpression("id = :id")
            .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id.value())))
            .limit(1)
            .build();
    return calls.read(() -> client.query(request)).items().stream()
        .map(item -> Keys.accountOf(requireNonNull(item.get(Keys.PARTITION)).s()))
        .findFirst()
        .flatMap(account -> reads.find(account, id));
  }

  @Override
  public boolean end(Integration locked, Instant at, Revision revision) {
    Lock lock = locked.lock().orElseThrow();
    return updates.endLock(locked.account(), locked.id(), lock, at, revision);
  }

  /** Reads the whole index, which holds but what is locked: some 8,000 locks to a request. */
  @Override
  public LockStatistics statistics() {
    int locks = 0;
    @Nullable Instant oldest = null;
    ScanRequest.Builder request = ScanRequest.builder().tableName(table).indexName(Keys.LOCK_INDEX);
    ScanResponse page;
    do {
      page = calls.read(() -> client.scan(request.build()));
      for (Map<String, AttributeValue> item : page.items()) {
        Instant since = Document.parseTime(requireNonNull(item.get("lockedSince")).s());
        oldest = oldest == null || since.isBefore(oldest) ? since : oldest;
        locks++;
      }
      request.exclusiveStartKey(page.lastEvaluatedKey());
    } while (!page.lastEvaluatedKey().isEmpty());
    return new LockStatistics(locks, oldest);
  }
}
