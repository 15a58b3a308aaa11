package io.integrationapi.domain.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON as text and as a tree, with nothing lost between them: order of members, every digit of
 * every number, every character (contract section 2, fidelity).
 */
public final class JsonText {
  /**
   * How deep any text may nest, in arrays and objects, whatever the limit of what it stands for:
   * the bound that keeps reading and writing a tree from overflowing the stack.
   */
  public static final int MAX_DEPTH = 500;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // What API Gateway carries bounds the whole text, so no part needs a bound of its
                  // own.
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Reads what a caller sent: strict UTF-8, one JSON value, no name twice in one object.
   *
   * @param limits told where the text nests too deep to be read at all; whoever knows what the
   *     value stands for holds it to them
   */
  public static Validated<JsonNode> read(byte[] utf8, JsonLimits limits) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      return malformed("The body is not valid UTF-8.");
    }
    if (text.isBlank()) {
      return malformed("The body is empty where JSON is required.");
    }

    try {
      JsonNode tree = parse(text);
      return hasOnlyCharacters(tree)
          ? Validated.valid(tree)
          : malformed(
              "A string of the body contains an unpaired surrogate, which is no character.");
    } catch (StreamConstraintsException _) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD,
          "The body nests deeper than the limit of " + limits.maxDepth() + " levels.");
    } catch (JacksonException e) {
      return malformed(sentence(e));
    }
  }

  /** Reads what this program wrote. */
  public static JsonNode readTrusted(String text) {
    return parse(text);
  }

  /** Reads what the platform wrote. */
  public static JsonNode readTrusted(byte[] utf8) {
    return MAPPER.readTree(utf8);
  }

  /** The shortest text that means the tree. */
  public static String write(JsonNode tree) {
    return MAPPER.writeValueAsString(tree);
  }

  /** That text in UTF-8. */
  public static byte[] writeBytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** The length of that text in UTF-8, in bytes. */
  public static int sizeInBytes(JsonNode tree) {
    return writeBytes(tree).length;
  }

  /** Databind's own reader makes numbers of numbers; here they stay the text that was sent. */
  private static JsonNode parse(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      JsonNode tree = tree(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "Something stands behind the JSON value");
      }
      return tree;
    }
  }

  /** Recursion is bounded by {@link #MAX_DEPTH}, which the parser keeps. */
  private static JsonNode tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, tree(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(parser));
        }
        yield array;
      }
      case VALUE_STRING -> StringNode.valueOf(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.node(parser.getString());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a value cannot begin with " + token);
    };
  }

  private static <T> Validated<T> malformed(String message) {
    return Validated.invalid(FaultCode.MALFORMED_JSON, message);
  }

  /** Jackson's own messages name its classes and quote the body; neither belongs into an answer. */
  private static String sentence(JacksonException e) {
    String what =
        e.getOriginalMessage().startsWith("Duplicate")
            ? "A name occurs twice in one object of the body"
            : "The body is not valid JSON";
    TokenStreamLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? what + "."
        : what + ": see line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
  }

  private static boolean hasOnlyCharacters(JsonNode tree) {
    if (tree.isString()) {
      return isWellFormed(tree.stringValue());
    }
    if (tree.isObject() && !tree.propertyNames().stream().allMatch(JsonText::isWellFormed)) {
      return false;
    }
    for (JsonNode child : tree.values()) {
      if (!hasOnlyCharacters(child)) {
        return false;
      }
    }
    return true;
  }

  /** A code point that is a surrogate is one that has no other half beside it. */
  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
