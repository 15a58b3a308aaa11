package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the log says in CloudWatch's embedded metric format. */
class MetricsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Api api = new Api(() -> now);
  private String path = "";
  private String id = "";

  @BeforeEach
  void given() {
    api.register(PUBLISHER);
    id = api.create(ALICE, MANAGED).id();
    path = "/integrations/" + id;
    assertEquals(Map.of(), counted());
  }

  @Test
  void success_without_incident_writes_no_line() {
    api.get(ALICE, path).send();
    api.put(ALICE, path).body(MANAGED).send();

    assertEquals(List.of(), api.takeLog());
  }

  @Test
  void line_has_the_form_that_cloudwatch_reads() {
    api.get(ALICE, "/integrations/ffffffffffffffffffffffff").send();

    assertEquals(
        "[{\"_aws\":{\"Timestamp\":1795521600000,\"CloudWatchMetrics\":[{"
            + "\"Namespace\":\"IntegrationApi\",\"Dimensions\":[[\"Stack\",\"Code\"]],"
            + "\"Metrics\":[{\"Name\":\"Refusals\",\"Unit\":\"Count\"}]}]},"
            + "\"Stack\":\"local\",\"Code\":\"not_found\",\"Refusals\":1}]",
        api.takeLog().toString());
  }

  @Test
  void refusals_are_counted_by_their_code() {
    begin();
    api.takeLog();
    api.delete(ALICE, path).send();
    api.put(ALICE, path).header("If-Match", "\"none\"").body(MANAGED).send();
    api.post(ALICE, "/integrations").body("{}").send();

    assertEquals(
        Map.of(
            "Refusals update_in_progress", 1,
            "Refusals precondition_failed", 1,
            "Refusals missing_required_field", 1),
        counted());
  }

  @Test
  void token_that_is_refused_is_counted() {
    assertThrows(
        RuntimeException.class,
        () ->
            api.invoke(
                "AuthorizerFunction",
                "{\"methodArn\":\"a/b\",\"authorizationToken\":\"Bearer no\"}"));

    assertEquals(Map.of("Refusals unauthorized", 1), counted());
  }

  @Test
  void failure_is_counted_beside_what_is_logged_of_it() {
    api.http.failWith(_ -> Fault.SERVER_ERROR);

    api.get(ALICE, path).send();

    assertEquals(Map.of("Failures service_unavailable", 1), counted());

    api.http.failWith(_ -> Fault.DENIED);
    api.get(ALICE, path).send();
    assertEquals(Map.of("Failures internal_error", 1), counted());
  }

  @Test
  void failure_is_logged_by_its_classes_and_places_and_without_its_words() {
    api.http.failWith(_ -> Fault.DENIED);
    api.get(ALICE, path).send();

    JsonNode line = api.takeLog().getFirst();
    assertEquals("ERROR", line.path("level").asString());
    assertFalse(line.path("causes").isEmpty());
    for (JsonNode cause : line.path("causes").values()) {
      assertTrue(
          Set.of("class", "at", "status", "code", "storeRequestId")
              .containsAll(cause.propertyNames()),
          cause::toString);
    }
  }

  @Test
  void answer_that_was_lost_and_resolved_is_counted() {
    api.http.failWith(number -> number == 1 ? Fault.ANSWER_LOST : Fault.NONE);

    api.put(ALICE, path).body(MANAGED.replace("One", "Other")).send();

    assertEquals(Map.of("AmbiguousAnswersResolved", 1), counted());
  }

  @Test
  void conflict_that_was_repeated_is_counted_in_an_update_and_in_a_transaction() {
    api.http.failWith(number -> number <= 2 ? Fault.CONFLICT : Fault.NONE);
    api.put(ALICE, path).body(MANAGED).send();
    assertEquals(Map.of("ConflictsRepeated", 2), counted());

    api.http.failWith(number -> number == 1 ? Fault.CONFLICT : Fault.NONE);
    api.create(ALICE, "{\"name\":\"Two\"}");
    assertEquals(Map.of("ConflictsRepeated", 1), counted());
  }

  @Test
  void document_that_changed_between_read_and_write_is_a_conflict() {
    api.http.betweenAttempts(
        () -> api.put(ALICE, path).body(MANAGED.replace("One", "Other")).send());
    api.patch(ALICE, path).body("[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]").send();
    assertEquals(Map.of("ConflictsRepeated", 1), counted());

    api.http.betweenAttempts(() -> api.put(ALICE, path).body(MANAGED).send());
    api.post(ALICE, path + "/clone").send();
    assertEquals(Map.of("ConflictsRepeated", 1), counted());
  }

  @Test
  void replay_is_counted() {
    for (int i = 0; i < 3; i++) {
      api.post(ALICE, "/integrations").header("Idempotency-Key", "k").body(MANAGED).send();
    }

    assertEquals(Map.of("Replays", 2), counted());
  }

  @Test
  void locks_are_counted_when_they_begin_and_end_and_not_when_nothing_changes() {
    begin();
    begin();
    assertEquals(Map.of("LocksBegun", 1), counted());
    end();
    end();
    assertEquals(Map.of("LocksEnded", 1), counted());

    String own = "/integrations/" + api.create(ALICE, "{\"name\":\"Own\"}").id();
    for (int i = 0; i < 2; i++) {
      now = now.plusSeconds(1);
      api.put(ALICE, own).body("{\"name\":\"Own\",\"updateInProgress\":true}").send();
    }
    api.create(ALICE, "{\"name\":\"Own\",\"updateInProgress\":true}");
    assertEquals(Map.of("LocksBegun", 2), counted());
  }

  @Test
  void lock_is_counted_too_when_the_answer_of_its_write_was_lost() {
    String own = "/integrations/" + api.create(ALICE, "{\"name\":\"Own\"}").id();
    String write = "{\"name\":\"Own\",\"updateInProgress\":%s}";

    api.http.failWith(number -> number == 1 ? Fault.ANSWER_LOST : Fault.NONE);
    api.put(ALICE, own).body(write.formatted(true)).send();
    assertEquals(Map.of("AmbiguousAnswersResolved", 1, "LocksBegun", 1), counted());

    api.http.failWith(number -> number == 1 ? Fault.ANSWER_LOST : Fault.NONE);
    api.put(ALICE, own).body(write.formatted(false)).send();
    assertEquals(Map.of("AmbiguousAnswersResolved", 1, "LocksEnded", 1), counted());
  }

  @Test
  void lock_that_an_operator_breaks_is_counted_as_ended() {
    begin();
    counted();

    api.invoke(
        "BreakLockFunction",
        "{\"_integrationId\":\"" + id + "\",\"by\":\"ann\",\"reason\":\"gone\"}");

    assertEquals(Map.of("LocksEnded", 1), counted());
  }

  @Test
  void schedule_tells_how_many_locks_there_are_and_how_old_the_oldest_is() {
    assertEquals("{\"locks\":0}", api.invoke("ReportLocksFunction", "{}"));
    assertEquals(Map.of("LocksInProgress", 0, "OldestLockAge", 0), counted());

    begin();
    now = now.plusSeconds(90);
    api.create(ALICE, "{\"name\":\"Own\",\"updateInProgress\":true}");
    now = now.plusSeconds(10);
    counted();

    assertEquals(
        "{\"locks\":2,\"oldestSince\":\"2026-11-24T12:00:00.000Z\"}",
        api.invoke("ReportLocksFunction", "{}"));
    assertEquals(Map.of("LocksInProgress", 2, "OldestLockAge", 100), counted());
    end();
    counted();
    assertTrue(
        JsonText.readTrusted(api.invoke("ReportLocksFunction", "{}")).path("locks").asInt() == 1);
  }

  private void begin() {
    api.put(PUBLISHER, "/connectors/57179182e0a908200c2781d9/update")
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send();
  }

  private void end() {
    api.put(PUBLISHER, path).body("{\"name\":\"One\",\"updateInProgress\":false}").send();
  }

  /** The sums of all metrics since the last call, by their names and codes. */
  private Map<String, Integer> counted() {
    Map<String, Integer> sums = new TreeMap<>();
    for (JsonNode line : api.takeLog()) {
      for (JsonNode directive : line.path("_aws").path("CloudWatchMetrics").values()) {
        for (JsonNode metric : directive.path("Metrics").values()) {
          String name = metric.path("Name").asString();
          String code = line.path("Code").asString("");
          sums.merge((name + " " + code).strip(), line.path(name).asInt(), Integer::sum);
        }
      }
    }
    return sums;
  }
}
