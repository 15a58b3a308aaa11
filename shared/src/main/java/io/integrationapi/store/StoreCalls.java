package io.integrationapi.store;

import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.invocation.StoreErrorException;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Calls DynamoDB. The SDK sends each request once; what is sent again is sent again by {@link
 * Retries}, since only the caller knows what a lost answer means.
 */
final class StoreCalls {
  private static final int SERVER_ERROR = 500;

  private final DynamoDbClient client;
  private final Retries retries;
  private final Metrics metrics;

  /**
   * @param client sends each request once
   */
  StoreCalls(DynamoDbClient client, Retries retries, Metrics metrics) {
    this.client = client;
    this.retries = retries;
    this.metrics = metrics;
  }

  /** What came of a request that was sent once. */
  sealed interface Reply<T> {
    /** The store did what was asked. */
    record Answer<T>(T response) implements Reply<T> {}

    /**
     * The condition of a write was not met.
     *
     * @param item as it is, if that was asked for; empty if there is none
     */
    record Refused<T>(Map<String, AttributeValue> item) implements Reply<T> {}

    /**
     * The condition of a transaction was not met.
     *
     * @param reasons one for each of its items, in their order
     */
    record Cancelled<T>(List<CancellationReason> reasons, StoreErrorException cause)
        implements Reply<T> {}

    /** Nothing was done for certain, and it is worth another try. */
    record NotDone<T>(Cause why, List<CancellationReason> reasons, RuntimeException cause)
        implements Reply<T> {}

    /** Nobody knows: a write may have been carried out, or be on its way. */
    record Lost<T>(RuntimeException cause) implements Reply<T> {}
  }

  /**
   * Sends a request once.
   *
   * @throws StoreErrorException for an error that no request of ours should meet
   */
  <T> Reply<T> once(Function<DynamoDbClient, T> call) {
    try {
      return new Reply.Answer<>(call.apply(client));
    } catch (ConditionalCheckFailedException e) {
      // Whoever cut off the answer's body took the name of the error with it.
      return new Reply.Refused<>(e.hasItem() ? e.item() : Map.of());
    } catch (TransactionCanceledException e) {
      return isContention(e)
          ? new Reply.NotDone<>(Cause.CONFLICT, e.cancellationReasons(), named(e))
          : new Reply.Cancelled<>(e.cancellationReasons(), named(e));
    } catch (TransactionConflictException | TransactionInProgressException e) {
      return new Reply.NotDone<>(Cause.CONFLICT, List.of(), named(e));
    } catch (SdkClientException e) {
      return new Reply.Lost<>(e);
    } catch (AwsServiceException e) {
      if (isCutOff(e) || (e.statusCode() >= SERVER_ERROR && !e.isThrottlingException())) {
        return new Reply.Lost<>(named(e));
      }
      if (e.isThrottlingException() || e.isClockSkewException()) {
        return new Reply.NotDone<>(Cause.NOT_SERVED, List.of(), named(e));
      }
      throw named(e);
    }
  }

  /** The error as those know it who know no SDK. */
  private static StoreErrorException named(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return new StoreErrorException(code, e.statusCode(), e.requestId(), e);
  }

  /**
   * Sends a request that may arrive any number of times, until it is answered.
   *
   * @throws StoreUnavailableException if it is not answered in time
   */
  <T> T send(Function<DynamoDbClient, T> call) {
    return sendConditional(call)
        .orElseThrow(() -> new IllegalStateException("it has no condition, and was refused"));
  }

  /**
   * The same, for a write with a condition whose refusal is final.
   *
   * @return nothing if it was refused
   */
  <T> Optional<T> sendConditional(Function<DynamoDbClient, T> call) {
    return repeat(() ->
        switch (once(call)) {
          case Reply.Answer<T>(T response) -> Try.done(Optional.of(response));
          case Reply.Refused<T> _ -> Try.done(Optional.empty());
          case Reply.NotDone<T>(Cause why, var _, RuntimeException cause) ->
              Try.again(why, unavailable(cause));
          case Reply.Lost<T>(RuntimeException cause) ->
              Try.again(Cause.NO_ANSWER, unavailable(cause));
          case Reply.Cancelled<T>(var _, RuntimeException cause) -> throw cause;
        });
  }

  /** Tries again, and counts the conflicts. */
  <T> T repeat(Supplier<Try<T>> attempt) {
    return retries.repeat(() -> {
      Try<T> came = attempt.get();
      if (came instanceof Try.Again<T>(Cause cause, var _) && cause == Cause.CONFLICT) {
        metrics.count(Metric.CONFLICTS_REPEATED);
      }
      return came;
    });
  }

  /** What it comes to when a request was never answered. */
  static <T> Supplier<T> unavailable(RuntimeException cause) {
    return () -> {
      throw new StoreUnavailableException(cause);
    };
  }

  /** A refused condition counts only when all of them could be looked at. */
  private static boolean isContention(TransactionCanceledException e) {
    return e.cancellationReasons().stream().anyMatch(StoreCalls::isContention);
  }

  private static boolean isContention(CancellationReason reason) {
    return isConflict(reason)
        || "ThrottlingError".equals(reason.code())
        || "ProvisionedThroughputExceeded".equals(reason.code());
  }

  /** Whether it conflicted with another write on the same item. */
  static boolean isConflict(CancellationReason reason) {
    return "TransactionConflict".equals(reason.code());
  }

  /** An error of which only the status arrived, without its name: whatever it was is lost. */
  private static boolean isCutOff(AwsServiceException e) {
    return e.statusCode() < SERVER_ERROR
        && (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null);
  }
}
