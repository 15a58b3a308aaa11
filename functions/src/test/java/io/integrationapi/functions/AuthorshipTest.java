package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item keeps who wrote it last, and for which request. */
class AuthorshipTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}";

  private final Api api = new Api();
  private final String id;
  private final String path;

  AuthorshipTest() {
    api.register(PUBLISHER);
    id = api.create(ALICE, MANAGED).id();
    path = "/integrations/" + id;
  }

  @Test
  void create_and_clone_are_their_callers() {
    assertAuthor("account", "alice", id);

    Reply keyed =
        api.post(ALICE, "/integrations").header("Idempotency-Key", "k").body(MANAGED).send();
    assertAuthor("account", "alice", keyed.id());
    assertAuthor("connector", PUBLISHER.id(), api.post(PUBLISHER, path + "/clone").send().id());
  }

  @Test
  void change_is_its_callers() {
    api.put(PUBLISHER, path).body(MANAGED.replace("One", "Two")).send();
    assertAuthor("connector", PUBLISHER.id(), id);

    api.patch(ALICE, path).body("[{\"op\":\"add\",\"path\":\"/name\",\"value\":\"Three\"}]").send();
    assertAuthor("account", "alice", id);
  }

  @Test
  void update_that_begins_is_the_connectors_and_a_broken_lock_the_operators() {
    Map<String, AttributeValue> before = api.item(ALICE, id);
    api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send();
    assertAuthor("connector", PUBLISHER.id(), id);
    assertNotEquals(before.get("revision"), api.item(ALICE, id).get("revision"));

    api.invoke(
        "BreakLockFunction",
        "{\"_integrationId\":\"" + id + "\",\"reason\":\"gone\",\"by\":\"Olivia\"}");

    Map<String, AttributeValue> item = api.item(ALICE, id);
    assertEquals("operator", requireNonNull(item.get("authorKind")).s());
    assertEquals("Olivia", requireNonNull(item.get("authorId")).s());
    assertEquals(null, item.get("authorTokenId"));
    assertEquals(null, item.get("authorLabel"));
    assertEquals("an-invocation", requireNonNull(item.get("requestId")).s());
  }

  private void assertAuthor(String kind, String author, String integration) {
    Map<String, AttributeValue> item = api.item(ALICE, integration);
    assertEquals(kind, requireNonNull(item.get("authorKind")).s());
    assertEquals(author, requireNonNull(item.get("authorId")).s());
    assertEquals(Api.TOKEN_ID, requireNonNull(item.get("authorTokenId")).s());
    assertEquals(Api.LABEL, requireNonNull(item.get("authorLabel")).s());
    assertEquals("a-request", requireNonNull(item.get("requestId")).s());
  }
}
