package io.integrationapi.store;

import java.net.URI;
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

/** Makes the client. */
public final class DynamoDbClients {
  /** The first attempt and its repetitions. */
  static final int MAX_ATTEMPTS = 4;

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
        .connectionTimeout(TimeLimits.FUNCTION.attempt())
        .buildWithDefaults(options(endpoint));
  }

  /** Every certificate is checked, where there is one. */
  static AttributeMap options(@Nullable URI endpoint) {
    return endpoint != null && "http".equals(endpoint.getScheme())
        ? WITHOUT_TLS
        : AttributeMap.empty();
  }

  /**
   * A client that sends a request up to four times within a call's time.
   *
   * @param endpoint null for the region's own
   */
  public static DynamoDbClient create(
      SdkHttpClient http,
      TimeLimits limits,
      Region region,
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint) {
    return create(http, limits, MAX_ATTEMPTS, region, credentials, endpoint);
  }

  /**
   * A client that sends each request once.
   *
   * @param endpoint null for the region's own
   */
  public static DynamoDbClient createOnce(
      SdkHttpClient http,
      TimeLimits limits,
      Region region,
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint) {
    return create(http, limits, 1, region, credentials, endpoint);
  }

  private static DynamoDbClient create(
      SdkHttpClient http,
      TimeLimits limits,
      int maxAttempts,
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
                    .apiCallAttemptTimeout(limits.attempt())
                    .addExecutionInterceptor(new KeepDeadline(limits.call()))
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(maxAttempts)
                            .build()));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }
}
