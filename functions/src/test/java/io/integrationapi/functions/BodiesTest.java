package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 2: byte order mark, content coding, and null where a body is optional. */
class BodiesTest {
  private static final String MARK = "\ufeff";

  private final Api api = new Api();
  private final String path =
      "/integrations/" + api.create(BodyRoute.ALICE, "{\"name\":\"One\"}").id();

  @ParameterizedTest
  @EnumSource
  void byte_order_mark_is_ignored(BodyRoute route) {
    Reply reply = route.call(api, path).body(MARK + route.right()).send();

    assertTrue(reply.status() / 100 == 2, reply::toString);
  }

  @ParameterizedTest
  @EnumSource
  void second_byte_order_mark_is_no_json(BodyRoute route) {
    Reply reply =
        Untouched.refuse(
            api, BodyRoute.ALICE, route.call(api, path).body(MARK + MARK + route.right()));

    assertEquals(List.of("malformed_json"), reply.codes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "x", "aws-chunked"})
  void content_coding_is_refused(String coding) {
    for (BodyRoute route : BodyRoute.values()) {
      Call call = route.call(api, path).header("Content-Encoding", coding).body(route.right());

      Reply reply = Untouched.refuse(api, BodyRoute.ALICE, call);

      assertEquals(415, reply.status(), reply::toString);
      assertEquals(List.of("unsupported_media_type"), reply.codes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", " identity ", ""})
  void identity_is_no_coding(String coding) {
    for (BodyRoute route : BodyRoute.values()) {
      Reply reply =
          route
              .call(api, path)
              .header("Content-Encoding", coding)
              .body(route.right().replace("One", "Two").replace("\"test\"", "\"add\""))
              .send();

      assertTrue(reply.status() / 100 == 2, reply::toString);
    }
  }

  @Test
  void coding_of_no_body_is_tolerated() {
    Reply copy =
        api.post(BodyRoute.ALICE, path + "/clone").header("Content-Encoding", "gzip").send();

    assertEquals(201, copy.status(), copy::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", " null\n", MARK + "null", MARK, "{}", ""})
  void null_and_nothing_are_one_body_of_a_clone(String body) {
    Reply plain = api.post(BodyRoute.ALICE, path + "/clone").header("Idempotency-Key", "k").send();

    Reply reply =
        api.post(BodyRoute.ALICE, path + "/clone").header("Idempotency-Key", "k").body(body).send();

    assertEquals(201, reply.status(), reply::toString);
    assertEquals(plain, reply);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "REPLACE", "UPDATE"})
  void null_is_no_body_where_one_is_required(BodyRoute route) {
    Reply reply = Untouched.refuse(api, BodyRoute.ALICE, route.call(api, path).body("null"));

    assertEquals(400, reply.status(), reply::toString);
    assertEquals(List.of("malformed_json"), reply.codes());
  }
}
