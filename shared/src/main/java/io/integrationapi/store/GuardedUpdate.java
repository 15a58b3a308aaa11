package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Sends a conditional update until it is answered. It is repeated here and not by the SDK, because
 * a repetition has to ask for more than the first attempt ({@link RecentWrites}).
 */
final class GuardedUpdate {
  private final DynamoDbClient once;
  private final String table;
  private final RetryPolicy retryPolicy;
  private final Duration attemptTime;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Metrics metrics;

  /**
   * @param once a client that sends each request once
   * @param attemptTime how long an attempt may last
   */
  GuardedUpdate(
      DynamoDbClient once,
      String table,
      RetryPolicy retryPolicy,
      Duration attemptTime,
      InstantSource clock,
      RandomGenerator random,
      Metrics metrics) {
    this.once = once;
    this.table = table;
    this.retryPolicy = retryPolicy;
    this.attemptTime = attemptTime;
    this.clock = clock;
    this.random = random;
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
     * Its condition was not met.
     *
     * @param item as it is; empty if there is none
     */
    record Refused(Map<String, AttributeValue> item) implements Result {}

    /** Conflicting writes used up the retry budget: it was not carried out. */
    record Contested() implements Result {}

    /** An attempt's answer was lost, and so many others wrote since that its trace is lost. */
    record Unknown() implements Result {}
  }

  /**
   * Sends it.
   *
   * @param expression makes the update and its condition anew for each attempt
   * @throws StoreUnavailableException if no attempt was answered: it may have been carried out
   */
  Result send(
      Map<String, AttributeValue> key,
      Supplier<Expression> expression,
      Revision revision,
      ReturnValue returned) {
    Instant sentAt = clock.instant();
    RetryPolicy.Retries retries = retryPolicy.begin(random);
    boolean mayBeCarriedOut = false;
    @Nullable Revision seen = null;
    for (int failures = 0; ; ) {
      Overtaking overtaking = Overtaking.of(clock.instant(), attemptTime).except(seen);
      Expression attempt = stamped(expression.get(), revision);
      overtaking.requireNone(attempt);
      if (mayBeCarriedOut) {
        RecentWrites.requireNotForgotten(attempt, sentAt);
      }

      RuntimeException failure;
      try {
        return new Result.CarriedOut(once.updateItem(request(key, attempt, returned)).attributes());
      } catch (ConditionalCheckFailedException e) {
        Optional<Result> refusal = refused(e.item(), revision, sentAt, mayBeCarriedOut, overtaking);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        seen = RecentWrites.latest(e.item());
        if (!retries.againAtOnce()) {
          return mayBeCarriedOut ? new Result.Unknown() : new Result.Contested();
        }
        continue;
      } catch (TransactionConflictException e) {
        failure = e;
      } catch (AwsServiceException e) {
        if (!StoreCalls.isTransient(e)) {
          throw e;
        }
        mayBeCarriedOut |= !e.isThrottlingException();
        failures++;
        failure = e;
      } catch (SdkClientException e) {
        mayBeCarriedOut = true;
        failures++;
        failure = e;
      }
      if (failures == DynamoDbClients.MAX_ATTEMPTS || !retries.again()) {
        if (failure instanceof TransactionConflictException && !mayBeCarriedOut) {
          return new Result.Contested();
        }
        throw new StoreUnavailableException(failure);
      }
      if (failure instanceof TransactionConflictException) {
        metrics.count(Metric.CONFLICTS_REPEATED);
      }
    }
  }

  /** Why it was refused, or nothing if only because of a write that is later by its clock. */
  private Optional<Result> refused(
      Map<String, AttributeValue> item,
      Revision revision,
      Instant sentAt,
      boolean mayBeCarriedOut,
      Overtaking overtaking) {
    if (item.isEmpty()) {
      // A deletion may have come behind an attempt that was carried out.
      return Optional.of(mayBeCarriedOut ? new Result.Unknown() : new Result.Refused(item));
    }
    return switch (RecentWrites.recall(item, revision, sentAt)) {
      case CARRIED_OUT -> {
        metrics.count(Metric.AMBIGUOUS_ANSWERS_RESOLVED);
        yield Optional.of(new Result.CarriedOutEarlier(item));
      }
      case FORGOTTEN ->
          mayBeCarriedOut ? Optional.of(new Result.Unknown()) : unlessOvertaken(item, overtaking);
      case NOT_CARRIED_OUT -> unlessOvertaken(item, overtaking);
    };
  }

  private static Optional<Result> unlessOvertaken(
      Map<String, AttributeValue> item, Overtaking overtaking) {
    return overtaking.isBy(RecentWrites.latest(item))
        ? Optional.empty()
        : Optional.of(new Result.Refused(item));
  }

  private static Expression stamped(Expression expression, Revision revision) {
    expression.require(Conditions.EXISTS);
    RecentWrites.remember(expression, revision);
    RecentWrites.requireNotCarriedOut(expression);
    return expression;
  }

  private UpdateItemRequest request(
      Map<String, AttributeValue> key, Expression expression, ReturnValue returned) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key)
        .updateExpression(expression.update())
        .conditionExpression(expression.condition())
        .expressionAttributeNames(expression.names())
        .expressionAttributeValues(requireNonNull(expression.values()))
        .returnValues(returned)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }
}
