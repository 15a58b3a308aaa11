package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.history.Reverted;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The keys of requests that are one UpdateItem, which no transaction can record with its outcome: a
 * key is held before the write, and keeps what came of it afterwards. One that is held by a
 * function that is gone is free again after a while, and the request may be sent again.
 */
final class HeldKeys {
  /** Longer than any invocation of the function lasts. */
  private static final Duration HELD = Duration.ofSeconds(15);

  private static final String HOLDER = "holder";
  private static final String ANEW = "anew";
  private static final String INTEGRATION = "integration";

  private final String table;
  private final StoreCalls calls;
  private final IntegrationReads reads;
  private final IdempotencyRecords records;
  private final InstantSource clock;

  HeldKeys(
      String table,
      StoreCalls calls,
      IntegrationReads reads,
      IdempotencyRecords records,
      InstantSource clock) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.records = records;
    this.clock = clock;
  }

  Optional<Reverted> hold(IdempotencyClaim claim, Revision holder) {
    Map<String, AttributeValue> item =
        item(claim, holder, clock.instant().plus(HELD).getEpochSecond());
    if (put(item, holder)) {
      return Optional.empty();
    }
    Map<String, AttributeValue> found = reads.earlier(claim).orElse(Map.of());
    return Optional.of(
        found.isEmpty()
            // It was let go just now: whoever asks again finds it free.
            ? new Reverted(new Outcome.InProgress(), false)
            : new Reverted(records.earlier(claim, found), found.containsKey(ANEW)));
  }

  void remember(IdempotencyClaim claim, Revision holder, Integration integration, boolean anew) {
    Map<String, AttributeValue> item =
        item(claim, holder, IdempotencyRecords.firstSecondNotBefore(claim.expires()));
    item.put(INTEGRATION, AttributeValue.fromM(IntegrationMapper.toItem(integration)));
    if (anew) {
      item.put(ANEW, AttributeValue.fromBool(true));
    }
    // Refused, another attempt took the key when its time was over, and keeps what it comes to.
    put(item, holder);
  }

  void release(IdempotencyClaim claim, Revision holder) {
    Expression expression =
        new Expression().require(Conditions.HELD).value(":holder", holder.value());
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(Keys.idempotency(claim))
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(requireNonNull(expression.values()))
            .build();
    calls.sendConditional(client -> client.deleteItem(request));
  }

  private static Map<String, AttributeValue> item(
      IdempotencyClaim claim, Revision holder, long expires) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.idempotency(claim));
    item.put("requestDigest", AttributeValue.fromS(claim.requestDigest()));
    item.put(HOLDER, AttributeValue.fromS(holder.value()));
    item.put("expires", ChangeNumbers.number(expires));
    return item;
  }

  private boolean put(Map<String, AttributeValue> item, Revision holder) {
    Expression expression =
        new Expression()
            .require(Conditions.FREE_OR_HELD)
            .value(":now", ChangeNumbers.number(clock.instant().getEpochSecond()))
            .value(":holder", holder.value());
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(requireNonNull(expression.values()))
            .build();
    return calls.sendConditional(client -> client.putItem(request)).isPresent();
  }
}
