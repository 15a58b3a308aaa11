package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.TestStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random changes by every principal ({@code -Dproof.changes=1000} makes a thousand): the audit has
 * each that was acknowledged, in its order, and the differences lead from the first state of each
 * integration to its last.
 */
class HistoryReplayTest {
  private static final int CHANGES = Integer.getInteger("proof.changes", 250);
  private static final int INTEGRATIONS = 8;
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final long seed = Long.getLong("proof.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomValues values = new RandomValues(random, List.of(PUBLISHER.id()));
  private final RandomPatches patches = new RandomPatches(values);

  // Its answers are too many to be held against openapi.yaml.
  private final Api api =
      new Api(
          TestStore.environment(),
          UrlConnectionHttpClient.create(),
          InstantSource.system(),
          Api.PATIENT);
  private final Recorder recorder = new Recorder(api);
  private final Map<String, Known> all = new LinkedHashMap<>();
  private int changes;

  /** An integration as its last acknowledged change left it. */
  private static final class Known {
    final String id;
    final Caller account;
    final List<String> events = new ArrayList<>();
    final List<String> snapshots = new ArrayList<>();
    Reply reply;
    boolean deleted;

    Known(Caller account, Reply reply) {
      this.id = reply.id();
      this.account = account;
      this.reply = reply;
    }

    String path() {
      return "/integrations/" + id;
    }

    boolean isLocked() {
      return reply.json().path("updateInProgress").asBoolean(false);
    }
  }

  @Test
  void changes_are_told_in_their_order_and_lead_from_the_first_state_to_the_last() {
    api.register(PUBLISHER);
    try {
      while (changes < CHANGES) {
        change();
        if (values.chance(25)) {
          recorder.record();
        }
      }
      recorder.record();
      for (Known known : all.values()) {
        replay(known);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void replay(Known known) {
    List<String> told = new ArrayList<>();
    for (Reply page : Walk.pages(api, known.account, known.path() + "/audit?limit=37")) {
      page.json().values().forEach(row -> told.add(row.path("event").asString()));
    }
    Collections.reverse(told);
    assertEquals(known.events, told);

    List<String> revisions =
        new ArrayList<>(
            Walk.ids(Walk.pages(api, known.account, known.path() + "/revisions?limit=23")));
    Collections.reverse(revisions);
    assertTrue(revisions.containsAll(known.snapshots));
    String state = document(known, revisions.getFirst());
    for (int i = 1; i < revisions.size(); i++) {
      String diff = known.path() + "/revisions/" + revisions.get(i - 1) + "/diff";
      state =
          HistoryTest.patched(
              state, api.get(known.account, diff + "?to=" + revisions.get(i)).send());
      assertEquals(document(known, revisions.get(i)), state);
    }
    assertEquals(known.reply.body(), state);
    if (!known.deleted) {
      assertEquals(api.get(known.account, known.path()).send().body(), state);
    }
  }

  private String document(Known known, String revision) {
    Reply reply = api.get(known.account, known.path() + "/revisions/" + revision).send();
    assertEquals(200, reply.status(), reply::toString);
    return JsonText.write(reply.json().path("document"));
  }

  private void change() {
    if (all.size() < INTEGRATIONS) {
      made(values.chance(50) ? ALICE : BOB);
      return;
    }
    Known known = values.one(List.copyOf(all.values()));
    Caller caller = values.chance(40) ? PUBLISHER : known.account;
    if (known.deleted) {
      revert(known, known.account);
      return;
    }
    ObjectNode document = (ObjectNode) known.reply.json();
    switch (values.one(
        List.of(
            "put",
            "put",
            "put",
            "patch",
            "patch",
            "patch",
            "begin",
            "end",
            "clone",
            "delete",
            "snapshot",
            "revert",
            "revert",
            "revert"))) {
      case "put" -> {
        String body = (values.chance(20) ? values.draft() : values.edited(document)).toString();
        changed(known, api.put(caller, known.path()).body(body).send());
      }
      case "patch" ->
          changed(
              known,
              api.patch(caller, known.path()).body(patches.patch(document).toString()).send());
      case "begin" -> begin(known);
      case "end" ->
          changed(
              known,
              api.patch(caller, known.path())
                  .body("[{\"op\":\"add\",\"path\":\"/updateInProgress\",\"value\":false}]")
                  .send());
      case "clone" -> {
        Reply copy = api.post(caller, known.path() + "/clone").send();
        if (copy.status() == 201) {
          known(known.account, copy, "clone");
        }
      }
      case "delete" -> {
        if (api.delete(caller, known.path()).send().status() == 204) {
          known.deleted = true;
          happened(known, "delete");
        }
      }
      case "snapshot" -> {
        Reply snapshot =
            api.post(caller, known.path() + "/revisions/create")
                .body("{\"description\":\"" + changes + "\"}")
                .send();
        if (snapshot.status() == 201) {
          known.snapshots.add(snapshot.id());
        }
      }
      default -> revert(known, caller);
    }
  }

  private void made(Caller account) {
    ObjectNode draft = values.draft();
    if (values.chance(60)) {
      draft.put("_connectorId", PUBLISHER.id());
    }
    Reply reply = api.create(account, draft.toString());
    if (reply.status() == 201) {
      known(account, reply, "create");
    }
  }

  private void known(Caller account, Reply reply, String event) {
    Known made = new Known(account, reply);
    if (all.size() < 3 * INTEGRATIONS) {
      all.put(made.id, made);
      happened(made, event);
    }
  }

  private void begin(Known known) {
    Reply reply =
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"" + known.id + "\"]}")
            .send();
    if (String.valueOf(reply.body()).contains("\"started\"")) {
      changed(known, api.get(known.account, known.path()).send());
    }
  }

  private void revert(Known known, Caller caller) {
    List<String> revisions = revisions(known);
    if (revisions.isEmpty()) {
      recorder.record();
      revisions = revisions(known);
    }
    String revert = known.path() + "/revisions/" + values.one(revisions) + "/revert";
    Reply reply = api.post(caller, revert).send();
    if (reply.status() == 201) {
      assertTrue(known.deleted);
      known.deleted = false;
      known.reply = reply;
      happened(known, "revert");
    } else if (reply.status() == 200 && !reply.etag().equals(known.reply.etag())) {
      known.reply = reply;
      happened(known, "revert");
    }
  }

  private List<String> revisions(Known known) {
    return Walk.ids(Walk.pages(api, known.account, known.path() + "/revisions"));
  }

  private void changed(Known known, Reply reply) {
    if (reply.status() != 200 || reply.etag().equals(known.reply.etag())) {
      return;
    }
    boolean was = known.isLocked();
    known.reply = reply;
    boolean is = known.isLocked();
    happened(known, was == is ? "update" : is ? "lock" : "unlock");
  }

  private void happened(Known known, String event) {
    known.events.add(event);
    changes++;
  }
}
