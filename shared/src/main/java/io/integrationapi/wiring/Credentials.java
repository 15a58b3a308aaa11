package io.integrationapi.wiring;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The credentials of a function's role. Lambda puts them into the environment, where they last as
 * long as the process; with SnapStart it cannot, since a copy of a process would outlive them, and
 * names an address to fetch them from instead (Lambda's developer guide, "Activating and managing
 * Lambda SnapStart").
 */
final class Credentials {
  private Credentials() {}

  /**
   * @throws IllegalArgumentException if a variable is missing, by its name
   */
  static AwsCredentialsProvider from(Map<String, String> environment) {
    if (!environment.getOrDefault("AWS_CONTAINER_CREDENTIALS_FULL_URI", "").isEmpty()) {
      // It reads the address and its token from the process's own environment, and asks again
      // before what it was given expires.
      return ContainerCredentialsProvider.create();
    }

    String accessKeyId = FunctionEnvironment.required(environment, "AWS_ACCESS_KEY_ID");
    String secretAccessKey = FunctionEnvironment.required(environment, "AWS_SECRET_ACCESS_KEY");
    String sessionToken = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return StaticCredentialsProvider.create(
        sessionToken.isEmpty()
            ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
            : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken));
  }
}
