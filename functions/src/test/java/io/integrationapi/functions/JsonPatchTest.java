package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902 and RFC 6901: what each operation makes of a document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonPatchTest {
  private static final Caller ALICE = Caller.account("alice");

  private final Api api = new Api();
  private final String path = "/integrations/" + api.create(ALICE, "{\"name\":\"N\"}").id();

  /**
   * Patches a document that has the value as its member {@code d}, and answers what became of it.
   */
  private String patched(String before, String operations) {
    String body = "{\"name\":\"N\",\"d\":" + before + "}";
    assertEquals(200, api.put(ALICE, path).body(body).send().status());
    Reply reply = api.patch(ALICE, path).body(operations).send();
    assertEquals(200, reply.status(), () -> reply + " to " + operations);
    assertEquals(reply.body(), api.get(ALICE, path).send().body());
    return reply.json().path("d").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // add: a member, a member that is there, elements at each place of an array
        "{} | {'op':'add','path':'/d/a','value':1} | {'a':1}",
        "{'a':1} | {'op':'add','path':'/d/a','value':[2]} | {'a':[2]}",
        "{'a':1} | {'op':'add','path':'/d/b','value':null} | {'a':1,'b':null}",
        "[] | {'op':'add','path':'/d/0','value':1} | [1]",
        "[] | {'op':'add','path':'/d/-','value':1} | [1]",
        "[1,3] | {'op':'add','path':'/d/0','value':0} | [0,1,3]",
        "[1,3] | {'op':'add','path':'/d/1','value':2} | [1,2,3]",
        "[1,3] | {'op':'add','path':'/d/2','value':4} | [1,3,4]",
        "[1] | {'op':'add','path':'/d/-','value':[2,3]} | [1,[2,3]]",
        "{'a':[[1]]} | {'op':'add','path':'/d/a/0/-','value':2} | {'a':[[1,2]]}",
        "1 | {'op':'add','path':'/d','value':{'a':1}} | {'a':1}",
        // names that look like places in an array are names in an object
        "{} | {'op':'add','path':'/d/-','value':1} | {'-':1}",
        "{} | {'op':'add','path':'/d/0','value':1} | {'0':1}",
        "{} | {'op':'add','path':'/d/01','value':1} | {'01':1}",
        "{} | {'op':'add','path':'/d/','value':1} | {'':1}",
        "{'':{}} | {'op':'add','path':'/d//','value':1} | {'':{'':1}}",
        // escapes, of which ~01 is ~1 and not /
        "{} | {'op':'add','path':'/d/a~1b','value':1} | {'a/b':1}",
        "{} | {'op':'add','path':'/d/a~0b','value':1} | {'a~b':1}",
        "{} | {'op':'add','path':'/d/~01','value':1} | {'~1':1}",
        "{} | {'op':'add','path':'/d/~10','value':1} | {'/0':1}",
        "{} | {'op':'add','path':'/d/~0~1~1~0','value':1} | {'~//~':1}",
        "{} | {'op':'add','path':'/d/%41 é\\u0000','value':1} | {'%41 é\\u0000':1}",
        // remove and replace
        "{'a':1,'b':2} | {'op':'remove','path':'/d/a'} | {'b':2}",
        "{'a':null} | {'op':'remove','path':'/d/a'} | {}",
        "[1,2,3] | {'op':'remove','path':'/d/1'} | [1,3]",
        "{'a':1,'b':2} | {'op':'replace','path':'/d/a','value':{'c':3}} | {'a':{'c':3},'b':2}",
        "[1,2,3] | {'op':'replace','path':'/d/2','value':null} | [1,2,null]",
        "{'a':null} | {'op':'replace','path':'/d/a','value':1} | {'a':1}",
        // move and copy
        "{'a':1,'b':2} | {'op':'move','from':'/d/a','path':'/d/c'} | {'b':2,'c':1}",
        "{'a':1,'b':2} | {'op':'move','from':'/d/a','path':'/d/b'} | {'b':1}",
        "{'a':1} | {'op':'move','from':'/d/a','path':'/d/a'} | {'a':1}",
        "{'a':1,'b':2} | {'op':'move','from':'/d/a','path':'/d/a'} | {'a':1,'b':2}",
        "[1,2,3] | {'op':'move','from':'/d/0','path':'/d/2'} | [2,3,1]",
        "[1,2,3] | {'op':'move','from':'/d/2','path':'/d/0'} | [3,1,2]",
        "[1,2,3] | {'op':'move','from':'/d/0','path':'/d/-'} | [2,3,1]",
        "{'a':{'b':1}} | {'op':'move','from':'/d/a/b','path':'/d/a'} | {'a':1}",
        "{'a':{'b':1}} | {'op':'move','from':'/d/a/b','path':'/d'} | 1",
        "{'a':1,'ab':{}} | {'op':'move','from':'/d/a','path':'/d/ab/c'} | {'ab':{'c':1}}",
        "{'a':[1]} | {'op':'copy','from':'/d/a','path':'/d/b'} | {'a':[1],'b':[1]}",
        "{'a':[1]} | {'op':'copy','from':'/d/a','path':'/d/a/0'} | {'a':[[1],1]}",
        "{'a':1,'b':null} | {'op':'copy','from':'/d/b','path':'/d/a'} | {'a':null,'b':null}",
        "[1,2] | {'op':'copy','from':'/d/0','path':'/d/-'} | [1,2,1]",
        // what the RFC does not name does not count
        "{'a':1} | {'op':'remove','path':'/d/a','value':7,'from':5,'more':[]} | {}",
      })
  void operation_makes_of_a_document(String before, String operation, String after) {
    assertEquals(
        after.replace('\'', '"'),
        patched(before.replace('\'', '"'), "[" + operation.replace('\'', '"') + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 1.0",
        "1.00 | 1e0",
        "100 | 1E2",
        "0 | -0.0",
        "0.1 | 0.10000000000000000000000000000000",
        "12345678901234567890123 | 12345678901234567890123.0",
        "{'a':1,'b':[{'c':2,'d':3}]} | {'b':[{'d':3.0,'c':2e0}],'a':1.0}",
        "'é/' | '\\u00e9\\/'",
        "null | null",
        "{'a':null} | {'a':null}",
        "[] | []",
      })
  void test_takes_what_is_equal_as_json(String value, String tested) {
    String before = "{\"v\":" + value.replace('\'', '"') + "}";

    patched(
        before,
        "[{\"op\":\"test\",\"path\":\"/d/v\",\"value\":" + tested.replace('\'', '"') + "}]");
  }

  @Test
  void each_operation_sees_what_the_one_before_it_made() {
    assertEquals(
        "{\"c\":[2,1]}",
        patched(
            "{\"a\":1}",
            """
            [{"op":"test","path":"/d/a","value":1},
             {"op":"add","path":"/d/b","value":[]},
             {"op":"move","from":"/d/a","path":"/d/b/0"},
             {"op":"test","path":"/d","value":{"b":[1]}},
             {"op":"move","from":"/d/b","path":"/d/c"},
             {"op":"add","path":"/d/c/0","value":3},
             {"op":"replace","path":"/d/c/0","value":2}]\
            """));
  }

  /** A copy and its original must not be one object: what changes one would change the other. */
  @Test
  void copies_and_values_are_their_own() {
    assertEquals(
        "{\"a\":{\"x\":1},\"b\":{\"x\":1,\"y\":2}}",
        patched(
            "{\"a\":{\"x\":1}}",
            "[{\"op\":\"copy\",\"from\":\"/d/a\",\"path\":\"/d/b\"},"
                + "{\"op\":\"add\",\"path\":\"/d/b/y\",\"value\":2}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace"})
  void patch_that_another_writer_overtook_is_done_again_from_its_beginning(String op) {
    String before = "{\"name\":\"N\",\"d\":0}";
    api.put(ALICE, path).body(before).send();
    api.http.betweenAttempts(() -> api.put(ALICE, path).body(before).send());

    Reply reply =
        api.patch(ALICE, path)
            .body(
                "[{\"op\":\""
                    + op
                    + "\",\"path\":\"/d\",\"value\":[]},"
                    + "{\"op\":\"add\",\"path\":\"/d/-\",\"value\":1}]")
            .send();

    assertEquals("[1]", reply.json().path("d").toString());
  }

  @Test
  void empty_patch_leaves_the_document() {
    assertEquals("{\"a\":1.0}", patched("{\"a\":1.0}", "[]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace"})
  void root_can_be_replaced_by_a_valid_document(String op) {
    Reply read = api.get(ALICE, path).send();
    ObjectNode document = (ObjectNode) read.json();
    document.put("name", "Other").remove("d");
    document.put("e", 1);

    Reply reply =
        api.patch(ALICE, path)
            .body("[{\"op\":\"" + op + "\",\"path\":\"\",\"value\":" + document + "}]")
            .send();

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("Other", reply.json().path("name").asString());
    assertEquals(1, reply.json().path("e").asInt());
    assertFalse(reply.json().has("d"));
  }

  @Test
  void test_of_the_root_holds_against_the_document_as_it_was_answered() {
    Reply read = api.get(ALICE, path).send();

    assertEquals(
        200,
        api.patch(ALICE, path)
            .body("[{\"op\":\"test\",\"path\":\"\",\"value\":" + read.body() + "}]")
            .send()
            .status());
  }

  @Test
  void members_of_the_top_level_come_and_go() {
    api.put(ALICE, path).body("{\"name\":\"N\",\"description\":\"D\",\"version\":\"1\"}").send();

    Reply reply =
        api.patch(ALICE, path)
            .body(
                """
                [{"op":"move","from":"/description","path":"/readme"},
                 {"op":"copy","from":"/name","path":"/settings","value":0},
                 {"op":"replace","path":"/settings","value":{"a":1}},
                 {"op":"remove","path":"/version"},
                 {"op":"add","path":"/install","value":[{"name":"S"}]},
                 {"op":"add","path":"/install/0/completed","value":true},
                 {"op":"add","path":"/mode","value":"settings"},
                 {"op":"add","path":"/gone","value":null}]\
                """)
            .send();

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(
        List.of(
            "_id", "lastModified", "name", "readme", "install", "mode", "settings", "createdAt"),
        List.copyOf(reply.json().propertyNames()));
    assertEquals("[{\"name\":\"S\",\"completed\":true}]", reply.json().path("install").toString());
  }
}
