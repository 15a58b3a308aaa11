package io.integrationapi.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 3: a page is as full as it may be, and can be carried. */
class PageBodyTest {
  /** What Lambda allows an answer, in bytes. */
  private static final int MAX_ANSWER_BYTES = 6_291_556;

  private static ObjectNode entry(String text) {
    return JsonNodeFactory.instance.objectNode().put("a", text);
  }

  /** What really leaves the function. */
  private static byte[] leaving(Answer answer) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    answer.write(output);
    return output.toByteArray();
  }

  private static String body(Answer answer) {
    return JsonText.readTrusted(leaving(answer)).path("body").stringValue();
  }

  /** What is escaped in the body is escaped once more in the function's answer. */
  @ParameterizedTest
  @CsvSource({
    "x, true",
    "é, true",
    "€, true",
    "😀, true",
    "'\"', false",
    "\\, false",
    "'\u0001', true",
    "'\u007f', true",
    "'\u2028', true",
    "'{\"name\":1},', false",
    "xxxxxxx\\n\\t, false"
  })
  void page_is_filled_up_to_one_of_the_two_limits(String repeated, boolean byBody) {
    ObjectNode entry = entry(repeated.repeat(1000));
    PageBody body = new PageBody();
    int entries = 0;
    while (body.takes(entry)) {
      entries++;
    }

    Answer answer = body.answer();
    String text = body(answer);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int leaving = leaving(answer).length;
    int one = (bytes - 2) / entries + 1;
    assertEquals(entries, text.split("\\{\"a\":", -1).length - 1);
    assertTrue(bytes < PageBody.MAX_BYTES, () -> bytes + " bytes");
    assertTrue(leaving <= MAX_ANSWER_BYTES - 60_000, () -> leaving + " bytes leave");
    if (byBody) {
      assertTrue(bytes + one >= PageBody.MAX_BYTES, () -> bytes + " bytes");
    } else {
      assertTrue(
          leaving + 2 * one + 200 > PageBody.MAX_ANSWER_BYTES, () -> leaving + " bytes leave");
    }
  }

  @Test
  void page_of_nothing_is_an_empty_array() {
    assertEquals("[]", body(new PageBody().answer()));
  }

  @Test
  void first_entry_is_taken_whatever_its_size() {
    PageBody body = new PageBody();

    assertTrue(body.takes(entry("x".repeat(5_000_000))));
    assertFalse(body.takes(entry("x")));
  }
}
