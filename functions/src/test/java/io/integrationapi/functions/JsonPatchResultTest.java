package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 6902 and RFC 6901: what is no patch, what does not fit the document, and what is too much.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonPatchResultTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final Api api = new Api();
  private final String path =
      "/integrations/"
          + api.create(
                  ALICE,
                  "{\"name\":\"N\",\"a\":[1,2,3],\"o\":{\"x\":1,\"n\":null,\"\":{}},\"s\":\"text\","
                      + "\"deep\":[[[1]]]}")
              .id();

  private Reply refuse(String operations) {
    return Untouched.refuse(api, ALICE, api.patch(ALICE, path).body(operations.replace('\'', '"')));
  }

  private static void assertRefused(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(List.of(code), reply.codes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_id", "createdAt", "lastModified", "_sourceId", "_connectorId"})
  void servers_members_are_immutable(String name) {
    String add = "[{'op':'add','path':'/" + name + "','value':'554155c853bb53af2900000b'}]";

    Reply reply = refuse(add);

    assertRefused(422, "immutable_field", reply);
    assertEquals(List.of(name), reply.fields());
  }

  @Test
  void all_that_is_wrong_with_the_result_is_told_at_once() {
    Reply reply =
        refuse(
            "[{'op':'add','path':'/_sourceId','value':'q'},{'op':'add','path':'/version','value':5},"
                + "{'op':'add','path':'/name','value':''},"
                + "{'op':'add','path':'/install','value':[5]}]");

    assertEquals(422, reply.status());
    assertEquals(Set.of("_sourceId", "version", "name", "install[0]"), Set.copyOf(reply.fields()));
    assertEquals("immutable_field", reply.codes().getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_id", "lastModified", "createdAt"})
  void servers_members_cannot_be_removed_or_moved_away(String name) {
    assertRefused(422, "immutable_field", refuse("[{'op':'remove','path':'/" + name + "'}]"));
    assertRefused(
        422, "immutable_field", refuse("[{'op':'move','from':'/" + name + "','path':'/was'}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "mode,'\"settings\"'",
    "version,'\"1\"'",
    "updateInProgress,true",
    "install,'[{}]'",
  })
  void publishers_members_are_immutable_for_the_account(String name, String value) {
    api.register(PUBLISHER);
    String managed =
        "/integrations/"
            + api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}")
                .id();
    String add = "[{\"op\":\"add\",\"path\":\"/" + name + "\",\"value\":" + value + "}]";

    Reply byAccount = Untouched.refuse(api, ALICE, api.patch(ALICE, managed).body(add));
    assertRefused(422, "immutable_field", byAccount);
    assertEquals(List.of(name), byAccount.fields());

    assertEquals(200, api.patch(PUBLISHER, managed).body(add).send().status());
    // Said again, and not changed, it is no write of that member.
    assertEquals(200, api.patch(ALICE, managed).body(add).send().status());
  }

  @Test
  void publishers_member_that_is_left_equal_as_a_json_value_is_not_written_by_the_account() {
    api.register(PUBLISHER);
    String managed =
        "/integrations/"
            + api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}")
                .id();
    String patch = "[{\"op\":\"add\",\"path\":\"/install\",\"value\":[{\"a\":%s}]}]";
    assertEquals(200, api.patch(PUBLISHER, managed).body(patch.formatted("1")).send().status());

    Reply equal = api.patch(ALICE, managed).body(patch.formatted("1.0")).send();

    assertEquals(200, equal.status(), equal::toString);
    assertEquals("[{\"a\":1}]", equal.json().path("install").toString());
    Reply other =
        Untouched.refuse(api, ALICE, api.patch(ALICE, managed).body(patch.formatted("1.1")));
    assertRefused(422, "immutable_field", other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_sourceId", "_connectorId"})
  void null_for_an_immutable_member_that_is_absent_leaves_it_absent(String name) {
    String nothing = "[{\"op\":\"add\",\"path\":\"/" + name + "\",\"value\":null}]";

    Reply reply = api.patch(ALICE, path).body(nothing).send();

    assertEquals(200, reply.status(), reply::toString);
    assertFalse(reply.json().has(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'remove','path':'/name'} | missing_required_field | name",
        "{'op':'move','from':'/name','path':'/was'} | missing_required_field | name",
        "{'op':'replace','path':'/name','value':null} | missing_required_field | name",
        "{'op':'replace','path':'/name','value':5} | invalid_field | name",
        "{'op':'add','path':'/settings','value':[]} | invalid_field | settings",
        "{'op':'copy','from':'/a','path':'/readme'} | invalid_field | readme",
        "{'op':'add','path':'/install','value':[{'completed':1}]} | invalid_field |"
            + " install[0].completed",
        "{'op':'add','path':'/mode','value':'x'} | invalid_field | mode",
      })
  void result_must_be_a_valid_document(String operation, String code, String field) {
    Reply reply = refuse("[" + operation + "]");

    assertRefused(422, code, reply);
    assertEquals(List.of(field), reply.fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "'text'", "[]", "[{'name':'N'}]", "true"})
  void result_must_be_an_object(String value) {
    for (String op : List.of("add", "replace")) {
      Reply reply = refuse("[{'op':'" + op + "','path':'','value':" + value + "}]");
      assertEquals(422, reply.status(), reply::toString);
      assertEquals(List.of("invalid_field"), reply.codes());
    }
  }

  @Test
  void copies_that_double_the_document_40_times_are_refused_at_once() {
    for (String double_ :
        List.of(
            "{'op':'copy','from':'/o','path':'/o/%d'}",
            "{'op':'copy','from':'/a','path':'/a/-'}", "{'op':'copy','from':'','path':'/c%d'}")) {
      StringBuilder operations = new StringBuilder("[");
      for (int i = 0; i < 40; i++) {
        operations.append(i == 0 ? "" : ",").append(double_.formatted(i));
      }
      Reply reply = assertTimeout(Duration.ofSeconds(3), () -> refuse(operations + "]"));
      assertRefused(413, "document_too_large", reply);
    }
  }

  /** A move adds a level and no byte, so that no limit of sizes ends it. */
  @ParameterizedTest
  @ValueSource(ints = {300, 600, 20_000})
  void moves_that_deepen_the_document_are_refused(int levels) {
    StringBuilder operations = new StringBuilder("[{'op':'add','path':'/t','value':{}}");
    for (int i = 0; i < levels; i++) {
      operations
          .append(",{'op':'add','path':'/u','value':{}},{'op':'move','from':'/t','path':'/u/t'}")
          .append(",{'op':'move','from':'/u','path':'/t'}");
    }
    for (String last :
        List.of(
            "",
            ",{'op':'copy','from':'/t','path':'/v'}",
            ",{'op':'test','path':'/t','value':{}}",
            ",{'op':'copy','from':'/t','path':'/v'},{'op':'test','path':'/v','value':{}}")) {
      Reply reply = refuse(operations + last + "]");
      assertTrue(reply.status() == 422 || reply.status() == 409, reply::toString);
    }
  }

  @Test
  void patch_of_many_operations_is_done_in_time() {
    StringBuilder operations = new StringBuilder("[{'op':'add','path':'/m','value':[]}");
    for (int i = 0; i < 30_000; i++) {
      operations.append(",{'op':'add','path':'/m/0','value':").append(i).append('}');
    }
    operations.append(",{'op':'remove','path':'/m'}]");

    Reply reply =
        assertTimeout(
            Duration.ofSeconds(5),
            () -> api.patch(ALICE, path).body(operations.toString().replace('\'', '"')).send());
    assertEquals(200, reply.status(), reply::toString);
  }
}
