package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: bodies that are no JSON, or not the JSON that a route takes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private final Api api = new Api();
  private final String path =
      "/integrations/" + api.create(BodyRoute.ALICE, "{\"name\":\"One\"}").id();

  private Reply refuse(BodyRoute route, byte[] body) {
    return Untouched.refuse(api, BodyRoute.ALICE, route.call(api, path).body(body));
  }

  private Reply refuse(BodyRoute route, String body) {
    return refuse(route, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertMalformed(Reply reply) {
    assertEquals(400, reply.status(), reply::toString);
    assertEquals(List.of("malformed_json"), reply.codes());
  }

  /** Without it the refusals below could have another reason than the one they are about. */
  @ParameterizedTest
  @EnumSource
  void body_that_is_right_is_taken_with_a_member_more(BodyRoute route) {
    Api fresh = new Api();
    String id = fresh.create(BodyRoute.ALICE, "{\"name\":\"One\"}").id();
    Call call = route.call(fresh, "/integrations/" + id);

    Reply reply = call.body(route.with("\"a\":[1,{\"b\":\"\\ud83d\\ude00\"}]")).send();

    assertTrue(reply.status() / 100 == 2, reply::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:1",
        "'a':1",
        "\"a\"",
        "\"a\":",
        "\"a\" 1",
        "\"a\":1,",
        "\"a\":[1,]",
        "\"a\":[1",
        "\"a\":{]",
        "\"a\":01",
        "\"a\":-",
        "\"a\":+1",
        "\"a\":.5",
        "\"a\":1.",
        "\"a\":1e",
        "\"a\":0x1",
        "\"a\":NaN",
        "\"a\":-Infinity",
        "\"a\":True",
        "\"a\":undefined",
        "\"a\":'b'",
        "\"a\":\"b",
        "\"a\":\"\t\"",
        "\"a\":\"\n\"",
        "\"a\":\"\\x\"",
        "\"a\":\"\\u12\"",
        "\"a\":\"\\u12g4\"",
        "/**/\"a\":1",
        "\"a\":1//",
        "\u00a0\"a\":1",
      })
  void member_that_is_no_json_is_malformed(String member) {
    for (BodyRoute route : BodyRoute.values()) {
      assertMalformed(refuse(route, route.with(member)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":1,\"a\":1",
        "\"a\":1,\"\\u0061\":2",
        "\"a\":null,\"b\":1,\"a\":null",
        "\"\":1,\"\":2",
        "\"a\":{\"b\":1,\"b\":2}",
        "\"a\":[{\"b\":1},{\"b\":1,\"c\":2,\"b\":1}]",
      })
  void name_that_occurs_twice_in_one_object_is_malformed(String members) {
    for (BodyRoute route : BodyRoute.values()) {
      assertMalformed(refuse(route, route.with(members)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":\"\\ud800\"",
        "\"a\":\"\\ude00\\ud83d\"",
        "\"a\":\"\\ud83d \\ude00\"",
        "\"a\":[{\"b\":[\"\\udfff\"]}]",
        "\"\\ud83d\":1",
        "\"a\":{\"\\udc00\":1}",
      })
  void half_of_a_surrogate_pair_is_malformed(String member) {
    for (BodyRoute route : BodyRoute.values()) {
      assertMalformed(refuse(route, route.with(member)));
    }
  }

  /** Each character stands for the byte of its number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u0080",
        "\u00c3",
        "\u00e2\u0082",
        "\u00c0\u00af",
        "\u00e0\u0080\u0080",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
      })
  void bytes_that_are_no_utf_8_are_malformed(String bytes) {
    for (BodyRoute route : BodyRoute.values()) {
      String inString = route.with("\"a\":\"" + bytes + "\"");
      String inName = route.with("\"" + bytes + "\":1");
      assertMalformed(refuse(route, inString.getBytes(StandardCharsets.ISO_8859_1)));
      assertMalformed(refuse(route, inName.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void body_with_something_before_or_behind_it_is_malformed(BodyRoute route) {
    String right = route.right();
    Stream.of(
            right.substring(0, right.length() - 1),
            right + right.substring(right.length() - 1),
            right + " {}",
            right + " null",
            right + ",",
            right + "x",
            right + "\u0000",
            "\u0000" + right,
            "\ufeff\ufeff" + right,
            "," + right,
            "//\n" + right,
            right.replace('"', '\''))
        .forEach(body -> assertMalformed(refuse(route, body)));
    assertMalformed(refuse(route, right.getBytes(StandardCharsets.UTF_16LE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void body_that_is_empty_is_malformed_where_one_is_needed(String body) {
    for (BodyRoute route : BodyRoute.values()) {
      if (route != BodyRoute.CLONE) {
        assertMalformed(refuse(route, body));
      }
    }
    assertMalformed(Untouched.refuse(api, BodyRoute.ALICE, BodyRoute.CREATE.call(api, path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"name\"", "null", "true", "[]", "[{\"name\":\"Two\"}]"})
  void body_that_is_no_object_is_malformed(String body) {
    for (BodyRoute route : BodyRoute.values()) {
      boolean none = route == BodyRoute.CLONE && body.equals("null");
      if (route != BodyRoute.PATCH && !none) {
        assertMalformed(refuse(route, body));
      }
    }
  }
}
