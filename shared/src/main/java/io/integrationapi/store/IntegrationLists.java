package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationFilter;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.invocation.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The lists. A page takes as many queries as it needs, each of which reads at most 1 MB, and ends
 * early when the invocation's time is running out (docs/adr/0029).
 */
final class IntegrationLists {
  /** A request to the store and its repetitions must have room in what is left of the time. */
  static final Duration RESERVE = Duration.ofSeconds(3);

  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;

  IntegrationLists(String table, StoreCalls calls, IntegrationReads reads) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
  }

  Optional<Page.Position> ofAccount(
      AccountId account, Page.Request request, Page.Room<Integration> room) {
    ListRange range = ListRange.of(account);
    PageProgress<Integration> progress = new PageProgress<>(request, room);
    // What is left out is counted and not sent. A filter has to look at it.
    while (request.filter().isEverything() && progress.toSkip() > 0) {
      QueryResponse response =
          query(
              range
                  .from(progress.position(), request.order())
                  .select(Select.COUNT)
                  .filterExpression("attribute_exists(revision)")
                  .limit(progress.toSkip()));
      progress.skipped(response.count());
      if (response.lastEvaluatedKey().isEmpty()) {
        return Optional.empty();
      }
      progress.passed(range.idOf(response.lastEvaluatedKey()));
      if (isTimeUp()) {
        return Optional.of(next(range, request, progress));
      }
    }
    return walk(
        range,
        request,
        progress,
        new Reading<>(
            _ -> true, Integer.MAX_VALUE, items -> items, item -> integration(request, item)));
  }

  Optional<Page.Position> ofConnector(
      ConnectorId connectorId, Page.Request request, Page.Room<Integration> room) {
    IntegrationFilter filter = request.filter();
    PageProgress<Integration> progress = new PageProgress<>(request, room);
    // What its row refuses needs no look at the document. The row may be seconds old, as the list.
    Predicate<Map<String, AttributeValue>> candidate =
        row ->
            (filter.isEverything() || filter.matches(IntegrationMapper.installBaseEntry(row)))
                && !(filter.isOfRows() && progress.skips());
    int batch = filter.isOfRows() ? request.limit() + 1 : IntegrationReads.BATCH;
    return walk(
        ListRange.of(connectorId),
        request,
        progress,
        new Reading<>(
            candidate,
            Math.min(batch, IntegrationReads.BATCH),
            reads::getAll,
            item -> integration(request, item)));
  }

  Optional<Page.Position> installBase(
      ConnectorId connectorId, Page.Request request, Page.Room<InstallBaseEntry> room) {
    return walk(
        ListRange.of(connectorId),
        request,
        new PageProgress<>(request, room),
        new Reading<>(
            _ -> true,
            Integer.MAX_VALUE,
            items -> items,
            item ->
                Optional.of(IntegrationMapper.installBaseEntry(item))
                    .filter(request.filter()::matches)));
  }

  /**
   * How entries are made of the items that a query answered.
   *
   * @param candidate whether an item may become an entry
   * @param batch how many candidates are loaded at once
   * @param load the items that entries are made of
   * @param entry nothing if the item is none, or is filtered out
   */
  private record Reading<T>(
      Predicate<Map<String, AttributeValue>> candidate,
      int batch,
      Function<List<Map<String, AttributeValue>>, List<Map<String, AttributeValue>>> load,
      Function<Map<String, AttributeValue>, Optional<T>> entry) {}

  private <T> Optional<Page.Position> walk(
      ListRange range, Page.Request request, PageProgress<T> progress, Reading<T> reading) {
    while (true) {
      QueryRequest.Builder query = range.from(progress.position(), request.order());
      if (request.filter().isEverything()) {
        // One more than the page may have: there is a next page if there is something on it.
        query.limit(progress.left() + 1);
      }
      QueryResponse response = query(query);
      if (!takeAll(range, response.items(), progress, reading)) {
        return Optional.of(next(range, request, progress));
      }
      if (response.lastEvaluatedKey().isEmpty()) {
        return Optional.empty();
      }
      progress.passed(range.idOf(response.lastEvaluatedKey()));
      if (isTimeUp()) {
        return Optional.of(next(range, request, progress));
      }
    }
  }

  /** False if the page ends before all that the items hold is on it. */
  private static <T> boolean takeAll(
      ListRange range,
      List<Map<String, AttributeValue>> items,
      PageProgress<T> progress,
      Reading<T> reading) {
    List<Map<String, AttributeValue>> left = items.stream().filter(reading.candidate()).toList();
    while (!left.isEmpty()) {
      int size = Math.min(reading.batch(), left.size());
      for (Map<String, AttributeValue> item : reading.load().apply(left.subList(0, size))) {
        Optional<T> entry = reading.entry().apply(item);
        if (entry.isPresent() && !progress.takes(entry.get())) {
          return false;
        }
        progress.passed(range.idOf(item));
      }
      progress.passed(range.idOf(left.get(size - 1)));
      left = left.subList(size, left.size());
      if (!left.isEmpty() && isTimeUp()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a page ends here, though there may be more. */
  static boolean isTimeUp() {
    return !Deadline.leaves(RESERVE);
  }

  private QueryResponse query(QueryRequest.Builder query) {
    QueryRequest request = query.tableName(table).build();
    return calls.send(client -> client.query(request));
  }

  private static Optional<Integration> integration(
      Page.Request request, Map<String, AttributeValue> item) {
    return Optional.of(item)
        .filter(IntegrationMapper::isIntegration)
        .map(IntegrationMapper::fromItem)
        .filter(request.filter()::matches);
  }

  /**
   * Where the next page begins. An ascending list gets an end with its second page, which is what
   * it then ends with: others may add to it faster than it is read. No clock tells that end, for
   * ids may be ahead of it.
   */
  private Page.Position next(ListRange range, Page.Request request, PageProgress<?> progress) {
    Page.Position position = progress.position();
    boolean first = request.from().after() == null;
    if (first || position.last() != null || request.order() == Page.Order.DESCENDING) {
      return position;
    }
    QueryRequest.Builder query =
        range
            .from(Page.Position.BEGINNING, Page.Order.DESCENDING)
            .projectionExpression("#sort")
            .limit(1);
    return query(query).items().stream()
        .findFirst()
        .map(item -> new Page.Position(position.after(), range.idOf(item), position.skip()))
        .orElse(position);
  }
}
