package io.integrationapi.local.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of a template. Numbers and booleans stay the text that they are written as:
 * CloudFormation makes no difference, and so an account id keeps its zeros.
 */
sealed interface Value {

  /** Where it stands in the template, for a message. */
  String at();

  record Text(String at, String text) implements Value {}

  record Items(String at, List<Value> values) implements Value {}

  /** A mapping, in the order in which it is written. */
  record Fields(String at, Map<String, Value> values) implements Value {

    Optional<Value> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    Optional<String> text(String name) {
      return get(name).map(Value::asText);
    }

    String requiredText(String name) {
      return text(name).orElseThrow(() -> fault("lacks " + name));
    }

    boolean flag(String name) {
      return text(name).map(Boolean::parseBoolean).orElse(false);
    }

    int number(String name, int otherwise) {
      return get(name).map(Value::asNumber).orElse(otherwise);
    }

    /** The mapping of that name; an empty one where there is none. */
    Fields fields(String name) {
      return get(name).map(Value::asFields).orElseGet(() -> new Fields(at + "." + name, Map.of()));
    }

    /** The list of that name; an empty one where there is none. */
    List<Value> items(String name) {
      return get(name).map(Value::asItems).orElse(List.of());
    }

    /** Every member as text, in order. */
    Map<String, String> texts() {
      var texts = new LinkedHashMap<String, String>();
      values.forEach((name, value) -> texts.put(name, value.asText()));
      return texts;
    }

    /**
     * This over defaults, as SAM merges its {@code Globals}: mappings member by member, lists one
     * after the other, anything else replaced.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals
     *     section</a>
     */
    Fields over(Fields defaults) {
      var merged = new LinkedHashMap<>(defaults.values);
      values.forEach((name, value) -> merged.merge(name, value, Fields::merge));
      return new Fields(at, merged);
    }

    private static Value merge(Value global, Value own) {
      if (global instanceof Fields defaults && own instanceof Fields fields) {
        return isCall(fields) || isCall(defaults) ? own : fields.over(defaults);
      }
      if (global instanceof Items first && own instanceof Items second) {
        return new Items(
            own.at(), Stream.concat(first.values.stream(), second.values.stream()).toList());
      }
      return own;
    }

    private static boolean isCall(Fields fields) {
      return Intrinsics.isCall(fields);
    }
  }

  default String asText() {
    if (this instanceof Text text) {
      return text.text();
    }
    throw fault("is no plain value");
  }

  default int asNumber() {
    try {
      return Integer.parseInt(asText());
    } catch (NumberFormatException e) {
      throw fault("is no whole number");
    }
  }

  default Fields asFields() {
    if (this instanceof Fields fields) {
      return fields;
    }
    throw fault("is no mapping");
  }

  default List<Value> asItems() {
    if (this instanceof Items items) {
      return items.values();
    }
    throw fault("is no list");
  }

  default TemplateException fault(String problem) {
    return new TemplateException(at(), problem);
  }
}
