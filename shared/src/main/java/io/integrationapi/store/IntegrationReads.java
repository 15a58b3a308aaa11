package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** What is read of integrations. */
final class IntegrationReads {
  /**
   * The most bytes of documents in a page. A function's answer may have 6 MB, and in it each
   * quotation mark of a document takes two characters.
   */
  private static final int MAX_PAGE_BYTES = 2_500_000;

  /** As many documents of the largest size as one answer of BatchGetItem (16 MB) can carry. */
  private static final int BATCH = 40;

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

  private Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
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

  Page<Integration> list(AccountId account, Page.Request request) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .consistentRead(true)
            .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :until")
            .expressionAttributeValues(
                between(request, Keys.INTEGRATION_PREFIX, ":pk", Keys.account(account)));
    Page<Map<String, AttributeValue>> page = page(query, request);
    return documents(page.entries(), page.next(), request);
  }

  Page<Integration> list(ConnectorId connectorId, Page.Request request) {
    Page<Map<String, AttributeValue>> index = index(connectorId, request);
    List<Map<String, AttributeValue>> documents = new ArrayList<>();
    int bytes = 0;
    int seen = 0;
    while (seen < index.entries().size() && bytes <= MAX_PAGE_BYTES) {
      int to = Math.min(seen + BATCH, index.entries().size());
      for (Map<String, AttributeValue> item : getAll(index.entries().subList(seen, to))) {
        documents.add(item);
        bytes += IntegrationMapper.sizeOf(item);
      }
      seen = to;
    }

    boolean all = seen == index.entries().size();
    Page.Position next = all ? index.next() : request.behind(idOf(index.entries().get(seen - 1)));
    return documents(documents, next, request);
  }

  Page<InstallBaseEntry> installBase(ConnectorId connectorId, Page.Request request) {
    Page<Map<String, AttributeValue>> index = index(connectorId, request);
    Page<Map<String, AttributeValue>> page =
        cut(index.entries(), index.next(), request, IntegrationMapper::installBaseSizeOf);
    return new Page<>(map(page.entries(), IntegrationMapper::installBaseEntry), page.next());
  }

  private Page<Map<String, AttributeValue>> index(ConnectorId connectorId, Page.Request request) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .indexName(Keys.CONNECTOR_INDEX)
            .keyConditionExpression("connectorId = :connectorId AND id BETWEEN :from AND :until")
            .expressionAttributeValues(between(request, "", ":connectorId", connectorId.value()));
    return page(query, request);
  }

  /**
   * One request. It asks for one item more than the page may have, and a page that DynamoDB ended
   * at its 1 MB gives its last item up: so there is a next page exactly when there is something on
   * it.
   */
  private Page<Map<String, AttributeValue>> page(QueryRequest.Builder query, Page.Request request) {
    query.tableName(table).limit(request.limit() + 1);
    QueryResponse response;
    do {
      QueryRequest built = query.build();
      response = calls.send(client -> client.query(built));
      query.exclusiveStartKey(response.lastEvaluatedKey());
      // A page may be empty although there is more.
    } while (response.items().isEmpty() && !response.lastEvaluatedKey().isEmpty());
    List<Map<String, AttributeValue>> items = response.items();
    boolean ended = response.lastEvaluatedKey().isEmpty() && items.size() <= request.limit();
    if (ended) {
      return new Page<>(items, null);
    }
    List<Map<String, AttributeValue>> kept = items.subList(0, Math.max(1, items.size() - 1));
    return new Page<>(kept, request.behind(idOf(kept.getLast())));
  }

  /** The text behind an id sorts before every greater id. */
  private static Map<String, AttributeValue> between(
      Page.Request request, String prefix, String partitionName, String partition) {
    IntegrationId after = request.from().after();
    String from = after == null ? prefix : prefix + after.value() + "0";
    // BETWEEN needs its bounds in order, also for a list that is at its end.
    String until = prefix + before(request.from().until());
    return Map.of(
        partitionName,
        AttributeValue.fromS(partition),
        ":from",
        AttributeValue.fromS(from.isEmpty() ? "0" : from),
        ":until",
        AttributeValue.fromS(until.compareTo(from) < 0 ? from : until));
  }

  /**
   * A text behind every smaller id and before the id itself, which BETWEEN would count in. That it
   * is no id, when the last digit is 0 or a, does not matter.
   */
  private static String before(IntegrationId id) {
    int last = id.value().length() - 1;
    return id.value().substring(0, last) + (char) (id.value().charAt(last) - 1);
  }

  private static Page<Integration> documents(
      List<Map<String, AttributeValue>> items, Page.@Nullable Position next, Page.Request request) {
    List<Map<String, AttributeValue>> integrations =
        items.stream().filter(IntegrationMapper::isIntegration).toList();
    Page<Map<String, AttributeValue>> page =
        cut(integrations, next, request, IntegrationMapper::sizeOf);
    return new Page<>(map(page.entries(), IntegrationMapper::fromItem), page.next());
  }

  /** As many of the items as an answer can carry, at least one. */
  private static Page<Map<String, AttributeValue>> cut(
      List<Map<String, AttributeValue>> items,
      Page.@Nullable Position next,
      Page.Request request,
      ToIntFunction<Map<String, AttributeValue>> size) {
    int bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += size.applyAsInt(items.get(i));
      if (bytes > MAX_PAGE_BYTES && i > 0) {
        List<Map<String, AttributeValue>> kept = items.subList(0, i);
        return new Page<>(kept, request.behind(idOf(kept.getLast())));
      }
    }
    return new Page<>(items, next);
  }

  /** The integrations that the index named, as they are now, in its order. */
  private List<Map<String, AttributeValue>> getAll(List<Map<String, AttributeValue>> fromIndex) {
    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    List<Map<String, AttributeValue>> keys =
        map(
            fromIndex,
            item ->
                Map.of(
                    Keys.PARTITION, requireNonNull(item.get(Keys.PARTITION)),
                    Keys.SORT, requireNonNull(item.get(Keys.SORT))));
    Queue<Map<String, AttributeValue>> left = new ArrayDeque<>(keys);
    calls.repeat(() -> {
      Map<String, KeysAndAttributes> request =
          Map.of(
              table,
              KeysAndAttributes.builder().keys(List.copyOf(left)).consistentRead(true).build());
      BatchGetItemResponse response =
          calls.send(client -> client.batchGetItem(batch -> batch.requestItems(request)));
      for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
        found.put(idOf(item).value(), item);
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
    return fromIndex.stream()
        .map(item -> found.get(idOf(item).value()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static IntegrationId idOf(Map<String, AttributeValue> item) {
    return Keys.idOf(requireNonNull(item.get(Keys.SORT)).s());
  }

  private static Boolean throttled() {
    throw new StoreUnavailableException("the table is throttled");
  }

  private static <T, R> List<R> map(List<T> list, Function<T, R> function) {
    return list.stream().map(function).toList();
  }
}
