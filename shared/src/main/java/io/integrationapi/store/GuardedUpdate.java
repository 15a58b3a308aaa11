package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.store.StoreCalls.Reply;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Sends a conditional update of an integration's item until its outcome is certain.
 *
 * <p>When the answer to an attempt is lost, the attempt may have been carried out, or be on its
 * way, or never arrive. So it is <em>settled</em> before anything else is done: the next request
 * revokes it, which is a write that always succeeds, and gets the item back. If the item remembers
 * the attempt, it was carried out. If not, it never will be, and the update is sent again under a
 * new revision. Therefore an update has at most one attempt whose fate is open, and what the store
 * says to the last one is final.
 */
final class GuardedUpdate {
  private final StoreCalls calls;
  private final String table;
  private final RetryPolicy policy;
  private final ClockAndRandom clockAndRandom;
  private final Metrics metrics;

  GuardedUpdate(
      StoreCalls calls,
      String table,
      RetryPolicy policy,
      ClockAndRandom clockAndRandom,
      Metrics metrics) {
    this.calls = calls;
    this.table = table;
    this.policy = policy;
    this.clockAndRandom = clockAndRandom;
    this.metrics = metrics;
  }

  /** The outcome. */
  sealed interface Result {
    /**
     * It was carried out, and this is what it left.
     *
     * @param item empty if nothing was asked for
     */
    record CarriedOut(Map<String, AttributeValue> item) implements Result {}

    /**
     * It was carried out by an attempt whose answer was lost.
     *
     * @param now the item as it is, which others may have written since
     */
    record CarriedOutEarlier(Map<String, AttributeValue> now) implements Result {}

    /**
     * Its condition was not met, and it will never be carried out.
     *
     * @param item as it is; empty if there is none
     */
    record Refused(Map<String, AttributeValue> item) implements Result {}

    /** Nobody knows: there was no time left, or the item forgot, or it is gone. */
    record Unknown() implements Result {}
  }

  /**
   * Sends it.
   *
   * @param expression the update and its condition
   * @throws io.integrationapi.domain.invocation.StoreUnavailableException if an attempt was not
   *     answered and could not be settled: it may have been carried out
   */
  Result send(
      Map<String, AttributeValue> key,
      Expression expression,
      Authorship authorship,
      ReturnValue returned) {
    return calls.repeat(new Sending(key, expression, authorship, returned)::next);
  }

  private final class Sending {
    private final Instant since = clockAndRandom.clock().instant();
    private final Map<String, AttributeValue> key;
    private final Expression expression;
    private final ReturnValue returned;
    private Authorship authorship;
    private boolean open;

    Sending(
        Map<String, AttributeValue> key,
        Expression expression,
        Authorship authorship,
        ReturnValue returned) {
      this.key = key;
      this.expression = expression;
      this.authorship = authorship;
      this.returned = returned;
    }

    Try<Result> next() {
      return open ? settle() : attempt(Map.of());
    }

    private Try<Result> attempt(Map<String, AttributeValue> settled) {
      Expression attempt = expression.copy();
      AuthorshipAttributes.set(attempt, authorship);
      RecentWrites.remember(attempt, authorship.revision());
      RecentWrites.requireNeitherCarriedOutNorRevoked(attempt);
      RecentWrites.cutRevoked(attempt, settled);
      return switch (once(attempt, returned)) {
        case Reply.Answer<UpdateItemResponse>(var response) ->
            Try.done(new Result.CarriedOut(response.attributes()));
        case Reply.Refused<UpdateItemResponse>(var item) ->
            Try.done(
                RecentWrites.remembers(item, authorship.revision())
                    ? carriedOutEarlier(item)
                    : new Result.Refused(item));
        case Reply.NotDone<UpdateItemResponse>(Cause why, var _, RuntimeException cause) ->
            why == Cause.CONFLICT
                ? Try.again(why, Result.Unknown::new)
                : Try.again(why, StoreCalls.unavailable(cause));
        case Reply.Lost<UpdateItemResponse>(RuntimeException cause) -> {
          open = true;
          yield Try.again(Cause.NO_ANSWER, StoreCalls.unavailable(cause));
        }
        case Reply.Cancelled<UpdateItemResponse>(var _, RuntimeException cause) -> throw cause;
      };
    }

    private Try<Result> settle() {
      Expression revoking = RecentWrites.revoking(authorship.revision()).require(Conditions.EXISTS);
      return switch (once(revoking, ReturnValue.ALL_NEW)) {
        case Reply.Answer<UpdateItemResponse>(var response) -> settled(response.attributes());
        // A deletion may have come behind an attempt that was carried out.
        case Reply.Refused<UpdateItemResponse> _ -> Try.done(new Result.Unknown());
        case Reply.NotDone<UpdateItemResponse>(Cause why, var _, RuntimeException cause) ->
            Try.again(why, StoreCalls.unavailable(cause));
        case Reply.Lost<UpdateItemResponse>(RuntimeException cause) ->
            Try.again(Cause.NO_ANSWER, StoreCalls.unavailable(cause));
        case Reply.Cancelled<UpdateItemResponse>(var _, RuntimeException cause) -> throw cause;
      };
    }

    private Try<Result> settled(Map<String, AttributeValue> item) {
      return switch (RecentWrites.recall(item, authorship.revision(), since, policy)) {
        case CARRIED_OUT -> Try.done(carriedOutEarlier(item));
        case FORGOTTEN -> Try.done(new Result.Unknown());
        case NOT_CARRIED_OUT -> {
          open = false;
          authorship = authorship.as(Revision.next(clockAndRandom));
          yield attempt(item);
        }
      };
    }

    private Result carriedOutEarlier(Map<String, AttributeValue> item) {
      metrics.count(Metric.AMBIGUOUS_ANSWERS_RESOLVED);
      return new Result.CarriedOutEarlier(item);
    }

    private Reply<UpdateItemResponse> once(Expression update, ReturnValue answer) {
      UpdateItemRequest request =
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key)
              .updateExpression(update.update())
              .conditionExpression(update.condition())
              .expressionAttributeNames(update.names())
              .expressionAttributeValues(requireNonNull(update.values()))
              .returnValues(answer)
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build();
      return calls.once(client -> client.updateItem(request));
    }
  }
}
