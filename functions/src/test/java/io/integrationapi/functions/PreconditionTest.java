package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9110, sections 8.8.3 and 13: requests that depend on the version of a document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreconditionTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String ADD_OTHER = "[{\"op\":\"add\",\"path\":\"/other\",\"value\":1}]";

  private final Api api = new Api();
  private String path = "";
  private String etag = "";

  /** A tag that the document could have and has not. */
  private String other = "";

  PreconditionTest() {
    api.register(PUBLISHER);
  }

  @BeforeEach
  void create() {
    Reply created =
        api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}");
    path = "/integrations/" + created.id();
    etag = created.etag();
    other = api.create(ALICE, "{\"name\":\"Other\"}").etag();
  }

  /** What can be asked of a document on a condition, other than to read it. */
  private List<Call> writes() {
    return List.of(
        api.patch(ALICE, path).body(ADD_OTHER),
        api.put(ALICE, path).body("{\"name\":\"M\"}"),
        api.post(ALICE, path + "/clone"),
        api.delete(ALICE, path));
  }

  private String current() {
    return api.get(ALICE, path).send().etag();
  }

  private void assertPreconditionFailed(Call call) {
    Reply reply = Untouched.refuse(api, ALICE, call);
    assertEquals(412, reply.status(), reply::toString);
    assertEquals(List.of("precondition_failed"), reply.codes());
  }

  /** Lists in which {@code %s} stands for the document's tag, and {@code %o} for another's. */
  static Stream<String> listsWithIt() {
    return Stream.of(
        "%s",
        " %s ",
        "%s, %o",
        "%o,%s",
        "%o , \"x\" ,\t%s",
        ", ,%s,,",
        "W/\"x\", %s",
        "\"\", %s",
        "\"a,b\", %s",
        "\"é\", %s");
  }

  static Stream<String> listsWithoutIt() {
    return Stream.of("%o", "\"\"", "\"x\"", "\"*\"", "\"a,b\",\"c\"", "W/%o", "\"x\", %o,");
  }

  private String list(String list, String tag) {
    return list.replace("%s", tag).replace("%o", other);
  }

  @ParameterizedTest
  @MethodSource("listsWithIt")
  void if_match_with_the_documents_tag_lets_each_write_through(String list) {
    for (Call call : writes()) {
      Reply reply = call.header("If-Match", list(list, current())).send();
      assertTrue(reply.status() / 100 == 2, reply::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("listsWithoutIt")
  void if_match_without_the_documents_tag_stops_each_write(String list) {
    for (Call call : writes()) {
      assertPreconditionFailed(call.header("If-Match", list(list, etag)));
    }
    assertEquals(etag, current());
  }

  @Test
  void weak_tag_never_matches_for_a_write() {
    for (Call call : writes()) {
      assertPreconditionFailed(call.header("If-Match", "W/" + etag));
    }
  }

  @Test
  void tag_is_compared_byte_by_byte() {
    String inside = etag.substring(1, etag.length() - 1);
    for (String like : List.of(inside + "=", " " + inside, inside.substring(1), "A" + inside)) {
      Call call =
          api.put(ALICE, path).body("{\"name\":\"M\"}").header("If-Match", '"' + like + '"');
      int status = Untouched.refuse(api, ALICE, call).status();
      // A space is no character of a tag.
      assertEquals(like.startsWith(" ") ? 400 : 412, status, like);
    }
  }

  @Test
  void any_matches_whatever_exists() {
    for (Call call : writes()) {
      Reply reply = call.header("If-Match", "*").send();
      assertTrue(reply.status() / 100 == 2, reply::toString);
    }
    for (Call call : writes()) {
      assertEquals(404, call.header("If-Match", "*").send().status());
    }
  }

  @Test
  void several_headers_are_one_list() {
    for (Call call : writes()) {
      assertPreconditionFailed(call.headers("If-Match", other, "\"x\""));
    }
    for (Call call : writes()) {
      Reply reply = call.headers("If-Match", other, current(), "\"x\"").send();
      assertTrue(reply.status() / 100 == 2, reply::toString);
    }
  }

  @Test
  void header_in_any_case_counts() {
    assertPreconditionFailed(api.delete(ALICE, path).header("IF-MATCH", other));
    assertEquals(304, api.get(ALICE, path).header("if-none-match", etag).send().status());
  }

  /** The most that API Gateway lets through: 10,240 bytes of headers. */
  @Test
  void as_many_tags_as_a_request_can_carry_are_compared() {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < 380; i++) {
      tags.add('"' + "fff%03x".formatted(i) + etag.substring(7));
    }
    String without = String.join(",", tags);

    for (Call call : writes()) {
      assertPreconditionFailed(call.header("If-Match", without));
    }
    assertEquals(200, api.get(ALICE, path).header("If-None-Match", without).send().status());
    for (Call call : writes()) {
      Reply reply = call.header("If-Match", without + "," + current()).send();
      assertTrue(reply.status() / 100 == 2, reply::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("listsWithIt")
  void if_none_match_with_the_documents_tag_answers_304_without_a_body(String list) {
    for (String tag : List.of(etag, "W/" + etag)) {
      Reply reply = api.get(ALICE, path).header("If-None-Match", list(list, tag)).send();
      assertEquals(304, reply.status(), reply::toString);
      assertNull(reply.body());
      assertEquals(etag, reply.etag());
      assertTrue(reply.headers().containsKey("x-request-id"));
    }
  }

  @ParameterizedTest
  @MethodSource("listsWithoutIt")
  void if_none_match_without_the_documents_tag_answers_it(String list) {
    Reply reply = api.get(ALICE, path).header("If-None-Match", list(list, etag)).send();

    assertEquals(200, reply.status());
    assertEquals(etag, reply.etag());
  }

  @Test
  void if_none_match_of_any_answers_304_for_what_exists_and_404_for_what_does_not() {
    assertEquals(304, api.get(ALICE, path).header("If-None-Match", "*").send().status());
    api.delete(ALICE, path).send();
    assertEquals(404, api.get(ALICE, path).header("If-None-Match", "*").send().status());
  }

  @Test
  void if_none_match_of_a_state_that_is_over_answers_the_new_one() {
    api.patch(ALICE, path).body(ADD_OTHER).send();

    assertEquals(200, api.get(ALICE, path).header("If-None-Match", etag).send().status());
  }

  /** RFC 9110 section 13.1.1: it holds for every method. */
  @Test
  void if_match_on_a_read_of_another_state_is_412() {
    assertEquals(200, api.get(ALICE, path).header("If-Match", etag).send().status());
    assertPreconditionFailed(api.get(ALICE, path).header("If-Match", other));
  }

  /** RFC 9110 section 13.1.2: for a write a match is 412. */
  @Test
  void if_none_match_stops_a_write_of_the_state_that_it_names() {
    for (Call call : writes()) {
      assertPreconditionFailed(call.header("If-None-Match", "*"));
    }
    for (Call call : writes()) {
      assertPreconditionFailed(call.header("If-None-Match", etag));
    }
    for (Call call : writes()) {
      assertTrue(call.header("If-None-Match", other).send().status() / 100 == 2);
    }
  }
}
