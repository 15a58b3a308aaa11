package io.integrationapi.domain.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * What is at hand as text, in the place of the value that it means: what was kept as text is
 * answered without being read. Such a node can be written and nothing else.
 */
public abstract sealed class ReadyText implements JacksonSerializable {
  private ReadyText() {}

  /**
   * A string.
   *
   * @param utf8 its characters, without quotation marks and escapes; never changed once it is here
   */
  public static JsonNode string(byte[] utf8) {
    return new POJONode(new Characters(utf8));
  }

  /**
   * A value.
   *
   * @param text as {@link JsonText} wrote it
   */
  static JsonNode value(String text) {
    return new POJONode(new Value(text));
  }

  /**
   * An object, of which each member's value is such a node.
   *
   * @param text an object, as {@link JsonText} wrote it: without white space between its values
   */
  static ObjectNode members(String text) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    int at = 1;
    while (text.charAt(at) == '"') {
      int colon = endOfString(text, at);
      int end = endOfValue(text, colon + 1);
      members.set(name(text, at, colon), value(text.substring(colon + 1, end)));
      // Behind a comma stands the next member, and behind the last member a brace.
      at = text.charAt(end) == ',' ? end + 1 : end;
    }
    return members;
  }

  private static final class Characters extends ReadyText {
    private final byte[] utf8;

    Characters(byte[] utf8) {
      this.utf8 = utf8;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
      generator.writeUTF8String(utf8, 0, utf8.length);
    }
  }

  private static final class Value extends ReadyText {
    private final String text;

    Value(String text) {
      this.text = text;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
      generator.writeRawValue(new Encoded(text));
    }
  }

  /** A text in UTF-8, which the generators would encode character by character. */
  private static final class Encoded extends SerializedString {
    private static final long serialVersionUID = 1L;

    Encoded(String text) {
      super(text);
      _unquotedUTF8Ref = text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String name(String text, int from, int to) {
    int escape = text.indexOf('\\', from, to);
    return escape < 0
        ? text.substring(from + 1, to - 1)
        : JsonText.readTrusted(text.substring(from, to)).stringValue();
  }

  private static int endOfValue(String text, int from) {
    int depth = 0;
    int at = from;
    while (true) {
      switch (text.charAt(at)) {
        case '"' -> at = endOfString(text, at) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth == 0) {
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {
          // A colon, or a character of a number or a word.
        }
      }
      at++;
    }
  }

  /** Behind the mark that closes the string which is opened there. */
  private static int endOfString(String text, int from) {
    int mark = text.indexOf('"', from + 1);
    while (isEscaped(text, mark)) {
      mark = text.indexOf('"', mark + 1);
    }
    return mark + 1;
  }

  /** Whether an odd number of backslashes stands before it. */
  private static boolean isEscaped(String text, int mark) {
    int at = mark;
    while (text.charAt(at - 1) == '\\') {
      at--;
    }
    return (mark - at) % 2 == 1;
  }

  @Override
  public final void serializeWithType(
      JsonGenerator generator, SerializationContext context, TypeSerializer type) {
    serialize(generator, context);
  }

  /** Says nothing of the value, which may be a customer's. */
  @Override
  public final String toString() {
    return "ReadyText";
  }
}
