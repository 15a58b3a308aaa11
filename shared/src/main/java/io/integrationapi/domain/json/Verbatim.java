package io.integrationapi.domain.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * A part of a JSON text in the place of the value that it means. It is written as it stands, so
 * what was kept as text is answered without being read. Such a node can do nothing else.
 *
 * @param text as {@link JsonText} wrote it: without white space between its values
 */
record Verbatim(String text, int from, int to) implements JacksonSerializable {
  /** A whole text. */
  static JsonNode value(String text) {
    return new POJONode(new Verbatim(text, 0, text.length()));
  }

  /**
   * An object of the parts of its text.
   *
   * @param text an object's
   */
  static ObjectNode members(String text) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    int at = 1;
    while (text.charAt(at) == '"') {
      int colon = endOfString(text, at);
      int end = endOfValue(text, colon + 1);
      members.set(name(text, at, colon), new POJONode(new Verbatim(text, colon + 1, end)));
      // Behind the comma is the next member; behind the last brace there is nothing.
      at = text.charAt(end) == ',' ? end + 1 : end;
    }
    return members;
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
  public void serialize(JsonGenerator generator, SerializationContext context) {
    generator.writeRawValue(text, from, to - from);
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializationContext context, TypeSerializer type) {
    serialize(generator, context);
  }

  /** Says nothing of the value, which may be a customer's. */
  @Override
  public String toString() {
    return "Verbatim[" + (to - from) + " characters]";
  }
}
