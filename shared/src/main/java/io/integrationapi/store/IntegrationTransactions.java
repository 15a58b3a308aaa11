package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.AccountId;
import io.integrationapi.domain.Copy;
import io.integrationapi.domain.CopyResult;
import io.integrationapi.domain.Fault;
import io.integrationapi.domain.FaultCode;
import io.integrationapi.domain.IdempotencyClaim;
import io.integrationapi.domain.Integration;
import io.integrationapi.domain.IntegrationId;
import io.integrationapi.domain.Metrics;
import io.integrationapi.domain.Metrics.Metric;
import io.integrationapi.domain.Outcome;
import io.integrationapi.domain.Precondition;
import io.integrationapi.domain.Revision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The writes that make or delete an integration: one transaction each. */
final class IntegrationTransactions {
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final DynamoDbClient client;
  private final String table;
  private final StoreCalls calls;
  private final InstantSource clock;
  private final Metrics metrics;

  IntegrationTransactions(
      DynamoDbClient client, String table, StoreCalls calls, InstantSource clock, Metrics metrics) {
    this.client = client;
    this.table = table;
    this.calls = calls;
    this.clock = clock;
    this.metrics = metrics;
  }

  Outcome create(Integration integration, @Nullable IdempotencyClaim claim) {
    Outcome outcome = tryToCreate(integration, claim);
    boolean made = outcome instanceof Outcome.Done(Integration done) && done.equals(integration);
    if (made && integration.lock().isPresent()) {
      metrics.count(Metric.LOCKS_BEGUN);
    }
    return outcome;
  }

  private Outcome tryToCreate(Integration integration, @Nullable IdempotencyClaim claim) {
    Transaction<Outcome> transaction = new Transaction<>();
    if (claim != null) {
      transaction.add(
          record(claim, integration), found -> earlier(claim, found), new Outcome.InProgress());
    }
    return transaction
        .add(put(integration), found -> ownEarlier(integration.revision(), found))
        .run(client, calls, new Outcome.Done(integration), new Outcome.Contested());
  }

  CopyResult copy(Copy copy, @Nullable IdempotencyClaim claim) {
    Integration integration = copy.integration();
    Transaction<CopyResult> transaction = new Transaction<>();
    if (claim != null) {
      transaction.add(
          record(claim, integration),
          found -> settled(earlier(claim, found)),
          settled(new Outcome.InProgress()));
    }
    transaction.add(sourceUnchanged(copy), found -> sourceRefused(copy, found));
    if (integration.connectorId() != null && !integration.managed()) {
      transaction.add(connectorAbsent(integration), _ -> new CopyResult.ConnectorRegistered());
    }
    return transaction
        .add(put(integration), found -> settled(ownEarlier(integration.revision(), found)))
        .run(
            client,
            calls,
            settled(new Outcome.Done(integration)),
            settled(new Outcome.Contested()));
  }

  Outcome delete(AccountId account, IntegrationId id, Precondition precondition) {
    Expression expression =
        new Expression().require(Conditions.EXISTS).require(Conditions.UNLOCKED);
    Conditions.require(expression, precondition);
    TransactWriteItem delete =
        item(builder ->
            builder.delete(request ->
                request
                    .tableName(table)
                    .key(Keys.integration(account, id))
                    .conditionExpression(expression.condition())
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(ALL_OLD)));
    return new Transaction<Outcome>()
        .add(delete, found -> deleteRefused(precondition, found))
        .run(client, calls, new Outcome.Gone(), new Outcome.Contested());
  }

  /** What a record of the claim's key says, or nothing if its time is over. */
  Optional<Outcome> outcomeOf(IdempotencyClaim claim, Map<String, AttributeValue> record) {
    long expires = Long.parseLong(requireNonNull(record.get("expires")).n());
    return expires <= clock.instant().getEpochSecond()
        ? Optional.empty()
        : Optional.of(earlier(claim, record));
  }

  private TransactWriteItem put(Integration integration) {
    Expression expression = new Expression().require(Conditions.ABSENT);
    return put(IntegrationMapper.toItem(integration), expression);
  }

