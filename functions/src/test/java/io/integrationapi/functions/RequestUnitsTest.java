package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each request costs in request units, for an integration of 2 KB: counted on the embedded
 * store, and held against the table of {@code docs/operating.md}.
 */
class RequestUnitsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String CONNECTOR = ",\"_connectorId\":\"57179182e0a908200c2781d9\"}";

  private final Api api = new Api();
  private final Map<String, String> counted = new LinkedHashMap<>();

  @Test
  void table_of_costs_is_what_the_store_counts() throws IOException {
    api.register(PUBLISHER);
    String self = api.create(ALICE, document("self", "}")).id();
    String managed = api.create(ALICE, document("managed", CONNECTOR)).id();
    api.http.countUnits();

    count("get", api.get(ALICE, path(self))::send);
    count("get by a connector", api.get(PUBLISHER, path(managed))::send);
    count("post", () -> api.create(ALICE, document("a", "}")));
    count("post with a connector", () -> api.create(ALICE, document("b", CONNECTOR)));
    count(
        "post with a connector that is not registered",
        () -> api.create(ALICE, document("c", ",\"_connectorId\":\"another\"}")));
    count(
        "post with a key",
        () ->
            api.post(ALICE, "/integrations")
                .header("Idempotency-Key", "k")
                .body(document("d", "}"))
                .send());
    count("put, self-managed", () -> put(ALICE, self, document("e", "}")));
    count("put, managed", () -> put(ALICE, managed, document("f", CONNECTOR)));
    count("put by a connector", () -> put(PUBLISHER, managed, document("g", CONNECTOR)));
    count("patch", () -> patch(ALICE, self));
    count("patch, managed", () -> patch(ALICE, managed));
    count("clone", api.post(ALICE, path(self) + "/clone")::send);
    count("clone, managed", api.post(ALICE, path(managed) + "/clone")::send);
    String revisions = path(self) + "/revisions";
    count("snapshot", api.post(ALICE, revisions + "/create")::send);
    String revision =
        revisions + "/" + api.get(ALICE, revisions).send().json().path(0).path("_id").asString();
    count("audit or revisions, one row", api.get(ALICE, revisions)::send);
    count("one revision", api.get(ALICE, revision)::send);
    count("difference to the present state", api.get(ALICE, revision + "/diff")::send);
    put(ALICE, self, document("h", "}"));
    count("revert", api.post(ALICE, revision + "/revert")::send);
    put(ALICE, self, document("i", "}"));
    count(
        "revert with a key",
        () -> api.post(ALICE, revision + "/revert").header("Idempotency-Key", "r").send());
    record(api.takeRecords());
    put(ALICE, self, document("j", "}"));
    countRecording("history of a change");
    count("delete", api.delete(ALICE, path(self))::send);
    countRecording("history of a deletion, one snapshot");
    count("delete, managed", api.delete(ALICE, path(managed))::send);

    Map<String, String> table = table();
    table.keySet().retainAll(counted.keySet());
    assertEquals(new TreeMap<>(counted), new TreeMap<>(table));
  }

  private void count(String what, Supplier<Reply> request) {
    api.http.takeUnits();
    Reply reply = request.get();
    assertTrue(reply.status() < 300, () -> what + ": " + reply.body());
    counted.put(what, api.http.takeUnits().toString());
  }

  /** What the recorder needs for the last change. */
  private void countRecording(String what) {
    List<ObjectNode> records = api.takeRecords();
    assertEquals(1, records.size());
    api.http.takeUnits();
    record(records);
    counted.put(what, api.http.takeUnits().toString());
  }

  private void record(List<ObjectNode> records) {
    assertEquals(List.of(), api.record(records));
  }

  /** The first and third columns of the rows, without what stands in brackets. */
  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(TestStore.root().resolve("docs/operating.md"));
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7) {
        rows.put(cells[1].strip(), cells[3].replaceAll(" \\([^)]*\\)", "").strip());
      }
    }
    return rows;
  }

  private Reply put(Caller caller, String id, String body) {
    return api.put(caller, path(id)).body(body).send();
  }

  private Reply patch(Caller caller, String id) {
    return api.patch(caller, path(id))
        .body("[{\"op\":\"add\",\"path\":\"/x\",\"value\":1}]")
        .send();
  }

  private static String path(String id) {
    return "/integrations/" + id;
  }

  private static String document(String name, String end) {
    return "{\"name\":\"" + name + "\",\"settings\":{\"a\":\"" + "x".repeat(2000) + "\"}" + end;
  }
}
