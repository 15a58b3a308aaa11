package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Contract section 9: of the rows none is lost, none comes twice, and they are in the order of the
 * changes, whatever happens to the recorder. Here it is killed at any request, the store fails as
 * it can, batches are cut anywhere and come again, and two shards go on independently, while
 * accounts and the publisher change their integrations ({@code -Dproof.recorders=200} tries more).
 */
class RecorderFaultsTest {
  private static final int CHANGES = 40;
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final List<Fault> FAULTS =
      List.of(
          Fault.REFUSED,
          Fault.ANSWER_LOST,
          Fault.SERVER_ERROR,
          Fault.SERVER_ERROR_AFTERWARDS,
          Fault.DENIED,
          Fault.THROTTLED,
          Fault.CUT_OFF);

  private final Api api = new Api();
  private final Map<String, Known> all = new LinkedHashMap<>();
  private final Map<String, Shard> shards = new LinkedHashMap<>();
  private int changes;
  private int made;

  /** Ends the function wherever it is, as a kill does. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What was acknowledged of an integration. */
  private static final class Known {
    final Caller account;
    final List<String> events = new ArrayList<>();
    final List<Reply> states = new ArrayList<>();
    boolean deleted;

    Known(Caller account) {
      this.account = account;
    }

    Reply state() {
      return states.getLast();
    }
  }

  /** The records of a shard in their order, and how many of them were taken. */
  private static final class Shard {
    final List<ObjectNode> records = new ArrayList<>();
    int taken;
  }

