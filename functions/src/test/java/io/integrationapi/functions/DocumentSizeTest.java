package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2, limits: 350,000 bytes as UTF-8 JSON, whoever writes them, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentSizeTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final int LIMIT = 350_000;
  private static final String MANAGED =
      "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\",\"a\":\"";

  private final Api api = new Api();

  DocumentSizeTest() {
    api.register(PUBLISHER);
  }

  /** A document of so many bytes, made of the beginning of one, a repeated text, and an end. */
  private static String document(int bytes, String start, String repeated, String end) {
    int size = repeated.getBytes(StandardCharsets.UTF_8).length;
    int room = bytes - (start + end).getBytes(StandardCharsets.UTF_8).length;
    String document = start + "x".repeat(room % size) + repeated.repeat(room / size) + end;
    assertEquals(bytes, document.getBytes(StandardCharsets.UTF_8).length);
    return document;
  }

  private static String document(int bytes, String start) {
    return document(bytes, start, "x", "\"}");
  }

  private static void assertTooLarge(Reply reply) {
    assertEquals(413, reply.status(), () -> "status " + reply.status());
    assertEquals(List.of("document_too_large"), reply.codes());
  }

  private static void assertMade(int status, Reply reply) {
    assertEquals(status, reply.status(), () -> reply.codes().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "中", "😀", "\\\"", "\\u0000", "\",\"x\":\""})
  void document_of_350000_bytes_is_kept_and_of_one_more_is_not(String repeated) {
    String start = "{\"name\":\"N\",\"settings\":{\"a\":[{\"x\":\"";
    // The last pattern closes its string and would otherwise repeat a name.
    String text = repeated.contains("\":\"") ? "\"},{\"x\":\"" : repeated;
    String full = document(LIMIT, start, text, "\"}]}}");
    String over = document(LIMIT + 1, start, text, "\"}]}}");

    Reply created = api.create(ALICE, full);
    assertMade(201, created);
    String path = "/integrations/" + created.id();
    String settings = full.substring(full.indexOf("{\"a\""), full.length() - 1);
    assertEquals(settings, api.get(ALICE, path).send().json().path("settings").toString());
    assertMade(200, api.put(ALICE, path).body(full).send());

    assertTooLarge(Untouched.refuse(api, ALICE, api.post(ALICE, "/integrations").body(over)));
    assertTooLarge(Untouched.refuse(api, ALICE, api.put(ALICE, path).body(over)));
    api.delete(ALICE, path).send();
  }

  @ParameterizedTest
  @ValueSource(strings = {"description", "readme", "version", "other", "settings\":{\"a"})
  void each_member_counts(String member) {
    String start = "{\"name\":\"" + "é".repeat(200) + "\",\"" + member + "\":\"";
    String end = member.startsWith("settings") ? "\"}}" : "\"}";

    assertMade(201, api.create(ALICE, document(LIMIT, start, "é", end)));
    assertTooLarge(api.create(ALICE, document(LIMIT + 1, start, "é", end)));
  }

  @Test
  void connector_counts_whoever_writes_it() {
    Reply created = api.create(ALICE, document(LIMIT, MANAGED));
    assertMade(201, created);
    String path = "/integrations/" + created.id();
    String over = document(LIMIT + 1, MANAGED);

    assertTooLarge(Untouched.refuse(api, ALICE, api.post(ALICE, "/integrations").body(over)));
    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      assertMade(200, api.put(caller, path).body(document(LIMIT, MANAGED)).send());
      assertTooLarge(Untouched.refuse(api, ALICE, api.put(caller, path).body(over)));
    }
  }

  /** White space and escapes that JSON does not need are not the document's. */
  @Test
  void what_a_shorter_text_says_as_well_does_not_count() {
    int room = LIMIT - "{\"name\":\"N\",\"a\":\"\"}".length();
    String escaped = "\\u00e9".repeat(room / 2) + "x".repeat(room % 2);
    String spacious = " ".repeat(100_000);

    assertMade(
        201,
        api.create(
            ALICE,
            spacious + "{\"name\" :\n\"N\",\"a\":\"" + escaped + "\" , \"b\": null }" + spacious));
  }

  @Test
  void what_was_read_at_the_limit_can_be_sent_back() {
    Reply selfManaged =
        api.create(ALICE, document(LIMIT, "{\"name\":\"N\",\"mode\":\"install\",\"a\":\""));
    Reply managed = api.create(ALICE, document(LIMIT, MANAGED));

    for (Reply created : List.of(selfManaged, managed)) {
      assertMade(201, created);
      String path = "/integrations/" + created.id();
      assertMade(200, api.put(ALICE, path).body(created.json().toString()).send());
    }
  }

  @Test
  void replacement_at_the_limit_keeps_the_mode_and_can_be_sent_back() {
    String path =
        "/integrations/" + api.create(ALICE, "{\"name\":\"N\",\"mode\":\"settings\"}").id();

    Reply replaced = api.put(ALICE, path).body(document(LIMIT, "{\"name\":\"N\",\"a\":\"")).send();

    // The flags do not count.
    assertMade(200, replaced);
    assertMade(200, api.put(ALICE, path).body(replaced.json().toString()).send());
  }

  @Test
  void connector_that_a_replacement_leaves_out_counts_all_the_same() {
    String path = "/integrations/" + api.create(ALICE, MANAGED + "\"}").id();

    assertRoomBeside(PUBLISHER.id(), path, PUBLISHER);
    assertRoomBeside(PUBLISHER.id(), path, ALICE);
  }

  /** Only the item knows of a connector that a body leaves out and that is not registered. */
  @Test
  void connector_of_a_self_managed_integration_counts_where_it_is_left_out() {
    String path =
        "/integrations/"
            + api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"unregistered\"}").id();

    assertRoomBeside("unregistered", path, ALICE);
    assertMade(200, api.put(ALICE, path).body("{\"name\":\"N\",\"a\":\"small\"}").send());
  }

  /** What is wrong with a member that is not the writer's does not count, however full it is. */
  @Test
  void full_replacement_by_an_account_is_made_although_the_publishers_members_are_wrong() {
    String path = "/integrations/" + api.create(ALICE, MANAGED + "\"}").id();
    String start = "{\"name\":\"N\",\"mode\":\"none\",\"install\":\"%s\",\"a\":\"";
    int room =
        LIMIT
            - (",\"_connectorId\":\"" + PUBLISHER.id() + "\"").length()
            + ",\"mode\":\"none\",\"install\":\"\"".length();

    for (String install : List.of("", "x".repeat(100_000))) {
      String body = document(room + install.length(), start.formatted(install));
      assertMade(200, api.put(ALICE, path).body(body).send());
      String over = document(room + install.length() + 1, start.formatted(install));
      assertTooLarge(Untouched.refuse(api, ALICE, api.put(ALICE, path).body(over)));
    }
  }

  private void assertRoomBeside(String connector, String path, Caller writer) {
    String start = "{\"name\":\"N\",\"a\":\"";
    int room = LIMIT - (",\"_connectorId\":\"" + connector + "\"").length();

    String over = document(room + 1, start);
    assertTooLarge(Untouched.refuse(api, ALICE, api.put(writer, path).body(over)));
    Reply full = api.put(writer, path).body(document(room, start)).send();
    assertMade(200, full);
    assertMade(200, api.put(writer, path).body(full.json().toString()).send());
  }

  @Test
  void patch_fills_the_document_up_to_the_limit() {
    Reply created = api.create(ALICE, document(LIMIT - 10, "{\"name\":\"N\",\"a\":\""));
    String path = "/integrations/" + created.id();
    String add = "[{\"op\":\"add\",\"path\":\"/b\",\"value\":%s}]";

    assertTooLarge(
        Untouched.refuse(api, ALICE, api.patch(ALICE, path).body(add.formatted("123456"))));
    assertMade(200, api.patch(ALICE, path).body(add.formatted("12345")).send());
  }

  @Test
  void clone_of_a_full_document_is_made_and_can_be_written_back() {
    String id = api.create(ALICE, document(LIMIT, "{\"name\":\"N\",\"a\":\"")).id();

    Reply copy = api.post(ALICE, "/integrations/" + id + "/clone").send();
    assertMade(201, copy);
    assertMade(
        200, api.put(ALICE, "/integrations/" + copy.id()).body(copy.json().toString()).send());
    assertMade(201, api.post(ALICE, "/integrations/" + copy.id() + "/clone").send());
    assertMade(
        201, api.post(ALICE, "/integrations/" + id + "/clone").body("{\"name\":\"M\"}").send());
    assertTooLarge(
        api.post(ALICE, "/integrations/" + id + "/clone").body("{\"name\":\"MM\"}").send());
  }

  /** The publisher writes some 200,000 bytes of steps; the account may have the rest. */
  @Test
  void account_and_publisher_share_one_limit() {
    String path = "/integrations/" + api.create(ALICE, MANAGED + "\"}").id();
    String steps = "[{\"x\":\"" + "é".repeat(100_000) + "\"}]";
    String published = ",\"install\":" + steps;
    assertMade(200, api.put(PUBLISHER, path).body("{\"name\":\"N\"" + published + "}").send());
    int room = LIMIT - published.getBytes(StandardCharsets.UTF_8).length;

    String over = document(room + 1, MANAGED);
    assertTooLarge(Untouched.refuse(api, ALICE, api.put(ALICE, path).body(over)));
    String patch = "[{\"op\":\"add\",\"path\":\"/a\",\"value\":\"" + "x".repeat(room) + "\"}]";
    assertTooLarge(Untouched.refuse(api, ALICE, api.patch(ALICE, path).body(patch)));
    Reply full = api.put(ALICE, path).body(document(room, MANAGED)).send();
    assertMade(200, full);
    assertEquals(steps, full.json().path("install").toString());

    // The other way round the publisher sends all of it.
    String all = full.json().toString();
    String more = all.substring(0, all.length() - 1) + ",\"v\":1}";
    assertTooLarge(Untouched.refuse(api, ALICE, api.put(PUBLISHER, path).body(more)));
    assertMade(200, api.put(PUBLISHER, path).body(all).send());
  }

  @Test
  void update_of_a_full_document_begins_and_ends() {
    Reply created = api.create(ALICE, document(LIMIT, MANAGED));
    String path = "/integrations/" + created.id();
    String begin = "{\"_integrationIds\":[\"" + created.id() + "\"]}";

    Reply begun =
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update").body(begin).send();
    assertEquals("started", begun.json().at("/0/status").asString());

    assertMade(
        200,
        api.patch(PUBLISHER, path)
            .body("[{\"op\":\"replace\",\"path\":\"/updateInProgress\",\"value\":false}]")
            .send());
  }
}
