package io.integrationapi.functions;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON for the {@link Model}, read and compared without the product's own code. */
final class ModelJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ModelJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The tree, or null if it is no JSON. */
  static @Nullable JsonNode read(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException _) {
      return null;
    }
  }

  static int bytes(JsonNode tree) {
    return MAPPER.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The same for a reader of the text: order of members and every digit count. */
  static boolean same(JsonNode one, JsonNode other) {
    if (one.isObject() && other.isObject()) {
      return List.copyOf(one.propertyNames()).equals(List.copyOf(other.propertyNames()))
          && sameItems(one, other);
    }
    if (one.isArray() && other.isArray()) {
      return one.size() == other.size() && sameItems(one, other);
    }
    if (isNumber(one) && isNumber(other)) {
      return number(one).compareTo(number(other)) == 0
          && number(one).scale() == number(other).scale();
    }
    return one.equals(other);
  }

  private static boolean sameItems(JsonNode one, JsonNode other) {
    Iterator<JsonNode> others = other.values().iterator();
    return one.values().stream().allMatch(item -> same(item, others.next()));
  }

  /** The same JSON value: members have no order, and 1 is 1.0. */
  static boolean equal(JsonNode one, JsonNode other) {
    if (one.isObject() && other.isObject()) {
      return one.size() == other.size()
          && one.properties().stream()
              .allMatch(member ->
                  other.has(member.getKey())
                      && equal(member.getValue(), other.path(member.getKey())));
    }
    if (one.isArray() && other.isArray()) {
      Iterator<JsonNode> others = other.values().iterator();
      return one.size() == other.size()
          && one.values().stream().allMatch(item -> equal(item, others.next()));
    }
    if (isNumber(one) && isNumber(other)) {
      return number(one).compareTo(number(other)) == 0;
    }
    return one.equals(other);
  }

  /** The product's reader leaves numbers as the text that was sent, in nodes of no known type. */
  private static boolean isNumber(JsonNode node) {
    return node.isNumber() || node.isPojo();
  }

  private static BigDecimal number(JsonNode node) {
    return new BigDecimal(node.toString());
  }

  /** How many arrays and objects are around the innermost value. */
  static int depth(JsonNode tree) {
    return tree.isContainer()
        ? 1 + tree.values().stream().mapToInt(ModelJson::depth).max().orElse(0)
        : 0;
  }
}
