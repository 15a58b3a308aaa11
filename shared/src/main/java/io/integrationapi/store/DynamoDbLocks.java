package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.LockRepository;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The locks in the table that the package's page draws. */
final class DynamoDbLocks implements LockRepository {
  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;
  private final IntegrationUpdates updates;

  DynamoDbLocks(
      String table, StoreCalls calls, IntegrationReads reads, IntegrationUpdates updates) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.updates = updates;
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
    return calls.send(client -> client.query(request)).items().stream()
        .map(item -> Keys.accountOf(requireNonNull(item.get(Keys.PARTITION)).s()))
        .findFirst()
        .flatMap(account -> reads.find(account, id));
  }

  @Override
  public boolean end(Integration locked, Authorship authorship) {
    Lock lock = locked.lock().orElseThrow();
    return updates.endLock(locked.account(), locked.id(), lock, authorship);
  }

  /** Reads the whole index, which holds but what is locked: some 8,000 locks to a request. */
  @Override
  public LockStatistics statistics() {
    int locks = 0;
    @Nullable Instant oldest = null;
    ScanRequest.Builder request = ScanRequest.builder().tableName(table).indexName(Keys.LOCK_INDEX);
    ScanResponse page;
    do {
      page = calls.send(client -> client.scan(request.build()));
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
