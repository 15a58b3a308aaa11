package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.local.stack.GatewayResponseType;
import io.integrationapi.testing.TestStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many callers at once on a laptop: each is served or told so before anything was done for him. */
class CrowdTest {
  private static final int WRITERS = 200;

  private static String outcome(Crowd crowd, Callable<String> request) {
    return crowd.serve(
        () -> {
          try {
            return request.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        GatewayResponseType::name);
  }

  @Test
  void one_too_many_is_refused_and_nothing_is_done_for_him() throws Exception {
    Crowd crowd = new Crowd(1, Duration.ofMillis(50));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first =
          executor.submit(() ->
              outcome(
                  crowd,
                  () -> {
                    inside.countDown();
                    end.await();
                    return "served";
                  }));
      inside.await();

      assertEquals(
          "THROTTLED",
          outcome(
              crowd,
              () -> {
                throw new AssertionError("it was served");
              }));
      end.countDown();
      assertEquals("served", first.get());
    }
    assertEquals("served", outcome(crowd, () -> "served"));
  }

  @Test
  void request_that_fails_leaves_its_place() {
    Crowd crowd = new Crowd(1, Duration.ofMillis(50));
    for (int i = 0; i < 3; i++) {
      try {
        outcome(
            crowd,
            () -> {
              throw new IllegalStateException("it failed");
            });
      } catch (IllegalStateException e) {
        // As it was meant to.
      }
    }

    assertEquals("served", outcome(crowd, () -> "served"));
  }

  @Test
  void no_write_of_two_hundred_at_once_is_answered_503() throws Exception {
    Settings settings =
        Settings.from(
            Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", "memory"), TestStore.root());
    DeployedHandlers handlers = new DeployedHandlers();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Server server =
            Server.start(
                TestStore.template(), settings, handlers, new ExampleData(handlers::components))) {
      Map<Integer, Integer> created =
          atOnce(() -> send(client, server, "POST", "/integrations", "{\"name\":\"New\"}"));
      String one =
          JsonText.readTrusted(
                  send(client, server, "POST", "/integrations", "{\"name\":\"0\"}").body())
              .path("_id")
              .asString();
      Map<Integer, Integer> replaced =
          atOnce(() -> send(client, server, "PUT", "/integrations/" + one, "{\"name\":\"1\"}"));

      assertTrue(Set.of(201, 429).containsAll(created.keySet()), created::toString);
      assertTrue(Set.of(200, 429).containsAll(replaced.keySet()), replaced::toString);
      int listed =
          JsonText.readTrusted(
                  send(client, server, "GET", "/integrations?include=name&name=New", null).body())
              .size();
      assertEquals(created.getOrDefault(201, 0), listed);
    }
  }

  private static Map<Integer, Integer> atOnce(Callable<HttpResponse<String>> write)
      throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        answers.add(executor.submit(write));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.merge(answer.get().statusCode(), 1, Integer::sum);
      }
    }
    return statuses;
  }

  private static HttpResponse<String> send(
      HttpClient client, Server server, String method, String path, @Nullable String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.api() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer my_api_token")
            .header("Content-Type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }
}
