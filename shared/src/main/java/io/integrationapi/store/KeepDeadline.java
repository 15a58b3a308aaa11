package io.integrationapi.store;

import io.integrationapi.domain.invocation.Deadline;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * Gives each request what is left of the invocation's time, if that is less than a request may
 * take, and lets none begin when nothing is left.
 */
final class KeepDeadline implements ExecutionInterceptor {
  private final Duration attempt;

  KeepDeadline(Duration attempt) {
    this.attempt = attempt;
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    Duration time = Deadline.atMost(attempt);
    if (time.isZero()) {
      throw ApiCallTimeoutException.builder()
          .message("nothing is left of the invocation's time")
          .build();
    }
    DynamoDbRequest request = (DynamoDbRequest) context.request();
    AwsRequestOverrideConfiguration.Builder configuration =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder);
    return request.toBuilder()
        .overrideConfiguration(configuration.apiCallTimeout(time).build())
        .build();
  }
}
