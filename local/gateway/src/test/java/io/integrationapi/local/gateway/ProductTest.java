package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.NoSecretsInOutput;
import io.integrationapi.testing.OpenApi;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The whole product over HTTP: the template's gateway, the deployed handlers, the example data. */
class ProductTest {
  private static final String OWN = "/integrations/554155c853bb53af2900000b";
  private static final String MANAGED = "/integrations/57974ed227a82a3475cecb15";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static @Nullable Server server;

  @BeforeAll
  static void start() throws Exception {
    for (String token : new String[] {"my_api_token", "my_read_token", "other_api_token"}) {
      NoSecretsInOutput.plant(token);
    }
    // What stands in the example's settings.
    NoSecretsInOutput.plant("57974ed227a82a3475cec222");
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

  @Test
  void examples_answer_as_they_are_printed() throws Exception {
    assertEquals(printed("self-managed-integration.json"), get("my_api_token", OWN).body());
    assertEquals(printed("managed-integration.json"), get("my_api_token", MANAGED).body());
    assertEquals(printed("managed-integration.json"), get("my_connector_token", MANAGED).body());
  }

  @Test
  void list_has_both_examples_with_and_without_a_slash() throws Exception {
    HttpResponse<String> list = get("my_read_token", "/integrations");

    assertEquals(2, json(list).size());
    assertEquals(list.body(), get("my_api_token", "/integrations/").body());
    assertEquals("[]", get("other_api_token", "/integrations").body());
  }

  @Test
  void next_page_is_where_its_link_leads() throws Exception {
    HttpResponse<String> first = get("my_api_token", "/integrations?limit=1&include=mode");
    String link = first.headers().firstValue("Link").orElseThrow();
    URI next = URI.create(link.substring(1, link.indexOf('>')));

    HttpResponse<String> second =
        CLIENT.send(
            HttpRequest.newBuilder(next).header("Authorization", "Bearer my_api_token").build(),
            BodyHandlers.ofString());

    Set<String> names = new HashSet<>();
    json(first).forEach(entry -> names.add(entry.path("name").asString()));
    json(second).forEach(entry -> names.add(entry.path("name").asString()));
    assertEquals(2, names.size());
    assertTrue(second.headers().firstValue("Link").isEmpty());
    assertEquals(400, get("other_api_token", "/integrations?" + next.getRawQuery()).statusCode());
  }

  @Test
  void what_is_created_is_where_its_location_says() throws Exception {
    HttpResponse<String> created =
        send("POST", "other_connector_token", "/integrations/", "{\"name\":\"One\"}");
    assertEquals(403, created.statusCode());

    created = send("POST", "other_api_token", "/integrations/", "{\"name\":\"One\"}");
    URI location = URI.create(created.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> found =
        CLIENT.send(
            HttpRequest.newBuilder(location)
                .header("Authorization", "Bearer other_api_token")
                .build(),
            BodyHandlers.ofString());
    assertEquals(created.body(), found.body());

    String path = "/integrations/" + json(created).path("_id").asString();
    HttpResponse<String> deleted = send("DELETE", "other_api_token", path, null);
    assertEquals(204, deleted.statusCode());
    assertEquals("", deleted.body());
  }

  /** "create" is a route, and no revision's id. */
  @Test
  void history_is_reached_over_http() throws Exception {
    String path =
        "/integrations/"
            + json(send("POST", "other_api_token", "/integrations", "{\"name\":\"One\"}"))
                .path("_id")
                .asString();
    HttpResponse<String> snapshot =
        send("POST", "other_api_token", path + "/revisions/create", null);
    assertEquals(201, snapshot.statusCode());
    URI location = URI.create(snapshot.headers().firstValue("Location").orElseThrow());
    String revision = path + "/revisions/" + json(snapshot).path("_id").asString();
    assertTrue(location.getPath().endsWith(revision), location::toString);
    send("PUT", "other_api_token", path, "{\"name\":\"Two\"}");

    assertEquals(
        "One", json(get("other_api_token", revision)).path("document").path("name").asString());
    assertEquals(2, json(get("other_api_token", revision + "/diff")).size());
    assertEquals(200, get("other_api_token", path + "/audit").statusCode());
    assertTrue(get("other_api_token", path + "/revisions/").body().contains("\"snapshot\""));
    HttpResponse<String> reverted = send("POST", "other_api_token", revision + "/revert", null);
    assertEquals("One", json(reverted).path("name").asString());
    assertEquals(
        404, send("GET", "other_api_token", path + "/revisions/create", null).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    no_such_token, /integrations,      401, unauthorized",
    "GET,    ,              /integrations,      401, unauthorized",
    "GET,    my_api_token,  /nowhere,           404, not_found",
    "OPTIONS,my_api_token,  /integrations,      404, not_found",
    "DELETE, my_api_token,  /integrations,      404, not_found",
    "GET,    my_api_token,  /integrations/none, 404, not_found",
    "PUT,    my_read_token, /integrations/none, 403, forbidden"
  })
  void refusal_is_enveloped_whoever_makes_it(
      String method, @Nullable String token, String path, int status, String code)
      throws Exception {
    HttpResponse<String> refused =
        send(method, token, path, method.equals("PUT") ? "{\"name\":\"x\"}" : null);

    assertEquals(status, refused.statusCode());
    JsonNode error = json(refused).path("errors").path(0);
    assertEquals(code, error.path("code").asString());
    assertTrue(refused.headers().firstValue("x-request-id").isPresent());
    assertEquals(status == 401, refused.headers().firstValue("WWW-Authenticate").isPresent());
  }

  @Test
  void body_that_is_broken_as_utf_8_arrives_as_it_was_sent_and_is_refused() throws Exception {
    byte[] body = "{\"name\":\"x?\"}".getBytes(StandardCharsets.ISO_8859_1);
    body[10] = (byte) 0xff;
    HttpRequest request =
        HttpRequest.newBuilder(uri("/integrations"))
            .header("Authorization", "Bearer my_api_token")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();

    HttpResponse<String> refused = CLIENT.send(request, BodyHandlers.ofString());

    assertEquals(400, refused.statusCode());
    assertEquals("malformed_json", json(refused).path("errors").path(0).path("code").asString());
  }

  @Test
  void body_of_twelve_megabytes_is_too_large() throws Exception {
    String body = "{\"name\":\"" + "x".repeat(12_000_000) + "\"}";

    HttpResponse<String> refused = send("POST", "my_api_token", "/integrations", body);

    assertEquals(413, refused.statusCode());
    assertEquals(
        "document_too_large", json(refused).path("errors").path(0).path("code").asString());
  }

  private static HttpResponse<String> get(String token, String path) throws Exception {
    HttpResponse<String> response = send("GET", token, path, null);
    if (!path.contains("cursor=")) {
      assertEquals(200, response.statusCode(), response.body());
    }
    return response;
  }

  private static HttpResponse<String> send(
      String method, @Nullable String token, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    check(method, path, response);
    return response;
  }

  /** A route that is nowhere is in no document either. */
  private static void check(String method, String path, HttpResponse<String> response) {
    int question = path.indexOf('?');
    String route = question < 0 ? path : path.substring(0, question);
    boolean unknown =
        route.equals("/nowhere")
            || method.equals("OPTIONS")
            || (method.equals("DELETE") && route.equals("/integrations"));
    if (!unknown) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      OpenApi.check(method, route, response.statusCode(), headers, response.body());
    }
  }

  private static URI uri(String path) {
    return URI.create(Objects.requireNonNull(server).api() + path);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonText.readTrusted(response.body());
  }

  /** An example without its white space. */
  private static String printed(String resource) throws IOException {
    try (InputStream stream = ExampleData.class.getResourceAsStream(resource)) {
      return JsonText.write(
          JsonText.readTrusted(Objects.requireNonNull(stream, resource).readAllBytes()));
    }
  }
}
