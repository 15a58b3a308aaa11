package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.testing.NoSecretsInOutput;
import io.integrationapi.testing.OpenApi;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API that the black-box tests call: the one at the address in the environment variable {@code
 * API_URL}, wherever it is deployed, or else a laptop. Beside {@code API_URL} stands a token for
 * each {@link Caller}.
 */
final class DeployedApi implements AutoCloseable {

  /** Who calls, and the token that the caller has on a laptop. */
  enum Caller {
    ACCOUNT("my_api_token"),
    READ_ONLY_ACCOUNT("my_read_token"),
    OTHER_ACCOUNT("other_api_token"),
    CONNECTOR("my_connector_token"),
    OTHER_CONNECTOR("other_connector_token");

    private final String tokenOnLaptop;

    Caller(String tokenOnLaptop) {
      this.tokenOnLaptop = tokenOnLaptop;
    }
  }

  /** What was answered. */
  record Answer(int status, Map<String, String> headers, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String id() {
      return json().path("_id").asString();
    }

    String etag() {
      return headers.getOrDefault("ETag", "");
    }

    /** The first entry of the error envelope; fails unless this is a refusal of that kind. */
    JsonNode refusal(int expectedStatus, String code) {
      assertEquals(expectedStatus, status, body);
      JsonNode error = json().path("errors").path(0);
      assertEquals(code, error.path("code").asString(), body);
      assertTrue(error.path("message").isString(), body);
      return error;
    }
  }

  // A function that starts on a busy machine takes its time.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final @Nullable Server laptop;
  private final URI url;
  private final Map<String, String> environment;

  private DeployedApi(URI url, Map<String, String> environment, @Nullable Server laptop) {
    this.url = url;
    this.environment = environment;
    this.laptop = laptop;
    for (Caller caller : Caller.values()) {
      NoSecretsInOutput.plant(token(caller));
    }
  }

  static DeployedApi open() throws StartFault {
    Map<String, String> environment = System.getenv();
    String url = environment.get("API_URL");
    if (url != null) {
      return new DeployedApi(URI.create(url), environment, null);
    }
    Settings settings =
        Settings.from(
            Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", "memory"), TestStore.root());
    DeployedHandlers handlers = new DeployedHandlers();
    Server laptop =
        Server.start(
            TestStore.template(), settings, handlers, new ExampleData(handlers::components));
    return new DeployedApi(laptop.api(), Map.of(), laptop);
  }

  @Override
  public void close() {
    client.close();
    if (laptop != null) {
      laptop.close();
    }
  }

  /** One request; its answer is held against {@code openapi.yaml}. */
  final class Call {
    private final String method;
    private final String target;
    private final HttpRequest.Builder request;
    private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

    private Call(@Nullable String token, String method, String target) {
      this.method = method;
      this.target = target;
      this.request = HttpRequest.newBuilder(URI.create(url + target)).timeout(PATIENCE);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
    }

    Call header(String name, String value) {
      request.setHeader(name, value);
      return this;
    }

    Call body(String json) {
      return body("application/json", json);
    }

    Call body(String type, String text) {
      body = BodyPublishers.ofString(text);
      return header("Content-Type", type);
    }

    Answer send() throws IOException, InterruptedException {
      Answer answer = sendAnywhere();
      String path = target.split("\\?", 2)[0];
      OpenApi.check(method, path, answer.status(), answer.headers(), answer.body());
      return answer;
    }

    /** As {@link #send}, for a route that is in no document. */
    Answer sendAnywhere() throws IOException, InterruptedException {
      HttpResponse<String> response =
          client.send(request.method(method, body).build(), BodyHandlers.ofString());
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, response.body());
    }
  }

  Call call(Caller caller, String method, String target) {
    return new Call(token(caller), method, target);
  }

  /** A call with any token, or with none. */
  Call callWith(@Nullable String token, String method, String target) {
    return new Call(token, method, target);
  }

  /**
   * What stands after the stage in a URL that the API answered. A gateway that is reached by
   * another name than its own cannot answer a URL that leads back to it.
   */
  static String target(String answered) {
    return answered.replaceFirst("^https?://[^/]+/[^/]+", "");
  }

  /** The target of the next page. */
  static Optional<String> next(Answer list) {
    return Optional.ofNullable(list.headers().get("Link"))
        .map(link -> target(link.substring(1, link.indexOf('>'))));
  }

  private String token(Caller caller) {
    return laptop == null ? environment.getOrDefault(caller + "_TOKEN", "") : caller.tokenOnLaptop;
  }
}
