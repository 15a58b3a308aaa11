package io.integrationapi.wiring;

import io.integrationapi.domain.history.HistorySettings;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function is told by its environment, besides its credentials ({@link Credentials}).
 *
 * @param table the name of the table: {@code TABLE_NAME}
 * @param stack which deployment its metrics are about: {@code STACK_NAME}, or {@code local}
 * @param region {@code AWS_REGION}, which Lambda sets
 * @param endpoint of DynamoDB: {@code AWS_ENDPOINT_URL_DYNAMODB}, or null for the region's own
 */
record FunctionEnvironment(String table, String stack, String region, @Nullable URI endpoint) {
  private static final String HISTORY_DAYS = "HISTORY_DAYS";
  private static final String ENDPOINT = "AWS_ENDPOINT_URL_";

  /**
   * @throws IllegalArgumentException if a variable is missing, by its name
   */
  static FunctionEnvironment from(Map<String, String> environment) {
    String endpoint = environment.getOrDefault(ENDPOINT + "DYNAMODB", "");
    return new FunctionEnvironment(
        required(environment, "TABLE_NAME"),
        environment.getOrDefault("STACK_NAME", "local"),
        required(environment, "AWS_REGION"),
        endpoint.isEmpty() ? null : URI.create(endpoint));
  }

  /**
   * Where a service answers that only one function asks.
   *
   * @throws IllegalArgumentException if the function's environment does not say, by its name
   */
  static URI endpoint(Map<String, String> environment, String service) {
    return URI.create(required(environment, ENDPOINT + service));
  }

  /**
   * How long the history is kept: {@code HISTORY_DAYS}, which the functions have that need it.
   *
   * @throws IllegalArgumentException if it is missing or no number of days, by its name
   */
  static HistorySettings historySettings(Map<String, String> environment) {
    String days = required(environment, HISTORY_DAYS);
    try {
      return new HistorySettings(Integer.parseUnsignedInt(days));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "the environment variable " + HISTORY_DAYS + " is no number of days");
    }
  }

  static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the environment variable " + name + " is missing");
    }
    return value;
  }
}
