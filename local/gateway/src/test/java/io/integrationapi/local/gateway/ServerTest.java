package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.stack.Template;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

  private static final Template TEMPLATE =
      Template.parse(
          """
          Resources:
            Api:
              Type: AWS::Serverless::Api
              Properties: { StageName: v1 }
            Things:
              Type: AWS::DynamoDB::Table
              Properties:
                AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
                KeySchema: [{ AttributeName: pk, KeyType: HASH }]
            Echo:
              Type: AWS::Serverless::Function
              Properties:
                Handler: echo
                Environment: { Variables: { TABLE: !Ref Things, AWS_ENDPOINT_URL_DYNAMODB: https://aws } }
                Events:
                  Get: { Type: Api, Properties: { Path: /env, Method: GET, RestApiId: !Ref Api } }
          """,
          "template.yaml");

  /** Answers its own environment. */
  private static final HandlerFactory ECHO =
      (className, environment) ->
          (input, output, context) ->
              output.write(
                  SmallApi.answer(
                          200, String.join(" ", environment.values().stream().sorted().toList()))
                      .getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  @Test
  void functions_get_the_embedded_store() throws Exception {
    try (Server server = start(Map.of("DATA_DIR", "memory"));
        RawHttp http = new RawHttp(server.api().getPort())) {
      assertEquals(
          "Things %1$s %1$s %1$s local local us-east-1".formatted(server.store()),
          http.send("GET /v1/env HTTP/1.1\r\nHost: a\r\n\r\n").body());
    }
  }

  @Test
  void only_an_empty_store_is_seeded() throws Exception {
    var seeded = new ArrayList<Map<String, String>>();
    for (int run = 0; run < 2; run++) {
      try (Server server = start(Map.of(), environment -> seeded.add(fill(environment)))) {
        assertTrue(server.api().toString().endsWith("/v1"));
      }
    }

    assertEquals(
        List.of("Things"), seeded.stream().map(environment -> environment.get("TABLE")).toList());
  }

  @Test
  void a_seed_that_was_cut_off_is_sown_again() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            start(
                Map.of(),
                environment -> {
                  fill(environment);
                  throw new IllegalStateException("cut off");
                }));

    var seeded = new ArrayList<Map<String, String>>();
    start(Map.of(), environment -> seeded.add(fill(environment))).close();

    assertEquals(1, seeded.size());
  }

  @Test
  void a_taken_port_is_said() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      for (String setting : List.of("PORT", "DYNAMODB_PORT")) {
        assertEquals(
            "Port %s is taken: end what listens there, or set %s to another (0 for any free port)."
                .formatted(port, setting),
            refusal(Map.of(setting, port, "DATA_DIR", "memory")));
      }
    }
  }

  @Test
  void an_address_of_another_machine_is_said() {
    assertEquals(
        "DYNAMODB_HOST is 192.0.2.1, which is no address of this machine: set it to one that is.",
        refusal(Map.of("DYNAMODB_HOST", "192.0.2.1")));
  }

  @Test
  void a_folder_is_for_one_server_at_a_time() throws Exception {
    try (Server first = start(Map.of())) {
      assertEquals(
          "The folder %s is in use by another server: end that one, or set DATA_DIR to another folder."
              .formatted(folder),
          refusal(Map.of()));
      assertTrue(first.api().getPort() > 0);
    }

    start(Map.of()).close();
  }

  @Test
  void a_file_is_no_folder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertEquals(
        "DATA_DIR is %s, which is a file: set it to a folder, or to memory to keep nothing."
            .formatted(file),
        refusal(Map.of("DATA_DIR", file.toString())));
  }

  @Test
  void a_folder_that_cannot_be_written_is_said() throws Exception {
    // Below a file there is no room for anybody, whoever runs this.
    Path nowhere = Files.createFile(folder.resolve("file")).resolve("below");

    assertEquals(
        "The folder %s cannot be written to: make it writable, or set DATA_DIR to another folder."
            .formatted(nowhere),
        refusal(Map.of("DATA_DIR", nowhere.toString())));
  }

  private Server start(Map<String, String> environment) throws StartFault {
    return start(environment, ignored -> {});
  }

  private Server start(Map<String, String> environment, Seed seed) throws StartFault {
    var chosen =
        new HashMap<>(Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", folder.toString()));
    chosen.putAll(environment);
    return Server.start(TEMPLATE, Settings.from(chosen, folder), ECHO, seed);
  }

  private String refusal(Map<String, String> environment) {
    StartFault fault = assertThrows(StartFault.class, () -> start(environment).close());
    return String.valueOf(fault.getMessage());
  }

  private static Map<String, String> fill(Map<String, String> environment) {
    try (var client = Stores.client(environment.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""))) {
      Stores.put(client, "Things", Map.of("pk", "a"));
    }
    return environment;
  }
}
