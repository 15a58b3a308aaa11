package io.integrationapi.store;

import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Calls DynamoDB, and tells apart what it said from what it could not say. */
final class StoreCalls {
  private final DynamoDbClient client;
  private final RetryPolicy retryPolicy;
  private final RandomGenerator random;
  private final Metrics metrics;

  StoreCalls(
      DynamoDbClient client, RetryPolicy retryPolicy, RandomGenerator random, Metrics metrics) {
    this.client = client;
    this.retryPolicy = retryPolicy;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Sends a request, which must be one that can be sent twice. What the SDK does not repeat by
   * itself is repeated here: a write that met a transaction on the same item, and a request whose
   * answer was cut off, of which the SDK knows but the status.
   *
   * @throws StoreUnavailableException if no answer came within the SDK's attempts: a write may have
   *     been carried out
   */
  <T> T send(Function<DynamoDbClient, T> call) {
    RetryPolicy.Retries retries = retries();
    while (true) {
      try {
        return call.apply(client);
      } catch (TransactionInProgressException e) {
        // To the SDK it is a throttled request, and repeated as one.
        throw e;
      } catch (SdkClientException e) {
        throw new StoreUnavailableException(e);
      } catch (AwsServiceException e) {
        if (!(e instanceof TransactionConflictException || isCutOff(e))) {
          throw isTransient(e) ? new StoreUnavailableException(e) : e;
        }
        if (!retries.again()) {
          throw new StoreUnavailableException(e);
        }
      }
    }
  }

  /** For what is left to be sent again although the store answered. */
  RetryPolicy.Retries retries() {
    return retryPolicy.begin(random);
  }

  /** A refused condition counts only when all of them could be looked at. */
  static boolean isContention(TransactionCanceledException e) {
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

  /** Whether it is not known what the store said, or that it could not say more. */
  static boolean isTransient(AwsServiceException e) {
    return e.statusCode() >= 500 || e.isThrottlingException() || isCutOff(e);
  }

  /** An error of which only the status arrived, without its name: whatever it was is lost. */
  private static boolean isCutOff(AwsServiceException e) {
    return e.statusCode() < 500
        && (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null);
  }

  /** A write met another one on the same item, and is sent once more. */
  void countConflict() {
    metrics.count(Metric.CONFLICTS_REPEATED);
  }
}
