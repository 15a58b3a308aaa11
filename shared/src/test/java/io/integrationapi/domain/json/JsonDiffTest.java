package io.integrationapi.domain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonDiffTest {
  private static final JsonLimits LIMITS = new JsonLimits(350_000, 100);

  @Test
  void equal_texts_need_no_operation() {
    assertEquals("[]", diff("{\"a\":[1,{\"b\":null}]}", "{\"a\":[1,{\"b\":null}]}"));
  }

  @Test
  void one_value_is_one_operation() {
    assertEquals(
        "[{\"op\":\"replace\",\"path\":\"/a~1b/1/c\",\"value\":2}]",
        diff(
            "{\"a/b\":[\"a long text that stays\",{\"c\":1}]}",
            "{\"a/b\":[\"a long text that stays\",{\"c\":2}]}"));
  }

  @Test
  void spelling_of_a_number_is_a_difference() {
    assertEquals(
        "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":1.0}]",
        diff(
            "{\"a\":1,\"b\":\"a text that is long enough to stay\"}",
            "{\"a\":1.0,\"b\":\"a text that is long enough to stay\"}"));
  }

  @Test
  void element_in_the_middle_is_one_operation() {
    String text = "\"a text that is much longer than an operation\"";
    assertEquals(
        "[{\"op\":\"add\",\"path\":\"/1\",\"value\":7}]",
        diff("[" + text + "," + text + "]", "[" + text + ",7," + text + "]"));
    assertEquals(
        "[{\"op\":\"remove\",\"path\":\"/1\"}]",
        diff("[" + text + ",7," + text + "]", "[" + text + "," + text + "]"));
  }

  @Test
  void member_before_a_large_one_does_not_repeat_it() {
    String large = "\"large\":\"" + "x".repeat(5000) + "\"";
    String patch = diff("{" + large + "}", "{\"new\":1," + large + "}");

    assertTrue(patch.length() < 300, patch);
  }

  @Test
  void patch_leads_exactly_to_the_other_value() {
    Random random = new Random(13);
    for (int i = 0; i < 3000; i++) {
      ObjectNode from = object(random, 3);
      ObjectNode to =
          random.nextInt(4) == 0 ? object(random, 3) : (ObjectNode) changed(random, from);
      JsonNode patch = JsonDiff.between(from, to);

      assertEquals(JsonText.write(to), JsonText.write(applied(patch, from)), patch::toString);
    }
  }

  private static JsonNode applied(JsonNode patch, ObjectNode from) {
    return JsonPatch.read(patch).then(read -> read.applyTo(from, Map.of(), LIMITS))
            instanceof Validated.Valid<JsonNode>(JsonNode made)
        ? made
        : JsonNodeFactory.instance.nullNode();
  }

  private static String diff(String from, String to) {
    return JsonText.write(JsonDiff.between(JsonText.readTrusted(from), JsonText.readTrusted(to)));
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      object.set(name(random), value(random, depth));
    }
    return object;
  }

  private static String name(Random random) {
    return List.of("a", "b", "c", "_", "~", "/", "", "d").get(random.nextInt(8));
  }

  private static JsonNode value(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 5);
    return switch (kind) {
      case 0 -> JsonNumber.node(List.of("1", "1.0", "1e2", "-0").get(random.nextInt(4)));
      case 1 -> JsonNodeFactory.instance.stringNode("x".repeat(random.nextInt(60)));
      case 2 -> JsonNodeFactory.instance.nullNode();
      case 3 -> object(random, depth - 1);
      default -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
    };
  }

  /** Something of it is another, is gone, is new, or stands elsewhere. */
  private static JsonNode changed(Random random, JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      if (random.nextInt(3) == 0) {
        Collections.shuffle(names, random);
      }
      ObjectNode made = JsonNodeFactory.instance.objectNode();
      for (String name : names) {
        switch (random.nextInt(5)) {
          case 0 -> made.set(name, changed(random, object.get(name)));
          case 1 -> made.set(name(random), value(random, 1));
          default -> made.set(name, object.get(name));
        }
      }
      return made;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode made = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : array.values()) {
        if (random.nextInt(4) > 0) {
          made.add(random.nextInt(4) == 0 ? changed(random, element) : element);
        }
        if (random.nextInt(6) == 0) {
          made.add(value(random, 1));
        }
      }
      return made;
    }
    return value(random, 1);
  }
}
