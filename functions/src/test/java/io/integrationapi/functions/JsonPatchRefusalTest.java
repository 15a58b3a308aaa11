package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6902 and RFC 6901: what is no patch, and what does not fit the document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonPatchRefusalTest {
  private static final Caller ALICE = Caller.account("alice");

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
  @ValueSource(strings = {"{}", "5", "null", "'add'", "{'op':'remove','path':'/s'}"})
  void body_that_is_no_list_of_operations_is_no_patch(String body) {
    assertRefused(400, "invalid_patch", refuse(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "null",
        "[]",
        "'remove'",
        "{}",
        "{'path':'/s'}",
        "{'op':null,'path':'/s'}",
        "{'op':['remove'],'path':'/s'}",
        "{'op':1e999999999,'path':'/s'}",
        "{'op':'','path':'/s'}",
        "{'op':'Remove','path':'/s'}",
        "{'op':'delete','path':'/s'}",
        "{'Op':'remove','path':'/s'}",
        "{'op':'remove'}",
        "{'op':'remove','path':null}",
        "{'op':'remove','path':5}",
        "{'op':'remove','path':['s']}",
        "{'op':'remove','path':'s'}",
        "{'op':'remove','path':'#/s'}",
        "{'op':'remove','path':' /s'}",
        "{'op':'remove','path':'/~'}",
        "{'op':'remove','path':'/s~'}",
        "{'op':'remove','path':'/~2'}",
        "{'op':'remove','path':'/~~0'}",
        "{'op':'add','path':'/s'}",
        "{'op':'replace','path':'/s'}",
        "{'op':'test','path':'/s'}",
        "{'op':'test','path':'/missing'}",
        "{'op':'move','path':'/s'}",
        "{'op':'copy','path':'/s'}",
        "{'op':'copy','from':null,'path':'/s'}",
        "{'op':'copy','from':'s','path':'/t'}",
        "{'op':'copy','from':'/s'}",
        "{'op':'move','from':'/o','path':'/o/x'}",
        "{'op':'move','from':'/o','path':'/o/'}",
        "{'op':'move','from':'','path':'/o'}",
        "{'op':'move','from':'/a','path':'/a/0'}",
      })
  void operation_that_the_rfc_does_not_know_is_no_patch(String operation) {
    assertRefused(400, "invalid_patch", refuse("[" + operation + "]"));
    // Whatever comes before it, nothing of the patch is done.
    Reply reply = refuse("[{'op':'remove','path':'/s'}," + operation + "]");
    assertRefused(400, "invalid_patch", reply);
    assertTrue(reply.fields().getFirst().startsWith("[1]"), reply::toString);
  }

  @Test
  void every_operation_at_fault_is_named() {
    Reply reply = refuse("[{'op':'x'},{'op':'remove','path':'/s'},{'op':'add','path':'/s'}]");

    assertEquals(List.of("invalid_patch", "invalid_patch"), reply.codes());
    assertEquals(List.of("[0].op", "[2].value"), reply.fields());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'remove','path':'/missing'}",
        "{'op':'remove','path':'/S'}",
        "{'op':'remove','path':'/o/x/y'}",
        "{'op':'remove','path':'/o/n/y'}",
        "{'op':'remove','path':'/s/0'}",
        "{'op':'remove','path':'/s/'}",
        "{'op':'remove','path':'/a/3'}",
        "{'op':'remove','path':'/a/-'}",
        "{'op':'remove','path':'/a/-1'}",
        "{'op':'remove','path':'/a/00'}",
        "{'op':'remove','path':'/a/01'}",
        "{'op':'remove','path':'/a/+1'}",
        "{'op':'remove','path':'/a/1.0'}",
        "{'op':'remove','path':'/a/1e0'}",
        "{'op':'remove','path':'/a/ 1'}",
        "{'op':'remove','path':'/a/１'}",
        "{'op':'remove','path':'/a/'}",
        "{'op':'remove','path':'/a/length'}",
        "{'op':'remove','path':'/a/4294967296'}",
        "{'op':'remove','path':'/a/99999999999999999999'}",
        "{'op':'remove','path':''}",
        "{'op':'replace','path':'/missing','value':1}",
        "{'op':'replace','path':'/a/3','value':1}",
        "{'op':'replace','path':'/a/-','value':1}",
        "{'op':'add','path':'/missing/x','value':1}",
        "{'op':'add','path':'/a/4','value':1}",
        "{'op':'add','path':'/a/03','value':1}",
        "{'op':'add','path':'/a/x','value':1}",
        "{'op':'add','path':'/a/-/x','value':1}",
        "{'op':'add','path':'/s/x','value':1}",
        "{'op':'add','path':'/o/n/x','value':1}",
        "{'op':'add','path':'/deep/0/0/0/0','value':1}",
        "{'op':'move','from':'/missing','path':'/t'}",
        "{'op':'move','from':'/missing','path':'/missing'}",
        "{'op':'move','from':'/s','path':'/missing/t'}",
        "{'op':'move','from':'/a/0','path':'/a/3'}",
        "{'op':'copy','from':'/a/3','path':'/t'}",
        "{'op':'copy','from':'/a/-','path':'/t'}",
        "{'op':'copy','from':'/s','path':'/a/4'}",
        "{'op':'test','path':'/missing','value':null}",
        "{'op':'test','path':'/a/-','value':3}",
        "{'op':'test','path':'/s','value':'Text'}",
        "{'op':'test','path':'/s','value':['text']}",
        "{'op':'test','path':'/a','value':[1,3,2]}",
        "{'op':'test','path':'/a','value':[1,2]}",
        "{'op':'test','path':'/a/0','value':'1'}",
        "{'op':'test','path':'/a/0','value':true}",
        "{'op':'test','path':'/a/0','value':1.0000000000000000000000000000001}",
        "{'op':'test','path':'/o','value':{'x':1,'':{}}}",
        "{'op':'test','path':'/o/n','value':false}",
        "{'op':'test','path':'/o/n','value':0}",
        "{'op':'test','path':'/o/','value':[]}",
      })
  void operation_that_does_not_fit_the_document_fails_all_of_them(String operation) {
    assertRefused(409, "patch_failed", refuse("[" + operation + "]"));
    assertRefused(
        409, "patch_failed", refuse("[{'op':'add','path':'/new','value':1}," + operation + "]"));
    assertRefused(409, "patch_failed", refuse("[" + operation + ",{'op':'remove','path':'/s'}]"));
  }
}
