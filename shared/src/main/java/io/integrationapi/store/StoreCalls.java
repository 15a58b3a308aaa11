package io.integrationapi.store;

import io.integrationapi.domain.Metrics;
import io.integrationapi.domain.Metrics.Metric;
import io.integrationapi.domain.RetryPolicy;
import io.integrationapi.domain.StoreUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Calls DynamoDB. What the SDK does not repeat by itself is repeated here: a write that met another
 * transaction on the same item.
 */
final class StoreCalls {
  private final RetryPolicy retryPolicy;
  private final RandomGenerator random;
  private final Metrics metrics;

  StoreCalls(RetryPolicy retryPolicy, RandomGenerator random, Metrics metrics) {
    this.retryPolicy = retryPolicy;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * A read.
   *
   * @throws StoreUnavailableException if no answer came within the SDK's attempts
   */
  <T> T read(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkClientException e) {
      throw new StoreUnavailableException(e);
    } catch (AwsServiceException e) {
      throw isTransient(e) ? new StoreUnavailableException(e) : e;
    }
  }

  /**
   * A write, which must be one that can be sent twice. An exception that says that the write was
   * refused is the caller's.
   *
   * @return nothing if conflicting writes used up the retry budget; a transaction that they were in
   *     the way of throws, since its reasons tell where
   * @throws StoreUnavailableException if no answer came within the SDK's attempts: it may have been
   *     carried out
   */
  <T> Optional<T> write(Supplier<T> call) {
    RetryPolicy.Retries retries = retryPolicy.begin(random);
    while (true) {
      try {
        return Optional.of(read(call));
      } catch (TransactionInProgressException e) {
        if (!retries.again()) {
          return Optional.empty();
        }
      } catch (TransactionCanceledException e) {
        if (!isContention(e) || !retries.again()) {
          throw e;
        }
      }
      metrics.count(Metric.CONFLICTS_REPEATED);
    }
  }

  /** A refused condition counts only when all of them could be looked at. */
  static boolean isContention(TransactionCanceledException e) {
    return e.cancellationReasons().stream().anyMatch(StoreCalls::isContention);
  }

  static boolean isContention(CancellationReason reason) {
    return switch (reason.code() == null ? "" : reason.code()) {
      case "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded" -> true;
      default -> false;
    };
  }

  static boolean isTransient(AwsServiceException e) {
    return e.statusCode() >= 500 || e.isThrottlingException();
  }
}
