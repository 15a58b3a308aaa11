package io.integrationapi.store;

import io.integrationapi.domain.invocation.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes the client of the store. */
public final class DynamoDbClients {
  /** As many updates as {@code BeginUpdate} begins at once. */
  private static final int MAX_CONNECTIONS = 50;

  /**
   * A laptop's store has no certificate to check. CRT makes its TLS context even so, and refuses to
   * on a system without a trust store, as a container of {@code sam local} may be.
   */
  private static final AttributeMap WITHOUT_TLS =
      AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();

  private DynamoDbClients() {}

  /**
   * The HTTP client of a function: AWS CRT starts faster than the others over TLS.
   *
   * @param endpoint null for the region's own
   */
  public static SdkHttpClient httpClient(@Nullable URI endpoint) {
    return AwsCrtHttpClient.builder()
        .maxConcurrency(MAX_CONNECTIONS)
        .connectionTimeout(RetryPolicy.FUNCTION.attempt())
        .buildWithDefaults(options(endpoint));
  }

  /** Every certificate is checked, where there is one. */
  static AttributeMap options(@Nullable URI endpoint) {
    return endpoint != null && "http".equals(endpoint.getScheme())
        ? WITHOUT_TLS
        : AttributeMap.empty();
  }

  /**
   * A client that sends each request once: what is sent again is {@link StoreCalls}' to decide.
   *
   * @param attempt the longest time of one request and its answer
   * @param endpoint null for the region's own
   */
  public static DynamoDbClient create(
      SdkHttpClient http,
      Duration attempt,
      Region region,
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint) {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .httpClient(http)
            .region(region)
            .credentialsProvider(credentials)
            .overrideConfiguration(configuration ->
                configuration
                    .addExecutionInterceptor(new KeepDeadline(attempt))
                    .retryStrategy(AwsRetryStrategy.doNotRetry()));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }
}
