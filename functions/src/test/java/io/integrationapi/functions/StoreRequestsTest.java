package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each request costs: the requests to the store, counted where they leave the SDK. */
class StoreRequestsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final Api api = new Api();
  private String own = "";
  private String managed = "";

  @BeforeEach
  void twoIntegrations() {
    api.register(PUBLISHER);
    own = "/integrations/" + api.create(ALICE, "{\"name\":\"Own\",\"settings\":{}}").id();
    managed =
        "/integrations/"
            + api.create(ALICE, "{\"name\":\"M\",\"_connectorId\":\"57179182e0a908200c2781d9\"}")
                .id();
    api.http.takeOperations();
  }

  @Test
  void get_is_one() {
    expect(200, api.get(ALICE, own).send(), "GetItem");
    expect(404, api.get(ALICE, "/integrations/ffffffffffffffffffffffff").send(), "GetItem");
    expect(404, api.get(ALICE, "/integrations/malformed").send());
  }

  @Test
  void a_page_of_the_list_is_one() {
    expect(200, api.get(ALICE, "/integrations?limit=1").send(), "Query");
    expect(200, api.get(ALICE, "/integrations").send(), "Query");
  }

  @Test
  void a_page_that_is_not_the_first_looks_once_where_the_list_ends() {
    for (int i = 0; i < 3; i++) {
      api.create(ALICE, "{\"name\":\"More\"}");
    }
    api.http.takeOperations();

    Reply page = api.get(ALICE, "/integrations?limit=1").send();
    expect(200, page, "Query");
    page = api.get(ALICE, Walk.next(page).orElseThrow()).send();
    expect(200, page, "Query", "Query");
    for (int i = 0; i < 3; i++) {
      page = api.get(ALICE, Walk.next(page).orElseThrow()).send();
      expect(200, page, "Query");
    }
    assertTrue(Walk.next(page).isEmpty());

    expect(200, api.get(ALICE, "/integrations?sort=-_id").send(), "Query");
    expect(200, api.get(ALICE, "/integrations?q=more&limit=2").send(), "Query");
    expect(200, api.get(ALICE, "/integrations?skip=2").send(), "Query", "Query");
    expect(200, api.get(PUBLISHER, "/integrations?skip=1&mode=settings").send(), "Query");
    expect(200, api.get(PUBLISHER, "/integrations?mode=install").send(), "Query", "BatchGetItem");
  }

  @Test
  void post_is_one_and_two_with_a_connector() {
    expect(201, api.create(ALICE, "{\"name\":\"New\"}"), "PutItem");
    expect(
        201,
        api.create(ALICE, "{\"name\":\"New\",\"_connectorId\":\"57179182e0a908200c2781d9\"}"),
        "GetItem",
        "PutItem");
    expect(
        201,
        api.create(ALICE, "{\"name\":\"New\",\"_connectorId\":\"not-registered\"}"),
        "GetItem",
        "TransactWriteItems");
  }

  @Test
  void put_is_one_when_the_body_tells_who_publishes() {
    expect(200, api.put(ALICE, own).body("{\"name\":\"Two\"}").send(), "UpdateItem");
    expect(
        200,
        api.put(ALICE, managed)
            .body("{\"name\":\"Two\",\"_connectorId\":\"57179182e0a908200c2781d9\"}")
            .send(),
        "UpdateItem");
  }

  @Test
  void put_is_two_when_the_first_guess_about_the_publisher_was_wrong() {
    expect(
        200, api.put(ALICE, managed).body("{\"name\":\"Two\"}").send(), "UpdateItem", "UpdateItem");
  }

  @Test
  void patch_is_two() {
    expect(
        200,
        api.patch(ALICE, own).body("[{\"op\":\"add\",\"path\":\"/x\",\"value\":1}]").send(),
        "GetItem",
        "UpdateItem");
  }

  @Test
  void delete_is_one() {
    expect(204, api.delete(ALICE, own).send(), "TransactWriteItems");
    expect(404, api.delete(ALICE, own).send(), "TransactWriteItems");
  }

  @Test
  void clone_is_two_with_a_key_or_without() {
    expect(201, api.post(ALICE, own + "/clone").send(), "GetItem", "TransactWriteItems");
    for (int i = 0; i < 2; i++) {
      expect(
          201,
          api.post(ALICE, managed + "/clone").header("Idempotency-Key", "k").send(),
          "GetItem",
          "TransactWriteItems");
    }
  }

  @Test
  void keyed_post_is_one_the_second_time_too() {
    for (int i = 0; i < 2; i++) {
      expect(
          201,
          api.post(ALICE, "/integrations")
              .header("Idempotency-Key", "k")
              .body("{\"name\":\"New\"}")
              .send(),
          "TransactWriteItems");
    }
  }

  @Test
  void history_is_read_in_one_request_for_a_page_and_two_for_a_state() {
    String create = own + "/revisions/create";
    Reply snapshot = api.post(ALICE, create).send();
    String revision = own + "/revisions/" + snapshot.id();
    api.http.takeOperations();

    expect(200, api.get(ALICE, own + "/audit").send(), "Query");
    expect(200, api.get(ALICE, own + "/revisions").send(), "Query");
    expect(200, api.get(ALICE, revision).send(), "GetItem", "GetItem");
    expect(200, api.get(ALICE, revision + "/diff").send(), "GetItem", "GetItem", "GetItem");
    expect(201, api.post(ALICE, create).send(), "GetItem", "PutItem", "PutItem");
    expect(204, api.post(ALICE, create + "?ignoreIfNoChanges=true").send(), "GetItem", "Query");
    expect(404, api.get(ALICE, own + "/revisions/malformed").send());
  }

  @Test
  void revert_is_a_put_behind_two_reads_and_its_key_is_two_more() {
    String create = own + "/revisions/create";
    String revert = own + "/revisions/" + api.post(ALICE, create).send().id() + "/revert";
    api.put(ALICE, own).body("{\"name\":\"Two\"}").send();
    api.http.takeOperations();

    expect(200, api.post(ALICE, revert).send(), "GetItem", "GetItem", "UpdateItem");
    expect(
        200,
        api.post(ALICE, revert).header("Idempotency-Key", "k").send(),
        "PutItem",
        "GetItem",
        "GetItem",
        "UpdateItem",
        "PutItem");
    expect(
        200, api.post(ALICE, revert).header("Idempotency-Key", "k").send(), "PutItem", "GetItem");
    api.delete(ALICE, own).send();
    api.http.takeOperations();
    expect(
        201,
        api.post(ALICE, revert).send(),
        "GetItem",
        "GetItem",
        "UpdateItem",
        "TransactWriteItems");
  }

  @Test
  void publisher_finds_the_account_in_the_index_first() {
    expect(200, api.get(PUBLISHER, managed).send(), "Query", "GetItem");
    expect(200, api.put(PUBLISHER, managed).body("{\"name\":\"P\"}").send(), "Query", "UpdateItem");
    expect(
        200,
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body(
                "{\"_integrationIds\":[\"" + managed.substring("/integrations/".length()) + "\"]}")
            .send(),
        "Query",
        "UpdateItem");
    expect(
        200, api.get(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/installBase").send(), "Query");
  }

  @Test
  void token_info_is_none() {
    expect(200, api.get(ALICE, "/tokenInfo").send());
  }

  private void expect(int status, Reply reply, String... operations) {
    assertEquals(status, reply.status(), reply.body());
    assertEquals(List.of(operations), api.http.takeOperations());
  }
}
