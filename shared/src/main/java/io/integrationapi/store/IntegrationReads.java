package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What is read of integrations. */
final class IntegrationReads {
  /** As many documents of the largest size as one answer of BatchGetItem (16 MB) can carry. */
  static final int BATCH = 40;

  private final String table;
  private final StoreCalls calls;

  IntegrationReads(String table, StoreCalls calls) {
    this.table = table;
    this.calls = calls;
  }

  Optional<Integration> find(AccountId account, IntegrationId id) {
    return get(Keys.integration(account, id))
        .filter(IntegrationMapper::isIntegration)
        .map(IntegrationMapper::fromItem);
  }

  Optional<Map<String, AttributeValue>> earlier(IdempotencyClaim claim) {
    return get(Keys.idempotency(claim));
  }

  /** The item as it is, if it is an integration's. */
  Optional<Map<String, AttributeValue>> item(AccountId account, IntegrationId id) {
    return get(Keys.integration(account, id)).filter(IntegrationMapper::isIntegration);
  }

  Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
    GetItemRequest request =
        GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build();
    return Optional.of(calls.send(client -> client.getItem(request)).item())
        .filter(item -> !item.isEmpty());
  }

  /** Whose an integration of the connector is, by the index, which may be seconds behind. */
  Optional<AccountId> locate(ConnectorId connectorId, IntegrationId id) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Keys.CONNECTOR_INDEX)
            .keyConditionExpression("connectorId = :connectorId AND id = :id")
            .expressionAttributeValues(
                Map.of(
                    ":connectorId", AttributeValue.fromS(connectorId.value()),
                    ":id", AttributeValue.fromS(id.value())))
            .limit(1)
            .build();
    return calls.send(client -> client.query(request)).items().stream()
        .map(item -> Keys.accountOf(requireNonNull(item.get(Keys.PARTITION)).s()))
        .findFirst();
  }

  /**
   * The integrations that the index named, at most {@link #BATCH}, as they are now, in its order.
   */
  List<Map<String, AttributeValue>> getAll(List<Map<String, AttributeValue>> fromIndex) {
    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    List<Map<String, AttributeValue>> keys = fromIndex.stream().map(IntegrationReads::key).toList();
    Queue<Map<String, AttributeValue>> left = new ArrayDeque<>(keys);
    calls.repeat(() -> {
      Map<String, KeysAndAttributes> request =
          Map.of(
              table,
              KeysAndAttributes.builder().keys(List.copyOf(left)).consistentRead(true).build());
      BatchGetItemResponse response =
          calls.send(client -> client.batchGetItem(batch -> batch.requestItems(request)));
      for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
        // The index may name one that is deleted, and what the deletion left is no integration.
        if (IntegrationMapper.isIntegration(item)) {
          found.put(id(item), item);
        }
      }
      left.clear();
      KeysAndAttributes rest = response.unprocessedKeys().get(table);
      if (rest == null) {
        return Try.done(true);
      }
      // The table is throttled: it answered what it could.
      left.addAll(rest.keys());
      return Try.again(Cause.UNFINISHED, IntegrationReads::throttled);
    });
    return fromIndex.stream().map(item -> found.get(id(item))).filter(Objects::nonNull).toList();
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of(
        Keys.PARTITION, requireNonNull(item.get(Keys.PARTITION)),
        Keys.SORT, requireNonNull(item.get(Keys.SORT)));
  }

  private static String id(Map<String, AttributeValue> item) {
    return Keys.idOf(requireNonNull(item.get(Keys.SORT)).s()).value();
  }

  private static Boolean throttled() {
    throw new StoreUnavailableException("the table is throttled");
  }
}
