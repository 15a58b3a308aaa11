package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tools.jackson.databind.JsonNode;

/**
 * Contract section 4: a message can be read by itself. {@code messages.csv} holds every message
 * that a function answers a caller with, and the request that provokes it; those of the gateway
 * stand in {@code template.yaml}. Known clients print the message and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesTest {
  /** Stands in the settings of all integrations, and in the bodies of the requests. */
  private static final String VALUE = "a-settings-value";

  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final Map<String, Caller> CALLERS =
      Map.of(
          "account",
          ALICE,
          "reader",
          ALICE.readOnly(),
          "publisher",
          PUBLISHER,
          "other",
          Caller.connector("ffffffffffffffffffffffff"));

  private final Api api = new Api(() -> Instant.parse("2026-11-24T12:00:00Z"));
  private final Map<String, String> words = new HashMap<>();

  @BeforeAll
  void give_what_the_requests_need() {
    api.register(PUBLISHER);
    words.put("{mine}", integration(""));
    words.put("{managed}", integration(",\"_connectorId\":\"" + PUBLISHER.id() + "\""));
    words.put("{locked}", integration(",\"updateInProgress\":true"));
    words.put("{connector}", PUBLISHER.id());
    words.put("{value}", "\"" + VALUE + "\"");
    words.put("{99 characters}", "n".repeat(99));
    words.put("{101 characters}", "i".repeat(101));
    words.put("{201 characters}", "n".repeat(201));
    words.put("{256 characters}", "k".repeat(256));
    words.put("{1,001 characters}", "d".repeat(1_001));
    words.put("{350,000 bytes}", "\"" + "b".repeat(350_000) + "\"");
    words.put("{100 levels}", "[".repeat(100) + "]".repeat(100));
    words.put("{501 levels}", "[".repeat(501) + "]".repeat(501));
    words.put("{60,000 elements}", "[0" + ",0".repeat(59_999) + "]");
    words.put(
        "{20,000 insertions}",
        "{\"op\":\"add\",\"path\":\"/x/0\",\"value\":1}"
            + ",{\"op\":\"add\",\"path\":\"/x/0\",\"value\":1}".repeat(19_999));
    words.put(
        "{11 copies}",
        IntStream.range(0, 11)
            .mapToObj(i -> "{\"op\":\"copy\",\"from\":\"/x\",\"path\":\"/x" + i + "\"}")
            .collect(Collectors.joining(",")));
    api.post(ALICE, "/integrations")
        .header("Idempotency-Key", "used")
        .body("{\"name\":\"Keyed\"}")
        .send();
  }

  private String integration(String more) {
    return api.create(
            ALICE,
            "{\"name\":\"One\",\"settings\":{\"a\":\"" + VALUE + "\",\"list\":[1]}" + more + "}")
        .id();
  }

  private String filled(@Nullable String text) {
    String filled = text == null ? "" : text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private Call call(String caller, String request) {
    Caller by = CALLERS.getOrDefault(caller, ALICE);
    String target = filled(request.substring(request.indexOf(' ') + 1));
    return switch (request.substring(0, request.indexOf(' '))) {
      case "GET" -> api.get(by, target);
      case "POST" -> api.post(by, target);
      case "PUT" -> api.put(by, target);
      case "PATCH" -> api.patch(by, target);
      case "DELETE" -> api.delete(by, target);
      default -> throw new IllegalArgumentException(request);
    };
  }

  @ParameterizedTest(name = "{6}")
  @CsvFileSource(
      resources = "/messages.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1,
      maxCharsPerColumn = 20_000)
  void message_says_what_it_is_about(
      String caller,
      String request,
      @Nullable String header,
      @Nullable String body,
      String code,
      @Nullable String field,
      String message) {
    Call call = call(caller, request);
    if (body != null) {
      call.body(filled(body));
    }
    if (header != null) {
      int colon = header.indexOf(':');
      call.header(header.substring(0, colon), filled(header.substring(colon + 1).strip()));
    }

    Reply reply = Untouched.refuse(api, ALICE, call);

    JsonNode error = reply.json().path("errors").path(0);
    assertEquals(filled(message), error.path("message").asString(), reply::toString);
    assertEquals(code, error.path("code").asString(), reply::toString);
    assertEquals(filled(field), error.path("field").asString(""), reply::toString);
    assertEquals(1, reply.json().path("errors").size(), reply::toString);
    assertFalse(reply.toString().contains(VALUE), reply::toString);
  }

  @Test
  void message_for_a_body_that_is_not_utf_8() {
    Reply reply =
        Untouched.refuse(
            api,
            ALICE,
            api.post(ALICE, "/integrations")
                .body("{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));

    assertEquals(
        "{\"errors\":[{\"code\":\"malformed_json\",\"message\":\"The body is not valid"
            + " UTF-8.\"}]}",
        reply.body());
  }

  @Test
  void message_for_a_request_whose_key_is_in_use() {
    api.http.failWith(_ -> Fault.CONFLICT);
    Reply reply =
        api.post(ALICE, "/integrations")
            .header("Idempotency-Key", "in use")
            .body("{\"name\":\"One\"}")
            .send();
    api.http.failWith(_ -> Fault.NONE);

    assertEquals(
        "{\"errors\":[{\"code\":\"idempotency_in_progress\",\"message\":\"The first request with"
            + " this Idempotency-Key is still running; repeat this one later.\"}]}",
        reply.body());
  }

  @Test
  void message_for_a_request_that_the_store_does_not_answer() {
    api.http.failWith(_ -> Fault.REFUSED);
    Reply reply = api.get(ALICE, "/integrations/" + words.get("{mine}")).send();
    api.http.failWith(_ -> Fault.NONE);

    assertEquals(
        "{\"errors\":[{\"code\":\"service_unavailable\",\"message\":\"The request could not be"
            + " completed in time; try again.\"}]}",
        reply.body());
  }

  @Test
  void message_for_a_defect() {
    JsonNode answer = JsonText.readTrusted(api.invoke("GetIntegrationFunction", "{}"));

    assertEquals(
        "{\"errors\":[{\"code\":\"internal_error\",\"message\":\"Something went wrong here; it has"
            + " been logged.\"}]}",
        answer.path("body").asString());
  }
}