  /**
   * The record holds the integration as it was made, from which the first answer can be made again,
   * byte for byte, whatever has become of the integration since.
   */
  private TransactWriteItem record(IdempotencyClaim claim, Integration integration) {
    Instant now = clock.instant();
    Expression expression =
        new Expression().require(Conditions.ABSENT_OR_EXPIRED).value(":now", seconds(now));
    Map<String, AttributeValue> item = new HashMap<>(Keys.idempotency(claim));
    item.put("requestDigest", AttributeValue.fromS(claim.requestDigest()));
    item.put("integration", AttributeValue.fromM(IntegrationMapper.toItem(integration)));
    item.put("expires", seconds(claim.expires()));
    return put(item, expression);
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, Expression expression) {
    return item(builder ->
        builder.put(request ->
            request
                .tableName(table)
                .item(item)
                .conditionExpression(expression.condition())
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .returnValuesOnConditionCheckFailure(ALL_OLD)));
  }

  private TransactWriteItem sourceUnchanged(Copy copy) {
    Integration source = copy.source();
    Expression expression =
        new Expression()
            .require(Conditions.UNCHANGED)
            .value(":basis", source.revision().value())
            .require(Conditions.UNLOCKED);
    Conditions.require(expression, copy.precondition());
    return check(Keys.integration(source.account(), source.id()), expression);
  }

  private TransactWriteItem connectorAbsent(Integration integration) {
    return check(
        Keys.connector(requireNonNull(integration.connectorId())),
        new Expression().require(Conditions.ABSENT));
  }

  private TransactWriteItem check(Map<String, AttributeValue> key, Expression expression) {
    return item(builder ->
        builder.conditionCheck(request ->
            request
                .tableName(table)
                .key(key)
                .conditionExpression(expression.condition())
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .returnValuesOnConditionCheckFailure(ALL_OLD)));
  }

  private static TransactWriteItem item(
      Function<TransactWriteItem.Builder, TransactWriteItem.Builder> kind) {
    return kind.apply(TransactWriteItem.builder()).build();
  }

  private Outcome earlier(IdempotencyClaim claim, Map<String, AttributeValue> record) {
    String requestDigest = requireNonNull(record.get("requestDigest")).s();
    if (!requestDigest.equals(claim.requestDigest())) {
      return new Outcome.Invalid(
          new Fault(
              FaultCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another request within the last 24 hours."));
    }
    metrics.count(Metric.REPLAYS);
    return new Outcome.Done(
        IntegrationMapper.fromItem(requireNonNull(record.get("integration")).m()));
  }

  /** The fresh id is there already: this very write made it, before its content was made anew. */
  private static Outcome ownEarlier(Revision revision, Map<String, AttributeValue> found) {
    Integration integration = IntegrationMapper.fromItem(found);
    if (!integration.revision().equals(revision)) {
      throw new IllegalStateException("two integrations were given one id");
    }
    return new Outcome.Done(integration);
  }

  private CopyResult sourceRefused(Copy copy, Map<String, AttributeValue> found) {
    if (found.isEmpty()) {
      return settled(new Outcome.Missing());
    }
    Integration now = IntegrationMapper.fromItem(found);
    if (now.lock().isPresent()) {
      return settled(new Outcome.Locked(now.lock().get()));
    }
    if (!copy.precondition().allows(now.revision())) {
      return settled(new Outcome.Stale());
    }
    metrics.count(Metric.CONFLICTS_REPEATED);
    return new CopyResult.SourceChanged(now);
  }

  private static Outcome deleteRefused(
      Precondition precondition, Map<String, AttributeValue> found) {
    if (found.isEmpty()) {
      return new Outcome.Missing();
    }
    Integration now = IntegrationMapper.fromItem(found);
    if (now.lock().isPresent()) {
      return new Outcome.Locked(now.lock().get());
    }
    return precondition.allows(now.revision()) ? new Outcome.Missing() : new Outcome.Stale();
  }

  private static CopyResult settled(Outcome outcome) {
    return new CopyResult.Settled(outcome);
  }

  private static AttributeValue seconds(Instant instant) {
    return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
  }
}
