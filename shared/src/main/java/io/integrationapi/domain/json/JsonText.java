package io.integrationapi.domain.json;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
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

  /** The tree notices a name that occurs twice; a parser that does so keeps a set per object. */
  private static final ObjectReader QUICK =
      MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  /** Leaves an output open that is not ours to close. */
  private static final ObjectWriter OPEN =
      MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET);

  /** What a decoder puts where the bytes are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private JsonText() {}

  /**
   * Reads what a caller sent: strict UTF-8, one JSON value, no name twice in one object.
   *
   * @param limits told where the text nests too deep to be read at all; whoever knows what the
   *     value stands for holds it to them
   */
  public static Validated<JsonNode> read(byte[] utf8, JsonLimits limits) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(utf8)) {
      return malformed("The body is not valid UTF-8.");
    }
    if (text.isBlank()) {
      return malformed("The body is empty where JSON is required.");
    }

    boolean surrogates = mayEscapeSurrogates(text);
    try {
      JsonNode tree = surrogates || !isPlain(utf8) ? parse(text) : parse(text, utf8);
      return !surrogates || hasOnlyCharacters(tree)
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

  /** Writes that text in UTF-8 to an output, which stays open. */
  public static void write(JsonNode tree, OutputStream output) {
    OPEN.writeValue(output, tree);
  }

  /** The length of that text in UTF-8, in bytes. */
  public static int sizeInBytes(JsonNode tree) {
    return writeBytes(tree).length;
  }

  /** The length of a string's JSON in UTF-8, in bytes: its quotation marks and escapes count. */
  public static int sizeInBytes(String string) {
    int bytes = 2 + Utf8.length(string);
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        bytes++;
      } else if (c < ' ') {
        boolean isShort = c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
        bytes += isShort ? 1 : "\\u0000".length() - 1;
      }
    }
    return bytes;
  }

  private static JsonNode parse(String text) {
    try (JsonParser parser = QUICK.createParser(text.toCharArray())) {
      return whole(parser);
    } catch (JacksonException _) {
      return parseStrictly(text);
    }
  }

  /** The same from bytes, which is faster. */
  private static JsonNode parse(String text, byte[] utf8) {
    try (JsonParser parser = QUICK.createParser(utf8)) {
      return whole(parser);
    } catch (JacksonException _) {
      return parseStrictly(text);
    }
  }

  /** What is wrong with a text, and where, is told by the strict parser of characters. */
  private static JsonNode parseStrictly(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      return whole(parser);
    }
  }

  private static JsonNode whole(JsonParser parser) {
    parser.nextToken();
    JsonNode tree = tree(parser);
    if (parser.nextToken() != null) {
      throw new StreamReadException(parser, "Something stands behind the JSON value");
    }
    return tree;
  }

  /**
   * Databind's own reader makes numbers of numbers; here they stay the text that was sent.
   * Recursion is bounded by {@link #MAX_DEPTH}, which the parser keeps.
   */
  private static JsonNode tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          if (object.replace(name, tree(parser)) != null) {
            throw new StreamReadException(parser, "Duplicate name");
          }
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

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** Whether Jackson takes it for UTF-8: a mark or a zero at its beginning may say otherwise. */
  private static boolean isPlain(byte[] utf8) {
    for (int i = 0; i < Math.min(4, utf8.length); i++) {
      if (utf8[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** UTF-8 has no surrogates, so only an escape can bring one into a string. */
  private static boolean mayEscapeSurrogates(String text) {
    return text.contains("\\ud") || text.contains("\\uD");
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

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
