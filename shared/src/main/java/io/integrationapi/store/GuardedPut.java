package io.integrationapi.store;

import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.store.StoreCalls.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Puts a new integration until it is there, once.
 *
 * <p>An attempt whose answer was lost is <em>settled</em> before anything else is done, as in
 * {@link GuardedUpdate}: the next request takes its key, which keeps the attempt out if it arrives
 * later. If the key is taken already, it is by the attempt itself, since nobody else has the id. If
 * not, the integration is put again under another id. What takes the key is no integration to any
 * reader, and expires.
 */
final class GuardedPut {
  /** Longer than anything stays on its way. */
  private static final Duration KEY_TAKEN = Duration.ofDays(1);

  private final StoreCalls calls;
  private final String table;
  private final ClockAndRandom clockAndRandom;
  private final Metrics metrics;

  GuardedPut(StoreCalls calls, String table, ClockAndRandom clockAndRandom, Metrics metrics) {
    this.calls = calls;
    this.table = table;
    this.clockAndRandom = clockAndRandom;
    this.metrics = metrics;
  }

  /**
   * Sends it.
   *
   * @return the integration, under another id than it had if that had to be given up; as it is now
   *     if an attempt whose answer was lost put it
   * @throws io.integrationapi.domain.invocation.StoreUnavailableException if an attempt was not
   *     answered and could not be settled: it may have been carried out
   */
  Integration send(Integration integration) {
    return calls.repeat(new Sending(integration)::next);
  }

  private final class Sending {
    private Integration integration;
    private boolean open;

    Sending(Integration integration) {
      this.integration = integration;
    }

    Try<Integration> next() {
      return open ? settle() : attempt();
    }

    private Try<Integration> attempt() {
      return switch (put(IntegrationMapper.toItem(integration))) {
        case Reply.Answer<PutItemResponse> _ -> Try.done(integration);
        case Reply.Refused<PutItemResponse>(var item) -> Try.done(own(item));
        case Reply.NotDone<PutItemResponse>(Cause why, var _, RuntimeException cause) ->
            Try.again(why, StoreCalls.unavailable(cause));
        case Reply.Lost<PutItemResponse>(RuntimeException cause) -> {
          open = true;
          yield Try.again(Cause.NO_ANSWER, StoreCalls.unavailable(cause));
        }
        case Reply.Cancelled<PutItemResponse>(var _, RuntimeException cause) -> throw cause;
      };
    }

    /** Something between us and the store sent the request twice. */
    private Integration own(Map<String, AttributeValue> item) {
      if (!RecentWrites.latestIs(item, integration.revision())) {
        throw new IllegalStateException("two integrations were given one id");
      }
      return integration;
    }

    private Try<Integration> settle() {
      return switch (put(keyTaken())) {
        case Reply.Answer<PutItemResponse> _ -> again();
        case Reply.Refused<PutItemResponse>(var item) -> {
          if (!IntegrationMapper.isIntegration(item)) {
            // The answer to an earlier settling was lost.
            yield again();
          }
          metrics.count(Metric.AMBIGUOUS_ANSWERS_RESOLVED);
          yield Try.done(IntegrationMapper.fromItem(item));
        }
        case Reply.NotDone<PutItemResponse>(Cause why, var _, RuntimeException cause) ->
            Try.again(why, StoreCalls.unavailable(cause));
        case Reply.Lost<PutItemResponse>(RuntimeException cause) ->
            Try.again(Cause.NO_ANSWER, StoreCalls.unavailable(cause));
        case Reply.Cancelled<PutItemResponse>(var _, RuntimeException cause) -> throw cause;
      };
    }

    private Try<Integration> again() {
      open = false;
      integration =
          integration.withId(
              IntegrationId.next(integration.lastModified(), clockAndRandom.random()));
      return attempt();
    }

    private Map<String, AttributeValue> keyTaken() {
      Map<String, AttributeValue> item =
          new HashMap<>(Keys.integration(integration.account(), integration.id()));
      long expires = clockAndRandom.now().plus(KEY_TAKEN).getEpochSecond();
      item.put("expires", AttributeValue.fromN(Long.toString(expires)));
      return item;
    }

    private Reply<PutItemResponse> put(Map<String, AttributeValue> item) {
      Expression expression = new Expression().require(Conditions.ABSENT);
      PutItemRequest request =
          PutItemRequest.builder()
              .tableName(table)
              .item(item)
              .conditionExpression(expression.condition())
              .expressionAttributeNames(expression.names())
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build();
      return calls.once(client -> client.putItem(request));
    }
  }
}