  static List<Long> seeds() {
    long first = Long.getLong("proof.seed", System.nanoTime());
    return new Random(first).longs(Integer.getInteger("proof.recorders", 3)).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rows_are_the_changes_once_and_in_their_order(long seed) {
    Random random = new Random(seed);
    api.register(PUBLISHER);
    try {
      while (changes < CHANGES) {
        if (random.nextInt(100) < 55) {
          change(random);
        } else {
          deliver(random);
        }
        if (random.nextInt(8) == 0) {
          all.forEach((id, known) -> {
            // A deleted one is not known before its first row is.
            List<String> told =
                known.deleted && !isKnown(id, known) ? List.of() : events(id, known);
            assertEquals(known.events.subList(0, told.size()), told);
          });
        }
      }
      deliverTheRest();
      all.forEach(this::check);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void check(String id, Known known) {
    assertEquals(known.events, events(id, known));

    List<JsonNode> revisions = rows(known.account, "/integrations/" + id + "/revisions");
    assertEquals(
        known.states.stream().map(Reply::etag).toList(),
        revisions.stream().map(row -> row.path("etag").asString()).toList());
    for (int i = 0; i < revisions.size(); i++) {
      String path = "/integrations/" + id + "/revisions/" + revisions.get(i).path("_id").asString();
      assertEquals(
          known.states.get(i).body(),
          JsonText.write(api.get(known.account, path).send().json().path("document")));
    }
  }

  private List<String> events(String id, Known known) {
    List<JsonNode> rows = rows(known.account, "/integrations/" + id + "/audit");
    List<String> ids = rows.stream().map(row -> row.path("_id").asString()).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size());
    return rows.stream().map(row -> row.path("event").asString()).toList();
  }

  private boolean isKnown(String id, Known known) {
    return api.get(known.account, "/integrations/" + id + "/audit").send().status() == 200;
  }

  /** Oldest first. */
  private List<JsonNode> rows(Caller account, String list) {
    Reply reply = api.get(account, list).send();
    assertEquals(200, reply.status(), reply::toString);
    List<JsonNode> rows = new ArrayList<>(reply.json().values());
    Collections.reverse(rows);
    return rows;
  }

  // ---- The stream -------------------------------------------------------------------------------

  /** One invocation, and what Lambda makes of its answer. */
  private void deliver(Random random) {
    receive();
    List<Shard> waiting =
        shards.values().stream().filter(shard -> shard.taken < shard.records.size()).toList();
    if (waiting.isEmpty()) {
      return;
    }
    Shard shard = waiting.get(random.nextInt(waiting.size()));
    int from = Math.max(0, shard.taken - (random.nextInt(5) == 0 ? random.nextInt(4) : 0));
    int to = Math.min(shard.records.size(), shard.taken + 1 + random.nextInt(9));

    int kill = random.nextInt(4) == 0 ? 1 + random.nextInt(12) : Integer.MAX_VALUE;
    int percent = random.nextInt(3) * 12;
    boolean[] killed = {false};
    api.http.failWith(number -> {
      if (number >= kill) {
        killed[0] = true;
        throw new Killed();
      }
      return random.nextInt(100) < percent ? FAULTS.get(random.nextInt(FAULTS.size())) : Fault.NONE;
    });
    List<ObjectNode> batch = shard.records.subList(from, to);
    try {
      List<String> failed = api.record(batch);
      if (!killed[0]) {
        shard.taken = Math.max(shard.taken, from + firstOf(failed, batch));
      }
    } catch (Killed e) {
      // Nobody heard what it kept.
    } finally {
      api.http.failWith(_ -> Fault.NONE);
    }
  }

  private void deliverTheRest() {
    receive();
    for (Shard shard : shards.values()) {
      List<ObjectNode> rest = shard.records.subList(shard.taken, shard.records.size());
      assertEquals(List.of(), api.record(rest));
    }
  }

  /** Lambda goes on from the first record that was not kept. */
  private static int firstOf(List<String> failed, List<ObjectNode> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (failed.contains(batch.get(i).at("/dynamodb/SequenceNumber").asString())) {
        return i;
      }
    }
    assertTrue(failed.isEmpty(), () -> "no records of this batch: " + failed);
    return batch.size();
  }

  private void receive() {
    for (ObjectNode record : api.takeRecords()) {
      shards
          .computeIfAbsent(record.at("/dynamodb/Keys/pk/S").asString(), _ -> new Shard())
          .records
          .add(record);
    }
  }

  // ---- The changes ------------------------------------------------------------------------------

  private void change(Random random) {
    List<String> alive = all.keySet().stream().filter(id -> !known(id).deleted).toList();
    if (alive.size() < 4) {
      create(random.nextBoolean() ? ALICE : BOB, random.nextBoolean());
      return;
    }
    String id = alive.get(random.nextInt(alive.size()));
    Known known = known(id);
    String path = "/integrations/" + id;
    boolean managed = known.state().json().has("_connectorId");
    Caller caller = managed && random.nextBoolean() ? PUBLISHER : known.account;
    switch (random.nextInt(10)) {
      case 0 -> {
        if (api.delete(caller, path).send().status() == 204) {
          known.deleted = true;
          happened(known, "delete");
        }
      }
      case 1, 2, 3 ->
          changed(
              known,
              api.patch(managed ? PUBLISHER : known.account, path)
                  .body(
                      "[{\"op\":\"add\",\"path\":\"/updateInProgress\",\"value\":"
                          + random.nextBoolean()
                          + "}]")
                  .send());
      default ->
          changed(
              known,
              api.patch(caller, path)
                  .body(
                      "[{\"op\":\"add\",\"path\":\"/settings/n\",\"value\":"
                          + random.nextInt(5)
                          + "}]")
                  .send());
    }
  }

  private Known known(String id) {
    return requireNonNull(all.get(id));
  }

  private void create(Caller account, boolean managed) {
    String connector = managed ? ",\"_connectorId\":\"" + PUBLISHER.id() + "\"" : "";
    Reply reply = api.create(account, "{\"name\":\"" + made++ + "\"" + connector + "}");
    Known known = new Known(account);
    all.put(reply.id(), known);
    known.states.add(reply);
    happened(known, "create");
  }

  private void changed(Known known, Reply reply) {
    if (reply.status() != 200 || reply.etag().equals(known.state().etag())) {
      return;
    }
    boolean was = isLocked(known.state());
    boolean is = isLocked(reply);
    known.states.add(reply);
    happened(known, was == is ? "update" : is ? "lock" : "unlock");
  }

  private static boolean isLocked(Reply reply) {
    return reply.json().path("updateInProgress").asBoolean(false);
  }

  private void happened(Known known, String event) {
    known.events.add(event);
    changes++;
  }
}
