package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Patches of many operations: what they may cost, and that they end as every other one. */
class LongPatchTest {
  private static final Caller ALICE = Caller.account("alice");

  /** The function's own time-out, behind which a caller would hear 504. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String TO_B = "{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b\"}";
  private static final String TO_A = "{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/a\"}";

  /** Puts what stands at {@code /a} one level deeper. */
  private static final String NEST =
      "{\"op\":\"add\",\"path\":\"/b\",\"value\":{}},"
          + "{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b/a\"},"
          + TO_A;

  private final Api api = new Api();

  private String integrationWith(String a) {
    return "/integrations/" + api.create(ALICE, "{\"name\":\"N\",\"a\":" + a + "}").id();
  }

  private static String patch(Stream<String> operations) {
    return operations.collect(Collectors.joining(",", "[", "]"));
  }

  private static Stream<String> times(int count, String operations) {
    return IntStream.range(0, count).mapToObj(_ -> operations);
  }

  @Test
  void ten_thousand_moves_of_a_large_array_are_done_in_time() {
    String array = Collections.nCopies(100_000, "1").toString().replace(" ", "");
    String path = integrationWith(array);
    String body = patch(times(5_000, TO_B + "," + TO_A));

    Reply reply =
        assertTimeoutPreemptively(TIMEOUT, () -> api.patch(ALICE, path).body(body).send());

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(100_000, reply.json().path("a").size());
  }

  @Test
  void moves_within_a_large_array_are_bounded() {
    String path = integrationWith(Collections.nCopies(150_000, "0").toString().replace(" ", ""));
    String move = "{\"op\":\"move\",\"from\":\"/a/0\",\"path\":\"/a/-\"}";

    assertEquals(200, api.patch(ALICE, path).body(patch(times(1_000, move))).send().status());
    Reply reply =
        assertTimeoutPreemptively(
            TIMEOUT, () -> api.patch(ALICE, path).body(patch(times(70_000, move))).send());

    assertEquals(400, reply.status());
    assertEquals(List.of("invalid_patch"), reply.codes());
    assertTrue(reply.json().at("/errors/0/message").asString().contains("1,000,000,000"));
  }

  @Test
  void document_may_nest_deeper_than_its_limit_between_two_operations() {
    String path = integrationWith("[1]");
    Stream<String> nested = times(150, NEST);
    Stream<String> replaced = Stream.of("{\"op\":\"replace\",\"path\":\"/a\",\"value\":\"flat\"}");

    Reply reply = api.patch(ALICE, path).body(patch(Stream.concat(nested, replaced))).send();

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("flat", reply.json().path("a").asString());
  }

  @Test
  void moves_that_nest_without_end_are_refused() {
    String path = integrationWith("[1]");
    String copy = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\"}";

    for (Stream<String> last : List.of(Stream.<String>empty(), Stream.of(copy))) {
      String body = patch(Stream.concat(times(3_000, NEST), last));
      Reply reply = Untouched.refuse(api, ALICE, api.patch(ALICE, path).body(body));

      assertEquals(422, reply.status(), reply::toString);
      assertEquals(List.of("invalid_field"), reply.codes());
    }
  }
}
