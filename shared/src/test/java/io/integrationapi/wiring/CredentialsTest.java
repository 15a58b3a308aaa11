package io.integrationapi.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Where a function's credentials come from: the environment, or the address that it names. */
class CredentialsTest {
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key");

  /** By which the SDK can be told what else it reads from the process's environment. */
  private static final String ADDRESS = "aws.containerCredentialsFullUri";

  @Test
  void keys_are_taken_from_the_environment() {
    AwsCredentials credentials = Credentials.from(KEYS).resolveCredentials();

    assertEquals("id", credentials.accessKeyId());
    assertEquals("key", credentials.secretAccessKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void missing_key_is_said_by_its_name(String name) {
    Map<String, String> keys = new HashMap<>(KEYS);
    keys.remove(name);

    String message =
        assertThrows(IllegalArgumentException.class, () -> Credentials.from(keys)).getMessage();

    assertEquals("the environment variable " + name + " is missing", message);
  }

  @Test
  void with_snap_start_they_are_fetched_and_no_key_is_needed() throws Exception {
    HttpServer lambda =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lambda.createContext(
        "/credentials",
        exchange -> {
          byte[] body =
              ("{\"AccessKeyId\":\"fetched\",\"SecretAccessKey\":\"key\",\"Token\":\"session\","
                      + "\"Expiration\":\"2126-11-24T00:00:00Z\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    lambda.start();
    String address = "http://127.0.0.1:" + lambda.getAddress().getPort() + "/credentials";
    System.setProperty(ADDRESS, address);
    try {
      AwsSessionCredentials credentials =
          (AwsSessionCredentials)
              Credentials.from(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", address))
                  .resolveCredentials();

      assertEquals("fetched", credentials.accessKeyId());
      assertEquals("session", credentials.sessionToken());
    } finally {
      System.clearProperty(ADDRESS);
      lambda.stop(0);
    }
  }
}
