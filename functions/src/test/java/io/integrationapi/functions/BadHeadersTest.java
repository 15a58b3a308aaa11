package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: headers that are missing, odd or malformed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadHeadersTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String NAME = "{\"name\":\"One\"}";

  private final Api api = new Api();
  private final String path = "/integrations/" + api.create(ALICE, NAME).id();

  /** The requests that have a body, but for the patch. */
  private List<Call> withBody() {
    return List.of(
        api.post(ALICE, "/integrations").body(NAME),
        api.put(ALICE, path).body(NAME),
        api.post(ALICE, path + "/clone").body(NAME),
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"x\"]}"));
  }

  private Call patch() {
    return api.patch(ALICE, path).body("[{\"op\":\"test\",\"path\":\"/name\",\"value\":\"One\"}]");
  }

  private void assertUnsupported(Call call) {
    Reply reply = Untouched.refuse(api, ALICE, call);
    assertEquals(415, reply.status(), reply::toString);
    assertEquals(List.of("unsupported_media_type"), reply.codes());
  }

  private static void assertTaken(Call call) {
    Reply reply = call.send();
    assertTrue(reply.status() / 100 == 2, reply::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "json",
        "text/plain",
        "text/json",
        "*/*",
        "application/*",
        "application/jsonx",
        "application/xml",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json, text/plain",
        "text/plain; application/json",
        "application/json; charset=iso-8859-1",
        "application/json; charset=\"utf-16\"",
        "application/json;charset=",
      })
  void other_media_types_are_refused(String type) {
    for (Call call : withBody()) {
      assertUnsupported(call.header("Content-Type", type));
    }
    assertUnsupported(patch().header("Content-Type", type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        " application/json ",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json ; charset=\"utf-8\"",
        "application/json; CHARSET=UTF-8; profile=x",
        "application/json; profile=\"https://example.com/x\"",
        "application/json;",
      })
  void json_is_taken_with_parameters_in_any_case(String type) {
    for (Call call : withBody()) {
      assertTaken(call.header("Content-Type", type));
    }
    assertTaken(patch().header("Content-Type", type));
    String patchType = type.replace("json", "json-patch+json").replace("JSON", "JSON-PATCH+JSON");
    assertTaken(patch().header("Content-Type", patchType));
  }

  @Test
  void patch_type_is_for_patches_only() {
    for (Call call : withBody()) {
      assertUnsupported(call.header("Content-Type", "application/json-patch+json"));
    }
  }

  @Test
  void body_without_a_type_is_refused() {
    for (Call call : withBody()) {
      assertUnsupported(call.withoutHeader("Content-Type"));
    }
    assertUnsupported(patch().withoutHeader("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-type", "CONTENT-TYPE", "Content-type"})
  void name_of_a_header_has_no_case(String name) {
    for (Call call : withBody()) {
      assertTaken(call.withoutHeader("Content-Type").header(name, "application/json"));
    }
  }

  @Test
  void two_types_that_disagree_are_refused() {
    for (Call call : withBody()) {
      assertUnsupported(call.headers("Content-Type", "application/json", "text/plain"));
      assertUnsupported(call.headers("Content-Type", "text/plain", "application/json"));
    }
  }

  @Test
  void json_is_tolerated_where_there_is_no_body() {
    String json = "application/json";
    assertTaken(api.get(ALICE, "/integrations").header("Content-Type", json));
    assertTaken(api.get(ALICE, path).header("Content-Type", json));
    assertTaken(api.get(ALICE, "/tokenInfo").header("Content-Type", json));
    assertTaken(api.post(ALICE, path + "/clone").header("Content-Type", json));
    String id = api.create(ALICE, NAME).id();
    assertTaken(api.delete(ALICE, "/integrations/" + id).header("Content-Type", json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "a",
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "\"a\" \"b\"",
        "\"a\", b",
        "\"a\"b\"",
        "\"a b\"",
        "\"a\u0000\"",
        "**",
        "*, *",
        "*, \"a\"",
        "\"a\", *",
        "W/",
        "W/a",
        "W/*",
        "w/\"a\"",
        "W/ \"a\"",
        "W\"a\"",
      })
  void malformed_precondition_is_refused(String tags) {
    List<Call> writes =
        List.of(
            api.put(ALICE, path).body(NAME),
            patch(),
            api.delete(ALICE, path),
            api.post(ALICE, path + "/clone"));
    for (Call call : writes) {
      assertInvalidHeader("If-Match", call.header("If-Match", tags));
    }
    assertInvalidHeader("If-None-Match", api.get(ALICE, path).header("If-None-Match", tags));
  }

  /** As many as API Gateway lets through. Where places are tried twice, they take minutes. */
  @Test
  void blanks_without_number_are_read_at_once() {
    String blanks = " \t".repeat(4_500);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (String tags : List.of("x" + blanks + "x", "\"" + blanks, "\"x\"" + blanks + "x")) {
            assertInvalidHeader("If-Match", patch().header("If-Match", tags));
            assertInvalidHeader(
                "If-None-Match", api.get(ALICE, path).header("If-None-Match", tags));
          }
          Call list = patch().header("If-None-Match", "\"x\"" + blanks + "," + blanks + "\"y\"");
          assertTaken(list);
          for (Call call : withBody()) {
            assertUnsupported(call.header("Content-Type", "application/json" + blanks + "x"));
          }
          assertTaken(patch().header("Content-Type", "application/json-patch+json" + blanks + ";"));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\u0000", "a\u0000b", "a\tb", "a\nb", "a\rb", "\u001b", "\u007f", "\u0085"})
  void idempotency_key_that_is_empty_or_has_control_characters_is_refused(String key) {
    assertKeyIsRefused(key);
  }

  @Test
  void idempotency_key_has_1_to_255_characters() {
    assertKeyIsRefused("k".repeat(256));
    assertKeyIsRefused("k".repeat(5000));
    assertTaken(create().header("Idempotency-Key", "k"));
    assertTaken(create().header("Idempotency-Key", "k".repeat(255)));
    assertTaken(create().header("Idempotency-Key", "ÿ".repeat(255)));
    assertTaken(api.post(ALICE, path + "/clone").header("Idempotency-Key", "l".repeat(255)));
  }

  @Test
  void two_idempotency_keys_are_refused() {
    assertInvalidHeader("Idempotency-Key", create().headers("Idempotency-Key", "a", "b"));
  }

  @Test
  void idempotency_key_means_nothing_where_it_has_no_place() {
    assertTaken(api.put(ALICE, path).body(NAME).header("Idempotency-Key", ""));
    assertTaken(api.get(ALICE, path).header("Idempotency-Key", "\u0000"));
  }

  private Call create() {
    return api.post(ALICE, "/integrations").body(NAME);
  }

  private void assertKeyIsRefused(String key) {
    assertInvalidHeader("Idempotency-Key", create().header("Idempotency-Key", key));
    assertInvalidHeader(
        "Idempotency-Key", api.post(ALICE, path + "/clone").header("Idempotency-Key", key));
  }

  private void assertInvalidHeader(String name, Call call) {
    Reply reply = Untouched.refuse(api, ALICE, call);
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(List.of("invalid_header"), reply.codes());
    assertEquals(List.of(name), reply.fields());
  }
}
