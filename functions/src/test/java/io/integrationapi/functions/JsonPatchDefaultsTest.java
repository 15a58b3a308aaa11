package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3: a patch may count on the members that the public API always has. */
class JsonPatchDefaultsTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final List<String> ALWAYS =
      List.of("settings", "install", "flowGroupings", "apiGroupings");

  private final Api api = new Api();
  private final Reply bare = api.create(ALICE, "{\"name\":\"One\"}");
  private final String path = "/integrations/" + bare.id();

  private Reply patch(String operations) {
    return api.patch(ALICE, path).body(operations.replace('\'', '"')).send();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "settings      | {'op':'replace','path':'/settings','value':{'a':1}}       | {'a':1}",
        "settings      | {'op':'add','path':'/settings/a','value':1}               | {'a':1}",
        "install       | {'op':'replace','path':'/install','value':[{'name':'S'}]} |"
            + " [{'name':'S'}]",
        "install       | {'op':'add','path':'/install/-','value':{'name':'S'}}     |"
            + " [{'name':'S'}]",
        "flowGroupings | {'op':'replace','path':'/flowGroupings','value':[1]}      | [1]",
        "flowGroupings | {'op':'add','path':'/flowGroupings/0','value':1}          | [1]",
        "apiGroupings  | {'op':'replace','path':'/apiGroupings','value':[1]}       | [1]",
        "x             | {'op':'copy','from':'/settings','path':'/x'}              | {}",
        "x             | {'op':'move','from':'/apiGroupings','path':'/x'}          | []",
      })
  void absent_member_is_there_and_empty(String member, String operation, String expected) {
    Reply reply = patch("[" + operation + "]");

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(expected.replace('\'', '"'), reply.json().path(member).toString());
    for (String other : ALWAYS) {
      assertEquals(other.equals(member), reply.json().has(other), other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'replace','path':'/settings','value':{}}]",
        "[{'op':'add','path':'/install','value':[]}]",
        "[{'op':'remove','path':'/flowGroupings'}]",
        "[{'op':'test','path':'/settings','value':{}},{'op':'test','path':'/apiGroupings','value':[]}]",
        "[{'op':'add','path':'/settings/a','value':1},{'op':'remove','path':'/settings/a'}]",
      })
  void member_that_was_absent_and_is_empty_stays_absent(String operations) {
    Reply reply = patch(operations);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(bare.body(), reply.body());
    assertEquals(bare.etag(), reply.etag());
  }

  @Test
  void member_that_was_there_and_is_emptied_stays_there() {
    api.put(ALICE, path).body("{\"name\":\"One\",\"settings\":{\"a\":1}}").send();

    assertEquals(
        "{}", patch("[{'op':'remove','path':'/settings/a'}]").json().path("settings").toString());
    assertFalse(patch("[{'op':'remove','path':'/settings'}]").json().has("settings"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'remove','path':'/settings'},{'op':'remove','path':'/settings'}]",
        "[{'op':'test','path':'/settings','value':[]}]",
        "[{'op':'replace','path':'/settings/a','value':1}]",
        "[{'op':'replace','path':'/aliases','value':[]}]",
        "[{'op':'replace','path':'','value':{'name':'N'}},{'op':'replace','path':'/settings','value':{}}]",
      })
  void what_is_not_always_there_is_not_there(String operations) {
    Reply reply = patch(operations);

    assertEquals(409, reply.status(), reply::toString);
    assertEquals(List.of("patch_failed"), reply.codes());
  }

  /** The members are there for the operation that names them, and for no test of the document. */
  @Test
  void test_of_the_document_and_a_replacement_go_together() {
    Reply reply =
        patch(
            "[{'op':'test','path':'','value':"
                + bare.body()
                + "},{'op':'replace','path':'/settings','value':{'a':1}}]");

    assertEquals(200, reply.status(), reply::toString);
  }

  @Test
  void steps_that_are_always_there_are_still_the_publishers() {
    api.register(PUBLISHER);
    Reply managed =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}");
    String its = "/integrations/" + managed.id();

    Reply same =
        api.patch(ALICE, its)
            .body("[{\"op\":\"replace\",\"path\":\"/install\",\"value\":[]}]")
            .send();
    Reply refused =
        api.patch(ALICE, its)
            .body("[{\"op\":\"add\",\"path\":\"/install/-\",\"value\":{\"name\":\"S\"}}]")
            .send();

    assertEquals(200, same.status(), same::toString);
    assertEquals(422, refused.status(), refused::toString);
    assertEquals(List.of("install"), refused.fields());
  }
}
