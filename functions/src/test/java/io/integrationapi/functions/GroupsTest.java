package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 2: a group of flows or of APIs has an id. */
class GroupsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final String KNOWN = "57974ed21d2e4ab87ae46d99";
  private static final String BODY =
      "{\"name\":\"One\",\"flowGroupings\":[{\"name\":\"A\"},{\"name\":\"A\"}]}";

  private final Api api = new Api();

  private static String id(Reply reply, String member, int index) {
    return reply.json().path(member).path(index).path("_id").asString("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowGroupings", "apiGroupings"})
  void group_without_an_id_is_given_one_and_all_else_stays(String member) {
    String groups =
        "[{\"name\":\"A\",\"n\":1.0},{\"_id\":\"KNOWN\",\"name\":\"B\"},{\"_id\":null,\"name\":\"C\"},{\"_id\":5},\"s\",[{}],null]"
            .replace("KNOWN", KNOWN);

    Reply created = api.create(ALICE, "{\"name\":\"One\",\"" + member + "\":" + groups + "}");

    assertEquals(201, created.status(), created::toString);
    String first = id(created, member, 0);
    String third = id(created, member, 2);
    assertTrue(first.matches("[0-9a-f]{24}"), created::toString);
    assertTrue(third.matches("[0-9a-f]{24}"), created::toString);
    assertNotEquals(first, third);
    assertEquals(
        groups
            .replace("\"n\":1.0}", "\"n\":1.0,\"_id\":\"" + first + "\"}")
            .replace("\"_id\":null", "\"_id\":\"" + third + "\""),
        created.json().path(member).toString());
    assertEquals(created.body(), api.get(ALICE, "/integrations/" + created.id()).send().body());
  }

  @Test
  void what_is_no_array_of_groups_stays() {
    String body = "{\"name\":\"One\",\"flowGroupings\":{\"a\":{}},\"groupings\":[{}]}";

    JsonNode created = api.create(ALICE, body).json();

    assertEquals("{\"a\":{}}", created.path("flowGroupings").toString());
    assertEquals("[{}]", created.path("groupings").toString());
  }

  @Test
  void put_without_ids_gives_new_ones_and_put_of_what_was_read_changes_nothing() {
    Reply created = api.create(ALICE, BODY);
    String path = "/integrations/" + created.id();

    Reply again = api.put(ALICE, path).body(BODY).send();
    Reply same = api.put(ALICE, path).body(requireNonNull(again.body())).send();
    Reply nothing = api.patch(ALICE, path).body("[]").send();

    Set<String> ids = new HashSet<>();
    for (Reply reply : List.of(created, again)) {
      ids.add(id(reply, "flowGroupings", 0));
      ids.add(id(reply, "flowGroupings", 1));
    }
    assertEquals(4, ids.size());
    assertEquals(again.body(), same.body());
    assertEquals(again.etag(), same.etag());
    assertEquals(again.etag(), nothing.etag());
  }

  @Test
  void patch_gives_an_id_to_the_group_that_it_adds_alone() {
    Reply created = api.create(ALICE, BODY);

    Reply patched =
        api.patch(ALICE, "/integrations/" + created.id())
            .body("[{\"op\":\"add\",\"path\":\"/flowGroupings/-\",\"value\":{\"name\":\"B\"}}]")
            .send();

    assertEquals(id(created, "flowGroupings", 0), id(patched, "flowGroupings", 0));
    assertEquals(id(created, "flowGroupings", 1), id(patched, "flowGroupings", 1));
    assertTrue(id(patched, "flowGroupings", 2).matches("[0-9a-f]{24}"), patched::toString);
  }

  /** What refers to a group by its id still does in the copy. */
  @Test
  void clone_keeps_the_ids() {
    Reply created = api.create(ALICE, BODY);

    Reply copy = api.post(ALICE, "/integrations/" + created.id() + "/clone").send();

    assertEquals(created.json().path("flowGroupings"), copy.json().path("flowGroupings"));
  }

  @Test
  void same_key_and_body_answer_the_ids_of_the_first_request() {
    Reply first = api.post(ALICE, "/integrations").header("Idempotency-Key", "k").body(BODY).send();
    Reply second =
        api.post(ALICE, "/integrations").header("Idempotency-Key", "k").body(BODY).send();

    assertEquals(first, second);
  }

  @Test
  void write_whose_answer_was_lost_is_done_once_with_the_ids_that_are_answered() {
    Reply created = api.create(ALICE, BODY);
    String path = "/integrations/" + created.id();
    api.http.failWith(number -> number == 0 ? Fault.ANSWER_LOST : Fault.NONE);

    Reply put = api.put(ALICE, path).body(BODY).send();

    assertEquals(200, put.status(), put::toString);
    assertEquals(put.body(), api.get(ALICE, path).send().body());
  }
}
