package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What keyed requests came to. A record holds the integration as it was made, from which the first
 * answer can be made again, byte for byte, whatever has become of the integration since.
 */
final class IdempotencyRecords {
  private final TransactItems items;
  private final IntegrationReads reads;
  private final InstantSource clock;
  private final Metrics metrics;

  IdempotencyRecords(
      TransactItems items, IntegrationReads reads, InstantSource clock, Metrics metrics) {
    this.items = items;
    this.reads = reads;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Keeps what the request comes to, unless it came to something before. */
  TransactWriteItem put(IdempotencyClaim claim, Integration integration) {
    Expression expression =
        new Expression().require(Conditions.ABSENT_OR_EXPIRED).value(":now", number(now()));
    Map<String, AttributeValue> item = new HashMap<>(Keys.idempotency(claim));
    item.put("requestDigest", AttributeValue.fromS(claim.requestDigest()));
    item.put("integration", AttributeValue.fromM(IntegrationMapper.toItem(integration)));
    item.put("expires", number(firstSecondNotBefore(claim.expires())));
    return items.put(item, expression);
  }

  /** What the claim's request came to when it was carried out earlier. */
  Optional<Outcome> findEarlier(IdempotencyClaim claim) {
    return reads
        .earlier(claim)
        .filter(record -> Long.parseLong(requireNonNull(record.get("expires")).n()) > now())
        .map(record -> earlier(claim, record));
  }

  /**
   * What the record of an earlier request means for this one. One without an outcome is being
   * carried out ({@link HeldKeys}).
   */
  Outcome earlier(IdempotencyClaim claim, Map<String, AttributeValue> record) {
    String requestDigest = requireNonNull(record.get("requestDigest")).s();
    if (!requestDigest.equals(claim.requestDigest())) {
      return new Outcome.Invalid(
          new Fault(
              FaultCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another request within the last 24 hours."));
    }
    AttributeValue integration = record.get("integration");
    if (integration == null) {
      return new Outcome.InProgress();
    }
    metrics.count(Metric.REPLAYS);
    return new Outcome.Done(IntegrationMapper.fromItem(integration.m()));
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** Times in the table are whole seconds, and a key must not be free before its time. */
  static long firstSecondNotBefore(Instant instant) {
    return instant.plusNanos(999_999_999).getEpochSecond();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
