package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Contract section 4: bodies that are JSON, with members that the rules of section 2 refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadMembersTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  /** What a function's answer may have, as JSON with the body as a string in it. */
  private static final int MAX_ANSWER_BYTES = 6 * 1024 * 1024;

  private final Api api = new Api();
  private final String path = "/integrations/" + api.create(ALICE, "{\"name\":\"One\"}").id();

  private Reply refuse(Call call) {
    return Untouched.refuse(api, ALICE, call);
  }

  private Reply create(String body) {
    return refuse(api.post(ALICE, "/integrations").body(body));
  }

  private Reply replace(String body) {
    return refuse(api.put(ALICE, path).body(body));
  }

  private Reply patch(String operations) {
    return refuse(api.patch(ALICE, path).body(operations));
  }

  private Reply push(String body) {
    return refuse(api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update").body(body));
  }

  private static void assertFaults(String code, Set<String> fields, Reply reply) {
    assertEquals(422, reply.status(), reply::toString);
    assertEquals(Collections.nCopies(fields.size(), code), reply.codes());
    assertEquals(new TreeSet<>(fields), new TreeSet<>(reply.fields()));
  }

  @Test
  void every_member_of_a_wrong_type_is_named_in_one_answer() {
    String publishersAndLabels =
        "\"name\":1,\"description\":2,\"readme\":[],\"settings\":[],\"mode\":\"on\","
            + "\"version\":1.0,\"updateInProgress\":\"true\","
            + "\"install\":[{\"completed\":true},\"a step\","
            + "{\"name\":1,\"description\":2,\"imageURL\":3,\"installURL\":{},\"completed\":0,"
            + "\"installerFunction\":[],\"uninstallerFunction\":true,\"_connectionId\":7}]";
    Set<String> fields =
        Set.of(
            "name",
            "description",
            "readme",
            "settings",
            "mode",
            "version",
            "updateInProgress",
            "install[1]",
            "install[2].name",
            "install[2].description",
            "install[2].imageURL",
            "install[2].installURL",
            "install[2].completed",
            "install[2].installerFunction",
            "install[2].uninstallerFunction",
            "install[2]._connectionId");
    Set<String> withConnector = new TreeSet<>(fields);
    withConnector.add("_connectorId");
    String body = "{" + publishersAndLabels + ",\"_connectorId\":3}";

    assertFaults("invalid_field", withConnector, create(body));
    assertFaults("invalid_field", withConnector, replace(body));

    List<String> operations = new ArrayList<>();
    JsonText.readTrusted("{" + publishersAndLabels + "}")
        .forEachEntry((name, value) ->
            operations.add("{\"op\":\"add\",\"path\":\"/" + name + "\",\"value\":" + value + "}"));
    assertFaults("invalid_field", fields, patch(operations.toString()));
  }

  @Test
  void missing_and_wrong_members_are_named_together() {
    Reply reply = create("{\"version\":1,\"install\":{}}");

    assertEquals(422, reply.status());
    assertEquals(
        List.of("invalid_field", "invalid_field", "missing_required_field"),
        reply.codes().stream().sorted().toList());
    assertEquals(List.of("install", "name", "version"), reply.fields().stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":null}", "{\"Name\":\"One\",\"settings\":{}}"})
  void name_is_required(String body) {
    assertFaults("missing_required_field", Set.of("name"), create(body));
    assertFaults("missing_required_field", Set.of("name"), replace(body));
    assertFaults(
        "missing_required_field",
        Set.of("name"),
        patch("[{\"op\":\"remove\",\"path\":\"/name\"}]"));
  }

  @ParameterizedTest
  @CsvSource({"x, 0", "x, 201", "é, 201", "\uD83D\uDE00, 201"})
  void name_of_no_or_too_many_characters_is_refused(String character, int times) {
    String name = "\"" + character.repeat(times) + "\"";
    String body = "{\"name\":" + name + "}";

    assertFaults("invalid_field", Set.of("name"), create(body));
    assertFaults("invalid_field", Set.of("name"), replace(body));
    assertFaults(
        "invalid_field", Set.of("name"), refuse(api.post(ALICE, path + "/clone").body(body)));
    assertFaults(
        "invalid_field",
        Set.of("name"),
        patch("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":" + name + "}]"));
  }

  @Test
  void connector_of_no_or_too_many_characters_is_refused() {
    for (String connector : List.of("", "x".repeat(201), "😀".repeat(201))) {
      String body = "{\"name\":\"Two\",\"_connectorId\":\"" + connector + "\"}";

      assertFaults("invalid_field", Set.of("_connectorId"), create(body));
      assertFaults("invalid_field", Set.of("_connectorId"), replace(body));
    }
    for (String character : List.of("x", "😀")) {
      String longest = "{\"name\":\"Two\",\"_connectorId\":\"" + character.repeat(200) + "\"}";
      assertEquals(201, api.create(ALICE, longest).status());
    }
  }

  @Test
  void null_in_a_step_means_that_its_member_is_absent() {
    Reply reply =
        api.create(
            ALICE,
            "{\"name\":\"Two\",\"install\":"
                + "[{\"name\":null,\"completed\":null,\"_connectionId\":null,\"other\":null}]}");

    assertEquals("[{\"other\":null}]", reply.json().path("install").toString());
  }

  @ParameterizedTest
  @CsvSource({"x, 1", "x, 200", "é, 200", "\uD83D\uDE00, 200"})
  void name_of_1_to_200_characters_is_taken(String character, int times) {
    String name = character.repeat(times);
    String body = "{\"name\":\"" + name + "\"}";

    assertEquals(name, api.create(ALICE, body).json().path("name").asString());
    assertEquals(name, api.put(ALICE, path).body(body).send().json().path("name").asString());
    Reply clone = api.post(ALICE, path + "/clone").body(body).send();
    assertEquals(name, clone.json().path("name").asString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Install\"", "\"\"", "\"done\"", "1", "true", "[\"install\"]", "{}"})
  void mode_that_is_none_is_refused(String mode) {
    String body = "{\"name\":\"Two\",\"mode\":" + mode + "}";

    assertFaults("invalid_field", Set.of("mode"), create(body));
    assertFaults("invalid_field", Set.of("mode"), replace(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{}", "\"\"", "\"554155c853bb53af2900000b\"", "[]"})
  void other_id_in_a_replacement_is_refused(String id) {
    assertFaults("invalid_field", Set.of("_id"), replace("{\"name\":\"Two\",\"_id\":" + id + "}"));
  }

  @Test
  void document_of_360_kb_is_too_large() {
    String settings = "{\"a\":\"" + "x".repeat(360_000) + "\"}";
    String body = "{\"name\":\"Two\",\"settings\":" + settings + "}";

    for (Reply reply :
        List.of(
            create(body),
            replace(body),
            patch("[{\"op\":\"add\",\"path\":\"/settings\",\"value\":" + settings + "}]"))) {
      assertEquals(413, reply.status());
      assertEquals(List.of("document_too_large"), reply.codes());
      assertTrue(
          reply.json().at("/errors/0/message").asString().replace(",", "").contains("350000"));
    }
  }

  /** What a function answers beyond the platform's limit reaches the caller as a 502. */
  @Test
  void faults_without_number_are_answered_in_what_the_platform_carries() {
    String faults = "1,".repeat(100_000) + "1";

    for (Reply reply :
        List.of(
            create("{\"name\":\"Two\",\"install\":[" + faults + "]}"),
            patch("[" + faults + "]"),
            refuse(
                api.post(ALICE, path + "/clone")
                    .body("{\"connectionMap\":" + distinctNames(100_000) + "}")))) {
      String answer = JsonText.write(JsonNodeFactory.instance.stringNode(reply.body()));
      int bytes = answer.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes < MAX_ANSWER_BYTES, () -> "an answer of " + bytes + " bytes");
    }
  }

  private static String distinctNames(int count) {
    StringBuilder object = new StringBuilder("{\"\":1");
    for (int i = 0; i < count; i++) {
      object.append(",\"").append(i).append("\":1");
    }
    return object.append('}').toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"_integrationIds\":null}", "{\"ids\":[\"x\"]}"})
  void update_without_ids_is_refused(String body) {
    assertFaults("missing_required_field", Set.of("_integrationIds"), push(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "\"554155c853bb53af2900000b\"", "5", "true"})
  void update_whose_ids_are_no_list_is_refused(String ids) {
    assertFaults(
        "invalid_field", Set.of("_integrationIds"), push("{\"_integrationIds\":" + ids + "}"));
  }

  @Test
  void update_of_1001_ids_is_refused() {
    String ids = Collections.nCopies(1001, "\"554155c853bb53af2900000b\"").toString();

    assertFaults(
        "invalid_field", Set.of("_integrationIds"), push("{\"_integrationIds\":" + ids + "}"));
  }

  @Test
  void update_names_each_id_that_is_no_string() {
    assertFaults(
        "invalid_field",
        Set.of("_integrationIds[0]", "_integrationIds[2]", "_integrationIds[3]"),
        push("{\"_integrationIds\":[1,\"x\",null,[\"x\"]]}"));
  }

  /** What is told in an answer must not make it one that the platform does not carry. */
  @Test
  void what_is_no_id_at_all_is_not_told_at_length() {
    String text = "x".repeat(100);

    Reply told =
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"" + text + "\"]}")
            .send();
    assertEquals(200, told.status());
    assertEquals(text, told.json().at("/0/_integrationId").stringValue());
    assertFaults(
        "invalid_field",
        Set.of("_integrationIds[1]"),
        push("{\"_integrationIds\":[\"x\",\"" + text + "x\"]}"));

    for (String id : List.of("1", "\"554155c853bb53af2900000b\"")) {
      for (String old : List.of(text, "\\ud83d\\ude00".repeat(100))) {
        Reply exact = cloned("{\"connectionMap\":{\"" + old + "\":" + id + "}}");
        Reply cut = cloned("{\"connectionMap\":{\"" + old + old + "\":" + id + "}}");
        assertEquals(exact.fields().getFirst() + "…", cut.fields().getFirst());
      }
    }
  }

  private Reply cloned(String body) {
    return refuse(api.post(ALICE, path + "/clone").body(body));
  }

  @Test
  void publishers_members_of_a_managed_integration_are_no_fault_of_an_account() {
    api.register(PUBLISHER);
    String connector = "\"_connectorId\":\"" + PUBLISHER.id() + "\"";
    String wrong = "\"mode\":\"on\",\"install\":" + "[".repeat(150) + "]".repeat(150);
    Reply made =
        api.post(ALICE, "/integrations")
            .body("{\"name\":\"Managed\"," + connector + "," + wrong + "}")
            .send();
    String managed = "/integrations/" + made.id();

    assertEquals(201, made.status(), made::toString);
    for (String body : List.of("{\"name\":\"Two\"," + wrong + "}", "{" + wrong + "}")) {
      Reply replaced = api.put(ALICE, managed).body(body).send();
      assertEquals(body.contains("name") ? 200 : 422, replaced.status(), replaced::toString);
      assertEquals(body.contains("name") ? List.of() : List.of("name"), replaced.fields());
    }
    assertFaults(
        "missing_required_field", Set.of("name"), create("{" + connector + "," + wrong + "}"));
    assertEquals(
        Set.of("mode", "install[0]", "name", ""), Set.copyOf(replace("{" + wrong + "}").fields()));
  }
}
