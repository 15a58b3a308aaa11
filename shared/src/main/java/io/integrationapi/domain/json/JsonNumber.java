package io.integrationapi.domain.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;

/**
 * A JSON number as the text that was sent. In a tree it stands for every number that is no plain
 * integer of a {@code long}: to turn a text into a number and back would change how it is spelled,
 * and takes a time that grows with the square of its length.
 */
final class JsonNumber implements JacksonSerializable {
  /** As many digits as every {@code long} has room for. */
  private static final int LONG_DIGITS = 18;

  private final String text;
  private @Nullable String canonical;

  private JsonNumber(String text) {
    this.text = text;
  }

  /**
   * The node of a number.
   *
   * @param text a number as JSON spells it
   */
  static JsonNode node(String text) {
    if (!isPlainInteger(text)) {
      return new POJONode(new JsonNumber(text));
    }
    // The type that Databind's own reader would take, for nodes of other types are never equal.
    long value = Long.parseLong(text);
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** Whether the node is a number, of either kind. */
  static boolean isNumber(JsonNode node) {
    return node.isNumber() || isText(node);
  }

  /**
   * The number in a form that only equal values share: its digits without zeros at either end, and
   * the power of ten that they are multiplied by. All equal values share it, except that a value
   * with an exponent of more than 18 digits has one for each exponent that it can be spelled with.
   * Linear in its length.
   */
  static String canonical(JsonNode number) {
    if (number instanceof POJONode pojo && pojo.getPojo() instanceof JsonNumber own) {
      return own.canonical();
    }
    return number.canConvertToLong() && number.isIntegralNumber()
        ? canonical(number.longValue())
        : canonical(number.asString());
  }

  private static String canonical(long integer) {
    if (integer == 0) {
      return "0";
    }
    long digits = integer;
    int exponent = 0;
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    return digits + "e" + exponent;
  }

  private String canonical() {
    if (canonical == null) {
      canonical = canonical(text);
    }
    return canonical;
  }

  private static String canonical(String text) {
    int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = mark < 0 ? text : text.substring(0, mark);
    String exponent = mark < 0 ? "0" : text.substring(mark + 1);
    String sign = mantissa.startsWith("-") ? "-" : "";
    int point = mantissa.indexOf('.');
    int decimals = point < 0 ? 0 : mantissa.length() - point - 1;

    String digits = mantissa.substring(sign.length()).replace(".", "");
    int from = 0;
    while (from < digits.length() && digits.charAt(from) == '0') {
      from++;
    }
    int to = digits.length();
    while (to > from && digits.charAt(to - 1) == '0') {
      to--;
    }
    return from == to
        ? "0"
        : sign + digits.substring(from, to) + 'e' + plus(exponent, digits.length() - to - decimals);
  }

  /** The sum as text; the exponent may have more digits than any number type. */
  private static String plus(String exponent, int more) {
    String sign = exponent.startsWith("-") ? "-" : "";
    int from = sign.isEmpty() && !exponent.startsWith("+") ? 0 : 1;
    while (from < exponent.length() && exponent.charAt(from) == '0') {
      from++;
    }
    String digits = exponent.substring(from);
    if (digits.length() <= LONG_DIGITS) {
      return Long.toString((digits.isEmpty() ? 0 : Long.parseLong(sign + digits)) + more);
    }
    return sign + digits + '+' + more;
  }

  private static boolean isPlainInteger(String text) {
    if (text.length() > LONG_DIGITS || text.equals("-0")) {
      return false;
    }
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(JsonNode node) {
    return node instanceof POJONode pojo && pojo.getPojo() instanceof JsonNumber;
  }

  @Override
  public void serialize(JsonGenerator generator, SerializationContext context) {
    generator.writeNumber(text);
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializationContext context, TypeSerializer type) {
    serialize(generator, context);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonNumber number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
