package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.TestStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;

/**
 * The whole product on a disk that is really full: {@code .ci/full-disk} makes a small one and
 * names it in {@code FULL_DISK}, for it takes a right that a build has not.
 */
@EnabledIfEnvironmentVariable(named = "FULL_DISK", matches = ".+")
class RealFullDiskTest {

  private static final String CONNECTOR = "57179182e0a908200c2781d9";

  private static final int ROUNDS = 6;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What was answered last of each integration: its document, or "" once it was deleted. */
  private final Map<String, String> promised = new LinkedHashMap<>();

  private final List<String> tokens = new ArrayList<>();

  /** How often each kind of write was answered with each status. */
  private final Map<String, Integer> statuses = new TreeMap<>();

  @Test
  void what_is_answered_as_kept_is_kept() throws Exception {
    Path disk = Path.of(System.getenv("FULL_DISK"));
    Path ballast = disk.resolve("ballast");
    Path data = disk.resolve("data");
    long start = System.nanoTime();
    var said = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      try (Server server = start(data)) {
        for (int i = 0; i < 40; i++) {
          create(server, 1000);
        }
        // With a little room left now and then, so that some writes fail at their end and not at
        // their beginning.
        for (int round = 0; round < ROUNDS; round++) {
          fill(ballast, 8192L * round);
          everyKindOfWrite(server, round);
          check(server);
        }
        for (String kind : new String[] {"POST", "PUT", "PATCH", "clone", "update", "Invoke"}) {
          assertTrue(statuses.containsKey(kind + " 503"), kind + " was never refused: " + statuses);
        }
      }
      long lines =
          said.toString(StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("The disk is full: "))
              .count();
      long minutes = Duration.ofNanos(System.nanoTime() - start).toMinutes();
      assertTrue(lines >= 1 && lines <= 1 + minutes, said::toString);

      Files.delete(ballast);
      try (Server server = start(data)) {
        check(server);
        assertEquals(201, create(server, 10_000).statusCode());
        check(server);
      }
    } finally {
      System.setErr(err);
      Files.deleteIfExists(ballast);
      System.out.println(statuses);
    }
  }

  @Test
  void a_laptop_that_finds_no_room_does_not_start() throws Exception {
    Path disk = Path.of(System.getenv("FULL_DISK"));
    Path ballast = disk.resolve("ballast");
    // The last is one page of the file system less than the tables and the examples take.
    for (int room : new int[] {0, 4096, 36_864}) {
      Path data = disk.resolve("late" + room);
      fill(ballast, room);
      try {
        var fault = assertThrows(StartFault.class, () -> start(data).close());
        assertTrue(String.valueOf(fault.getMessage()).contains("DATA_DIR"), fault.getMessage());
      } finally {
        Files.delete(ballast);
      }

      // In one process DynamoDB Local opens no file twice that it could not open once.
      Path again = Files.createSymbolicLink(disk.resolve("again" + room), data);
      try (Server server = start(again)) {
        assertEquals(2, JsonText.readTrusted(bytes(get(server, "/integrations"))).size());
      }
    }
  }

  private void everyKindOfWrite(Server server, int round) throws Exception {
    create(server, 50);
    create(server, 10_000);
    for (String id : promised.keySet().stream().limit(2).toList()) {
      String path = "/integrations/" + id;
      note(id, "PUT", send(server, "PUT", path, document("p".repeat(20_000 + round))));
      note(id, "PUT", send(server, "PUT", path, document("p" + round)));
      String patch =
          "[{\"op\":\"add\",\"path\":\"/settings\",\"value\":{\"text\":\"%s\"}}]"
              .formatted("q".repeat(9000 + round));
      note(id, "PATCH", send(server, "PATCH", path, patch));
      note("", "clone", send(server, "POST", path + "/clone", "{}"));
    }
    String last = promised.keySet().stream().reduce((one, other) -> other).orElseThrow();
    note(last, "DELETE", send(server, "DELETE", "/integrations/" + last, ""));

    HttpResponse<String> begun =
        send(
            server,
            "PUT",
            "/connectors/" + CONNECTOR + "/update",
            "{\"_integrationIds\":[\"57974ed227a82a3475cecb15\"]}");
    boolean unavailable = begun.body().contains("\"unavailable\"");
    count("update", unavailable ? 503 : begun.statusCode());
    send(
        server,
        "PATCH",
        "/integrations/57974ed227a82a3475cecb15",
        "[{\"op\":\"add\",\"path\":\"/updateInProgress\",\"value\":false}]");

    HttpResponse<String> minted =
        http.send(
            HttpRequest.newBuilder(
                    server.api().resolve("/2015-03-31/functions/MintTokenFunction/invocations"))
                .POST(
                    BodyPublishers.ofString(
                        "{\"_userId\":\"5541a9c0853bb53af2900009\",\"by\":\"me\",\"reason\":\"%s\"}"
                            .formatted("r".repeat(400))))
                .build(),
            BodyHandlers.ofString());
    JsonNode token = JsonText.readTrusted(bytes(minted)).path("token");
    count("Invoke", token.isMissingNode() ? 503 : 200);
    if (token.isString()) {
      tokens.add(token.asString());
    }
  }

  private HttpResponse<String> create(Server server, int size) throws Exception {
    HttpResponse<String> answer = send(server, "POST", "/integrations", document("n".repeat(size)));
    note("", "POST", answer);
    return answer;
  }

  /** Remembers what an answer promises. A 503 promises nothing, not even that nothing was done. */
  private void note(String id, String kind, HttpResponse<String> answer) {
    count(kind, answer.statusCode());
    switch (answer.statusCode()) {
      case 503 -> {
        JsonNode error = JsonText.readTrusted(bytes(answer)).path("errors").path(0);
        assertEquals("service_unavailable", error.path("code").asString(), answer.body());
        promised.remove(id);
      }
      case 204 -> promised.put(id, "");
      case 201 ->
          promised.put(JsonText.readTrusted(bytes(answer)).path("_id").asString(), answer.body());
      case 200 -> promised.put(id, answer.body());
      // Of what was refused with 503 before, nobody knows whether it is there.
      default -> assertEquals(404, answer.statusCode(), answer.body());
    }
  }

  private static String document(String text) {
    return "{\"name\":\"One\",\"settings\":{\"text\":\"" + text + "\"}}";
  }

  private void count(String kind, int status) {
    statuses.merge(kind + " " + status, 1, Integer::sum);
  }

  private void check(Server server) throws Exception {
    for (String token : tokens) {
      HttpResponse<String> found =
          http.send(request(server, token, "/tokenInfo").build(), BodyHandlers.ofString());
      assertEquals(200, found.statusCode(), "a token is gone: " + statuses);
    }
    for (Map.Entry<String, String> promise : promised.entrySet()) {
      HttpResponse<String> found = get(server, "/integrations/" + promise.getKey());
      if (promise.getValue().isEmpty()) {
        assertEquals(404, found.statusCode(), promise.getKey() + " " + statuses);
      } else {
        assertEquals(promise.getValue(), found.body(), promise.getKey() + " " + statuses);
      }
    }
  }

  private HttpResponse<String> get(Server server, String path)
      throws IOException, InterruptedException {
    return http.send(request(server, "my_api_token", path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(Server server, String method, String path, String body)
      throws IOException, InterruptedException {
    String token =
        path.contains("connectors") || body.contains("updateInProgress")
            ? "my_connector_token"
            : "my_api_token";
    return http.send(
        request(server, token, path)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Server server, String token, String path) {
    return HttpRequest.newBuilder(URI.create(server.api() + path))
        .header("Authorization", "Bearer " + token);
  }

  private static byte[] bytes(HttpResponse<String> answer) {
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }

  private static Server start(Path data) throws Exception {
    Settings settings =
        Settings.from(
            Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", data.toString()),
            TestStore.root());
    var handlers = new DeployedHandlers();
    return Server.start(
        TestStore.template(), settings, handlers, new ExampleData(handlers::components));
  }

  /** Takes all that is free of the disk but for some bytes. */
  private static void fill(Path ballast, long room) throws IOException {
    Files.deleteIfExists(ballast);
    long left = Files.getFileStore(ballast.getParent()).getUsableSpace() - room;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[4096];
      for (; left >= block.length; left -= block.length) {
        out.write(block);
      }
    }
  }
}
