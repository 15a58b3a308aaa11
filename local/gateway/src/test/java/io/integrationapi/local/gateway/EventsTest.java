package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.OpenApi;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The files of {@code events/} against the handlers, as {@code events/run} has them run by SAM;
 * what they mean stands in {@code events/README.md}.
 */
class EventsTest {
  private static final Path EVENTS = TestStore.root().resolve("events");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static @Nullable Server server;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        Settings.from(
            Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", "memory"), TestStore.root());
    DeployedHandlers handlers = new DeployedHandlers();
    server =
        Server.start(
            TestStore.template(), settings, handlers, new ExampleData(handlers::components));
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  @ParameterizedTest
  @MethodSource("events")
  void event_is_answered_as_its_neighbour_expects(String name) throws Exception {
    run(name);
  }

  @Test
  void events_run_again_in_any_order() throws Exception {
    long seed = System.nanoTime();
    List<String> names = new ArrayList<>(events());
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      Collections.shuffle(names, random);
      for (String name : names) {
        try {
          run(name);
        } catch (AssertionError e) {
          throw new AssertionError(name + " in " + names + ", seed " + seed, e);
        }
      }
    }
  }

  @Test
  void what_is_expected_or_prepared_is_so_for_an_event() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(".+\\..+\\.json")) {
          assertTrue(events().contains(name.split("\\.", 2)[0]), name + " stands beside no event");
        }
      }
    }
  }

  private static List<String> events() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("[^.]+\\.json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  private static void run(String name) throws Exception {
    Map<String, String> ids = new HashMap<>();
    for (JsonNode step : neighbour(name, "setup").map(JsonNode::values).orElse(List.of())) {
      String event = step.isString() ? step.asString() : step.path("event").asString();
      JsonNode answer = invoke(event, ids);
      assertTrue(
          answer.path("statusCode").asInt(200) < 500 && !answer.has("errorMessage"),
          () -> event + " was answered with " + answer);
      if (step.has("idFor")) {
        JsonNode made = answer.has("statusCode") ? body(answer) : answer;
        String id = made.has("_id") ? "_id" : "_tokenId";
        ids.put(step.path("idFor").asString(), made.path(id).asString());
      }
    }

    JsonNode event = JsonText.readTrusted(read(name + ".json", ids));
    JsonNode answer = invoke(name + ".json", ids);
    JsonNode expected =
        neighbour(name, "expected").orElseGet(() -> fail(name + ".expected.json is missing"));
    ExpectedAnswer.check(expected, answer);
    // The pages are not in the document.
    if (event.has("httpMethod") && !functionOf(name + ".json").equals("ConsoleFunction")) {
      checkAgainstOpenApi(event, answer);
    }
  }

  private static JsonNode invoke(String event, Map<String, String> ids) throws Exception {
    URI uri =
        Objects.requireNonNull(server)
            .api()
            .resolve("/2015-03-31/functions/" + functionOf(event) + "/invocations");
    byte[] answer =
        CLIENT
            .send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(read(event, ids))).build(),
                BodyHandlers.ofByteArray())
            .body();
    return JsonText.readTrusted(answer);
  }

  /** The function with the longest stem that the event's name begins with. */
  private static String functionOf(String event) {
    String name = event.substring(event.lastIndexOf('/') + 1);
    return TestStore.template().functions().keySet().stream()
        .filter(function -> name.matches(stem(function) + "[-.].*"))
        .max(Comparator.comparingInt(function -> stem(function).length()))
        .orElseThrow(() -> new AssertionError("no function is " + event + " for"));
  }

  private static String stem(String function) {
    return function
        .replaceAll("Function$", "")
        .replaceAll("(?<=.)(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static void checkAgainstOpenApi(JsonNode event, JsonNode answer) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    OpenApi.check(
        event.path("httpMethod").asString(),
        event.path("path").asString(),
        answer.path("statusCode").asInt(),
        headers,
        answer.path("body").asString(""));
  }

  private static JsonNode body(JsonNode answer) {
    return JsonText.readTrusted(answer.path("body").asString());
  }

  private static Optional<JsonNode> neighbour(String name, String kind) {
    Path file = EVENTS.resolve(name + "." + kind + ".json");
    return Files.exists(file)
        ? Optional.of(JsonText.readTrusted(read(file.getFileName().toString(), Map.of())))
        : Optional.empty();
  }

  private static String read(String file, Map<String, String> ids) {
    try {
      String text = Files.readString(EVENTS.resolve(file));
      for (Map.Entry<String, String> id : ids.entrySet()) {
        text = text.replace(id.getKey(), id.getValue());
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
