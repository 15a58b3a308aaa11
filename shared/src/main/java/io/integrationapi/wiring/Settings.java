package io.integrationapi.wiring;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function is told by its environment.
 *
 * @param table the name of the table: {@code TABLE_NAME}
 * @param region {@code AWS_REGION}, which Lambda sets
 * @param endpoint of DynamoDB: {@code AWS_ENDPOINT_URL_DYNAMODB}, or null for the region's own
 * @param accessKeyId {@code AWS_ACCESS_KEY_ID}, which Lambda sets
 * @param secretAccessKey {@code AWS_SECRET_ACCESS_KEY}, which Lambda sets
 * @param sessionToken {@code AWS_SESSION_TOKEN}, which Lambda sets; null on a laptop
 */
record Settings(
    String table,
    String region,
    @Nullable URI endpoint,
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken) {

  /**
   * @throws IllegalArgumentException if a variable is missing, by its name
   */
  static Settings from(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", "");
    String sessionToken = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return new Settings(
        required(environment, "TABLE_NAME"),
        required(environment, "AWS_REGION"),
        endpoint.isEmpty() ? null : URI.create(endpoint),
        required(environment, "AWS_ACCESS_KEY_ID"),
        required(environment, "AWS_SECRET_ACCESS_KEY"),
        sessionToken.isEmpty() ? null : sessionToken);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the environment variable " + name + " is missing");
    }
    return value;
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "Settings[table=" + table + ", region=" + region + ", endpoint=" + endpoint + "]";
  }
}
