package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The writes that make or delete an integration: one transaction each. */
final class IntegrationTransactions {
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;
  private final Duration attempt;
  private final InstantSource clock;
  private final Metrics metrics;

  /**
   * @param attempt how long an attempt may last
   */
  IntegrationTransactions(
      String table,
      StoreCalls calls,
      IntegrationReads reads,
      Duration attempt,
      InstantSource clock,
      Metrics metrics) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.attempt = attempt;
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
      transaction
          .add(record(claim, integration), found -> earlier(claim, found), new Outcome.InProgress())
          .unless(() -> findEarlier(claim));
    }
    return transaction
        .add(put(integration), found -> ownEarlier(integration.revision(), found))
        .run(calls, new Outcome.Done(integration), new Outcome.Contested());
  }

  CopyResult copy(Copy copy, @Nullable IdempotencyClaim claim) {
    Integration integration = copy.integration();
    Transaction<CopyResult> transaction = new Transaction<>();
    if (claim != null) {
      transaction
          .add(
              record(claim, integration),
              found -> settled(earlier(claim, found)),
              settled(new Outcome.InProgress()))
          .unless(() -> findEarlier(claim).map(IntegrationTransactions::settled));
    }
    transaction.add(sourceUnchanged(copy), found -> sourceRefused(copy, found));
    if (integration.connectorId() != null && !integration.managed()) {
      transaction.add(connectorAbsent(integration), _ -> new CopyResult.ConnectorRegistered());
    }
    return transaction
        .add(put(integration), found -> settled(ownEarlier(integration.revision(), found)))
        .run(calls, settled(new Outcome.Done(integration)), settled(new Outcome.Contested()));
  }

  Outcome delete(AccountId account, IntegrationId id, Precondition precondition) {
    RetryPolicy.Retries retries = calls.retries();
    Overtaking overtaking = Overtaking.of(clock.instant(), attempt);
    while (true) {
      Deletion deletion = delete(account, id, precondition, overtaking);
      if (deletion instanceof Deletion.Settled(Outcome outcome)) {
        return outcome;
      }
      if (deletion instanceof Deletion.Overtaken(Revision by)) {
        overtaking = Overtaking.of(clock.instant(), attempt).except(by);
      }
      if (!retries.againAtOnce()) {
        return new Outcome.Contested();
      }
    }
  }

  /** The outcome of one transaction. */
  private sealed interface Deletion {
    /** It is done, or refused for good. */
    record Settled(Outcome outcome) implements Deletion {}

    /** Refused: somebody wrote when it should have been answered already. */
    record Overtaken(Revision by) implements Deletion {}
  }

  private Deletion delete(
      AccountId account, IntegrationId id, Precondition precondition, Overtaking overtaking) {
    Expression expression =
        new Expression().require(Conditions.EXISTS).require(Conditions.UNLOCKED);
    overtaking.requireNone(expression);
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
    return new Transaction<Deletion>()
        .add(delete, found -> deleteRefused(found, overtaking))
        .run(
            calls,
            new Deletion.Settled(new Outcome.Gone()),
            new Deletion.Settled(new Outcome.Contested()));
  }

  /** What the claim's request came to when it was carried out earlier. */
  Optional<Outcome> findEarlier(IdempotencyClaim claim) {
    return reads
        .earlier(claim)
        .filter(record -> Long.parseLong(requireNonNull(record.get("expires")).n()) > now())
        .map(record -> earlier(claim, record));
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
    Expression expression =
        new Expression().require(Conditions.ABSENT_OR_EXPIRED).value(":now", number(now()));
    Map<String, AttributeValue> item = new HashMap<>(Keys.idempotency(claim));
    item.put("requestDigest", AttributeValue.fromS(claim.requestDigest()));
    item.put("integration", AttributeValue.fromM(IntegrationMapper.toItem(integration)));
    item.put("expires", number(firstSecondNotBefore(claim.expires())));
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

  private static Deletion deleteRefused(Map<String, AttributeValue> found, Overtaking overtaking) {
    if (found.isEmpty()) {
      return new Deletion.Settled(new Outcome.Missing());
    }
    Integration now = IntegrationMapper.fromItem(found);
    if (overtaking.isBy(now.revision())) {
      return new Deletion.Overtaken(now.revision());
    }
    return new Deletion.Settled(
        now.lock().<Outcome>map(Outcome.Locked::new).orElseGet(Outcome.Stale::new));
  }

  private static CopyResult settled(Outcome outcome) {
    return new CopyResult.Settled(outcome);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** Times in the table are whole seconds, and a key must not be free before its time. */
  private static long firstSecondNotBefore(Instant instant) {
    return instant.plusNanos(999_999_999).getEpochSecond();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
