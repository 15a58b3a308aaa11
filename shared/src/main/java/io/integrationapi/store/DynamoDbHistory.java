package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.HistoryEvent;
import io.integrationapi.domain.history.IntegrationChange;
import io.integrationapi.domain.history.KeptRevision;
import io.integrationapi.domain.history.KeptState;
import io.integrationapi.domain.history.Reverted;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Revision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The history in the table that the package's page draws. */
final class DynamoDbHistory implements History {
  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;
  private final TransactItems items;
  private final HeldKeys keys;
  private final InstantSource clock;

  DynamoDbHistory(
      String table,
      StoreCalls calls,
      IntegrationReads reads,
      TransactItems items,
      HeldKeys keys,
      InstantSource clock) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.items = items;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Optional<Listed> list(
      Principal principal, IntegrationId id, Request request, Page.Room<HistoryEntry> room) {
    Optional<AccountId> account = account(principal, id);
    if (account.isEmpty()) {
      return Optional.empty();
    }
    HistoryPages pages = new HistoryPages(request, room);
    @Nullable Map<String, AttributeValue> from = null;
    boolean any = false;
    do {
      QueryResponse page = query(account.get(), id, request, from);
      for (Map<String, AttributeValue> item : page.items()) {
        any = true;
        if (!HistoryItems.isExpired(item, clock.instant())
            && !pages.takes(HistoryItems.entry(item))) {
          return Optional.of(pages.result(true));
        }
      }
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
      if (from != null && pages.hasAny() && IntegrationLists.isTimeUp()) {
        return Optional.of(pages.result(true));
      }
    } while (from != null);
    return any || reads.item(account.get(), id).isPresent()
        ? Optional.of(pages.result(false))
        : Optional.empty();
  }

  /** From the row that the page before ended with, so that a gap behind it is seen. */
  private QueryResponse query(
      AccountId account,
      IntegrationId id,
      Request request,
      @Nullable Map<String, AttributeValue> from) {
    String last = request.before() == null ? Keys.ENTRY_PREFIX + "g" : Keys.entry(request.before());
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .scanIndexForward(false)
            .limit(Math.min(request.limit() + 2, Page.MAX_LIMIT))
            .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
            .expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.history(account, id)),
                    ":first", AttributeValue.fromS(Keys.ENTRY_PREFIX),
                    ":last", AttributeValue.fromS(last)));
    if (from != null) {
      query.exclusiveStartKey(from);
    }
    QueryRequest built = query.build();
    return calls.send(client -> client.query(built));
  }

  @Override
  public Optional<KeptRevision> find(Principal principal, IntegrationId id, RevisionId revisionId) {
    return account(principal, id)
        .flatMap(account ->
            kept(Keys.entry(account, id, revisionId))
                .map(HistoryItems::entry)
                .flatMap(entry ->
                    kept(Keys.state(account, id, revisionId))
                        .map(state -> new KeptRevision(entry, HistoryItems.state(state)))));
  }

  private Optional<Map<String, AttributeValue>> kept(Map<String, AttributeValue> key) {
    return reads.get(key).filter(item -> !HistoryItems.isExpired(item, clock.instant()));
  }

  @Override
  public Optional<Present> present(Principal principal, IntegrationId id) {
    return account(principal, id)
        .flatMap(account -> reads.item(account, id))
        .map(item -> {
          Integration integration = IntegrationMapper.fromItem(item);
          Long number = ChangeNumbers.of(item);
          return new Present(
              integration,
              number == null ? ChangeNumbers.firstAt(integration.lastModified()) : number);
        });
  }

  /** The state first: a row never names a state that is not there. */
  @Override
  public boolean keep(
      AccountId account,
      IntegrationId id,
      HistoryEntry entry,
      @Nullable KeptState state,
      @Nullable Instant expires) {
    if (state != null) {
      var _ = put(HistoryItems.state(account, id, entry.id(), state, expires));
    }
    return put(HistoryItems.entry(account, id, entry, expires, clock.instant()));
  }

  private boolean put(Map<String, AttributeValue> item) {
    Expression expression = new Expression().require(Conditions.NOT_KEPT);
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .build();
    // Refused, it is there already, by this attempt or by another delivery of the same change.
    return calls.sendConditional(client -> client.putItem(request)).isPresent();
  }

  @Override
  public void letSnapshotsExpire(AccountId account, IntegrationId id, Instant expires) {
    @Nullable Map<String, AttributeValue> from = null;
    do {
      QueryResponse page =
          query(account, id, new Request(View.REVISIONS, Page.MAX_LIMIT, null), from);
      page.items().stream()
          .filter(item -> !item.containsKey(HistoryItems.EXPIRES))
          .map(HistoryItems::entry)
          .filter(entry -> entry.event() == HistoryEvent.SNAPSHOT)
          .forEach(entry ->
              List.of(Keys.entry(account, id, entry.id()), Keys.state(account, id, entry.id()))
                  .forEach(key -> expire(key, expires)));
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
  }

  private void expire(Map<String, AttributeValue> key, Instant expires) {
    Expression expression =
        new Expression()
            .require("attribute_exists(#pk)")
            .set("#expires = :expires")
            .value(":expires", ChangeNumbers.number(expires.getEpochSecond()));
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key)
            .updateExpression(expression.update())
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(requireNonNull(expression.values()))
            .build();
    calls.sendConditional(client -> client.updateItem(request));
  }

  @Override
  public void forgetDeletion(IntegrationChange deletion) {
    Expression expression =
        new Expression()
            .require(Conditions.SAME_DELETION)
            .value(":deletion", deletion.authorship().revision().value());
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(Keys.integration(deletion.account(), deletion.id()))
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(requireNonNull(expression.values()))
            .build();
    calls.sendConditional(client -> client.deleteItem(request));
  }

  @Override
  public Outcome revive(Integration integration) {
    return new Transaction<Outcome>()
        .add(
            items.put(
                IntegrationMapper.toItem(integration),
                new Expression().require(Conditions.NO_INTEGRATION)),
            found ->
                RecentWrites.latestIs(found, integration.revision())
                    ? new Outcome.Done(integration)
                    : new Outcome.Stale())
        .ifLost(new Outcome.Unknown())
        .run(calls, new Outcome.Done(integration), new Outcome.Unknown());
  }

  @Override
  public Optional<Reverted> hold(IdempotencyClaim claim, Revision holder) {
    return keys.hold(claim, holder);
  }

  @Override
  public void remember(
      IdempotencyClaim claim, Revision holder, Integration integration, boolean anew) {
    keys.remember(claim, holder, integration, anew);
  }

  @Override
  public void release(IdempotencyClaim claim, Revision holder) {
    keys.release(claim, holder);
  }

  private Optional<AccountId> account(Principal principal, IntegrationId id) {
    return switch (principal) {
      case Principal.Account(AccountId account, var _) -> Optional.of(account);
      case Principal.Connector(ConnectorId connector, var _) -> reads.locate(connector, id);
    };
  }
}
