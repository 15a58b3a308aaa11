package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 2, fidelity: every Unicode character, in names and in texts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextFidelityTest {
  private static final Caller ALICE = Caller.account("alice");

  private final Api api = new Api();

  static Stream<String> texts() {
    StringBuilder corners = new StringBuilder();
    for (int plane = 0; plane <= 0x10; plane++) {
      for (int in : new int[] {0x41, 0xE9, 0x4E2D, 0xD7FF, 0xE000, 0xFDD0, 0xFFFE, 0xFFFF}) {
        corners.appendCodePoint((plane << 16) + in);
      }
    }
    StringBuilder controls = new StringBuilder();
    for (int c = 0; c <= 0xA0; c++) {
      controls.append((char) c);
    }
    return Stream.of(
        "",
        "\0",
        "a\0b\0",
        controls.toString(),
        corners.toString(),
        "\u2028\u2029\ufeff\u200b\u202e",
        // Composed and decomposed are two texts, and so are upper and lower case.
        "é e\u0301 ﬁ ß İ ı K",
        "👩\u200d👩\u200d👧\u200d👦 🇨🇭");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_comes_back_in_every_place(String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", "N" + text).put("description", text).put("readme", text).put("version", text);
    body.putObject("settings").put("a" + text, text).putArray(text).add(text);
    body.put("a" + text, text);
    body.putArray("install").addObject().put("name", text).put("a" + text, text);

    for (JsonNode document : EveryWay.documents(api, ALICE, body.toString())) {
      assertTrue(document.path("name").asString().endsWith("N" + text));
      for (String name : List.of("description", "readme", "version", "a" + text)) {
        assertEquals(text, document.path(name).asString(), name);
      }
      assertEquals(body.path("settings"), document.path("settings"));
      assertEquals(body.path("install"), document.path("install"));
    }
  }

  @Test
  void every_seventeenth_character_of_all_planes_comes_back() {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += 17) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", "N");
    body.putObject("settings").put("a", text.toString());

    for (JsonNode document : EveryWay.documents(api, ALICE, body.toString())) {
      assertEquals(text.toString(), document.at("/settings/a").asString());
    }
  }
}
