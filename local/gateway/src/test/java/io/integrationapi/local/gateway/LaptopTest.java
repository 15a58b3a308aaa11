package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The laptop as a process: how it starts, and how it ends. */
class LaptopTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Pattern READY = Pattern.compile("Ready: (http://127\\.0\\.0\\.1:\\d+/v1)");
  private static final Pattern STORE = Pattern.compile("The store is (http://\\S+),");

  /** A laptop that can serve. */
  private record Running(Process process, String api, String store) {}

  @TempDir private Path folder;

  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void what_was_answered_survives_a_kill() throws Exception {
    Running first = start();
    try (var client = Stores.client(first.store())) {
      for (int i = 0; i < 20; i++) {
        Stores.put(client, "IntegrationsTable", item(i));
      }
      first.process().destroyForcibly().waitFor();
    }

    Running second = start();
    try (var client = Stores.client(second.store())) {
      for (int i = 0; i < 20; i++) {
        assertTrue(Stores.has(client, "IntegrationsTable", item(i)), "item " + i);
      }
    }
  }

  /** A PUT after the other, until the laptop is killed; the next one catches up. */
  @Test
  void every_change_that_was_answered_has_its_row_after_a_kill() throws Exception {
    Running first = start();
    JsonNode made = send(first, "POST", "/integrations", "{\"name\":\"0\"}");
    String id = made.path("_id").asString();
    List<String> answered = new CopyOnWriteArrayList<>();
    Thread writer =
        Thread.startVirtualThread(() -> {
          try {
            for (int i = 1; ; i++) {
              String name = Integer.toString(i);
              send(first, "PUT", "/integrations/" + id, "{\"name\":\"" + name + "\"}");
              answered.add(name);
            }
          } catch (IOException | InterruptedException e) {
            // It was killed.
          }
        });
    while (answered.size() < 50) {
      Thread.sleep(10);
    }
    first.process().destroyForcibly().waitFor();
    writer.join();

    Running second = start();
    try (var client = Stores.client(second.store())) {
      long began = System.nanoTime();
      List<Map<String, AttributeValue>> rows = rows(client, id);
      while (!names(rows).containsAll(answered)) {
        assertTrue(
            System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20),
            () -> answered.size() + " were answered");
        Thread.sleep(50);
        rows = rows(client, id);
      }
      // In order, none twice, and none missing: each names the one before.
      for (int i = 1; i < rows.size(); i++) {
        assertEquals(rows.get(i - 1).get("number"), rows.get(i).get("previous"));
      }
      assertTrue(rows.size() <= answered.size() + 2, () -> answered.toString());
    }
  }

  @Test
  void a_change_is_in_the_history_within_a_second() throws Exception {
    Running laptop = start();
    try (var client = Stores.client(laptop.store())) {
      String id = send(laptop, "POST", "/integrations", "{\"name\":\"0\"}").path("_id").asString();
      while (rows(client, id).isEmpty()) {
        Thread.sleep(20);
      }

      // Several times, since this machine may be busy.
      long shortest = Long.MAX_VALUE;
      for (int i = 1; i <= 5; i++) {
        send(laptop, "PUT", "/integrations/" + id, "{\"name\":\"" + i + "\"}");
        long began = System.nanoTime();
        while (rows(client, id).size() < i + 1) {
          Thread.sleep(20);
        }
        shortest = Math.min(shortest, System.nanoTime() - began);
      }

      assertTrue(shortest < TimeUnit.SECONDS.toNanos(1), shortest + " ns");
    }
  }

  private static JsonNode send(Running laptop, String method, String path, String body)
      throws IOException, InterruptedException {
    String answer =
        CLIENT
            .send(
                HttpRequest.newBuilder(URI.create(laptop.api() + path))
                    .header("Authorization", "Bearer my_api_token")
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString())
            .body();
    return JsonText.readTrusted(answer);
  }

  private static List<Map<String, AttributeValue>> rows(DynamoDbClient client, String id) {
    return client
        .queryPaginator(query ->
            query
                .tableName("IntegrationsTable")
                .keyConditionExpression("pk = :pk AND begins_with(sk, :entry)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS("history#" + id + "#5541a9c0853bb53af2900001"),
                        ":entry", AttributeValue.fromS("entry#"))))
        .items()
        .stream()
        .toList();
  }

  /** The names that the rows say were given. */
  private static List<String> names(List<Map<String, AttributeValue>> rows) {
    return rows.stream()
        .filter(row -> row.containsKey("fieldChanges"))
        .map(row ->
            JsonText.readTrusted(row.get("fieldChanges").s()).path(0).path("newValue").asString())
        .toList();
  }

  @Test
  void a_signal_ends_it_soon() throws Exception {
    Running laptop = start();

    laptop.process().destroy();

    assertTrue(laptop.process().waitFor(5, TimeUnit.SECONDS));
  }

  @Test
  void it_ends_with_the_process_that_started_it() throws Exception {
    String script =
        String.join(" ", command().stream().map(word -> "'" + word + "'").toList()) + " & wait";
    Running shell = running(process(List.of("sh", "-c", script)));
    List<ProcessHandle> laptop = shell.process().descendants().toList();
    assertEquals(1, laptop.size());
    started.addAll(laptop);

    shell.process().destroyForcibly();

    laptop.getFirst().onExit().get(5, TimeUnit.SECONDS);
  }

  @Test
  void what_is_in_the_way_is_one_line_and_exit_status_one() throws Exception {
    Files.createFile(folder.resolve("file"));
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("DATA_DIR", folder.resolve("file").toString());
    Process process = builder.start();
    started.add(process.toHandle());

    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(1, process.waitFor());
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith("DATA_DIR is "), said);
    assertEquals(0, process.getInputStream().readAllBytes().length);
  }

  private Running start() throws IOException {
    return running(process(command()));
  }

  private Process process(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", folder.toString()));
    Process process = builder.start();
    started.add(process.toHandle());
    return process;
  }

  private static Running running(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String api = "";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      Matcher store = STORE.matcher(line);
      if (ready.find()) {
        api = ready.group(1);
      } else if (store.find()) {
        return new Running(process, api, store.group(1));
      }
    }
    throw new IOException("the laptop ended before it could serve");
  }

  /** As the serve profile has it. */
  private static List<String> command() {
    return Arrays.asList(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Laptop.class.getName(),
        System.getProperty("project.root"));
  }

  private static Map<String, String> item(int number) {
    return Map.of("pk", "test", "sk", Integer.toString(number));
  }
}
