package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 2, limits: a document nests at most 100 deep. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NestingTest {
  private final Api api = new Api();
  private final String path =
      "/integrations/" + api.create(BodyRoute.ALICE, "{\"name\":\"One\"}").id();

  private Reply refuse(BodyRoute route, String body) {
    return Untouched.refuse(api, BodyRoute.ALICE, route.call(api, path).body(body));
  }

  static Stream<String> deep() {
    int levels = 100_000;
    return Stream.of(
        "[".repeat(levels),
        "{\"a\":".repeat(levels),
        "[".repeat(levels) + "]".repeat(levels),
        "{\"a\":".repeat(levels) + "1" + "}".repeat(levels),
        "[{\"a\":".repeat(levels) + "1" + "}]".repeat(levels));
  }

  @ParameterizedTest
  @MethodSource("deep")
  void nesting_without_end_is_refused(String value) {
    for (BodyRoute route : BodyRoute.values()) {
      refuse(route, value);
      refuse(route, route.with("\"a\":" + value));
      refuse(route, route.with("\"name\":" + value));
    }
  }

  @Test
  void document_nests_100_levels_and_not_one_more() {
    for (String body : List.of(nested(99, "settings"), nested(99, "other"))) {
      assertEquals(201, api.create(BodyRoute.ALICE, body).status());
      assertEquals(200, BodyRoute.REPLACE.call(api, path).body(body).send().status());
    }
    assertEquals(200, BodyRoute.PATCH.call(api, path).body(addition(99)).send().status());

    for (String body : List.of(nested(100, "settings"), nested(100, "other"))) {
      assertTooDeep(refuse(BodyRoute.CREATE, body));
      assertTooDeep(refuse(BodyRoute.REPLACE, body));
    }
    assertTooDeep(refuse(BodyRoute.PATCH, addition(100)));
  }

  @Test
  void steps_count_too_and_what_the_server_writes_does_not() {
    String steps = "{\"name\":\"N\",\"install\":[%s]}";
    String time = "{\"name\":\"N\",\"lastModified\":" + value(150) + "}";

    for (String body : List.of(steps.formatted(value(98)), time)) {
      assertEquals(201, api.create(BodyRoute.ALICE, body).status());
      assertEquals(200, BodyRoute.REPLACE.call(api, path).body(body).send().status());
    }

    assertTooDeep(refuse(BodyRoute.CREATE, steps.formatted(value(99))));
    assertTooDeep(refuse(BodyRoute.REPLACE, steps.formatted(value(99))));
  }

  @Test
  void patch_that_nests_the_document_ever_deeper_is_refused() {
    String value = "{\"a\":".repeat(400) + "1" + "}".repeat(400);
    String deeper = "{\"op\":\"add\",\"path\":\"/other%s\",\"value\":%s},";

    assertTooDeep(
        refuse(
            BodyRoute.PATCH,
            "["
                + deeper.formatted("", value)
                + deeper.formatted("/a".repeat(400), value)
                + "{\"op\":\"copy\",\"from\":\"/other\",\"path\":\"/more\"}]"));
  }

  private static void assertTooDeep(Reply reply) {
    assertEquals(422, reply.status(), reply::toString);
    assertEquals(List.of("invalid_field"), reply.codes());
    assertTrue(reply.json().at("/errors/0/message").asString().contains("100"), reply::toString);
  }

  /** The document itself is the first level, and the member's value has the others. */
  private static String nested(int levels, String member) {
    return "{\"name\":\"N\",\"" + member + "\":" + value(levels) + "}";
  }

  private static String addition(int levels) {
    return "[{\"op\":\"add\",\"path\":\"/other\",\"value\":" + value(levels) + "}]";
  }

  private static String value(int levels) {
    return "{\"a\":" + "[".repeat(levels - 1) + "1" + "]".repeat(levels - 1) + "}";
  }
}
