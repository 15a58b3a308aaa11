package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Items;
import io.integrationapi.local.stack.Value.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CloudFormation's functions, worked out for a laptop. What a template cannot know before it is
 * deployed, such as an ARN, gets the name that {@link Names} makes up, always the same one.
 *
 * <p>{@code Fn::ImportValue}, {@code Fn::GetAZs}, {@code Fn::Transform} and other functions that
 * ask an account are faults, but only where a laptop needs the value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     function reference</a>
 */
final class Intrinsics {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^{}]*)\\}");

  private final Fields template;
  private final Names names;

  /**
   * @param parameters the values of those parameters that have another than their default
   */
  Intrinsics(Fields template, Map<String, String> parameters) {
    this.template = template;
    this.names = new Names(template, parameters, this::resolve);
  }

  /** Is this a call of a function, rather than a mapping? */
  static boolean isCall(Fields fields) {
    if (fields.values().size() != 1) {
      return false;
    }
    String name = fields.values().keySet().iterator().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  /**
   * Those members of a resource's properties, resolved; what is not there, or {@code AWS::NoValue},
   * is left out.
   */
  Fields only(Fields properties, String... members) {
    var chosen = new LinkedHashMap<String, Value>();
    for (String member : members) {
      properties.get(member).flatMap(this::value).ifPresent(value -> chosen.put(member, value));
    }
    return new Fields(properties.at(), chosen);
  }

  /** Is this call of a condition function true? */
  boolean isTrue(Value condition) {
    return truth(condition);
  }

  /** Does the condition of that name hold? */
  boolean holds(Text condition) {
    Value definition =
        template
            .fields("Conditions")
            .get(condition.text())
            .orElseThrow(() ->
                condition.fault(
                    "names the condition " + condition.text() + ", which there is not"));
    return truth(definition);
  }

  private Value resolve(Value value) {
    return value(value).orElseThrow(() -> value.fault("is AWS::NoValue where a value is needed"));
  }

  /** The value, or empty for {@code AWS::NoValue}. */
  private Optional<Value> value(Value value) {
    return switch (value) {
      case Text text -> Optional.of(text);
      case Items items ->
          Optional.of(
              new Items(
                  items.at(),
                  items.values().stream().flatMap(item -> value(item).stream()).toList()));
      case Fields fields when isCall(fields) -> call(fields);
      case Fields fields -> Optional.of(members(fields));
    };
  }

  private Fields members(Fields fields) {
    var resolved = new LinkedHashMap<String, Value>();
    fields
        .values()
        .forEach((name, value) -> value(value).ifPresent(present -> resolved.put(name, present)));
    return new Fields(fields.at(), resolved);
  }

  private Optional<Value> call(Fields call) {
    String function = call.values().keySet().iterator().next();
    Value argument = call.values().values().iterator().next();

    return switch (function) {
      case "Ref" -> names.ref(argument);
      case "Fn::If" -> choose(argument);
      case "Fn::GetAtt" ->
          Optional.of(text(call, names.attribute(argument, attributePath(argument))));
      case "Fn::Sub" -> Optional.of(text(call, substitute(argument)));
      case "Fn::Join" -> Optional.of(text(call, join(argument)));
      case "Fn::Select" -> Optional.of(select(argument));
      case "Fn::Split" -> Optional.of(split(argument));
      case "Fn::FindInMap" -> Optional.of(find(argument));
      case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
          Optional.of(text(call, Boolean.toString(truth(call))));
      default -> throw call.fault("uses " + function + ", which a laptop cannot work out");
    };
  }

  private static Text text(Value at, String text) {
    return new Text(at.at(), text);
  }

  private Optional<Value> choose(Value argument) {
    List<Value> parts = arguments(argument, 3);
    return value(holds(text(parts.get(0), parts.get(0).asText())) ? parts.get(1) : parts.get(2));
  }

  private String attributePath(Value argument) {
    return argument instanceof Items items
        ? items.values().stream()
            .map(part -> resolve(part).asText())
            .collect(Collectors.joining("."))
        : argument.asText();
  }

  private String substitute(Value argument) {
    if (argument instanceof Text pattern) {
      return substitute(pattern, Map.of());
    }
    List<Value> parts = arguments(argument, 2);
    return substitute(text(argument, parts.get(0).asText()), parts.get(1).asFields().values());
  }

  private String substitute(Text pattern, Map<String, Value> own) {
    Function<String, String> filled =
        name -> {
          Value given = own.get(name);
          if (given != null) {
            return resolve(given).asText();
          }
          return name.contains(".")
              ? names.attribute(pattern, name)
              : names.ref(text(pattern, name)).map(Value::asText).orElse("");
        };

    return PLACEHOLDER
        .matcher(pattern.text())
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1).isEmpty()
                    ? filled.apply(found.group(2).strip())
                    : "${" + found.group(2) + "}"));
  }

  private String join(Value argument) {
    List<Value> parts = arguments(argument, 2);
    return resolve(parts.get(1)).asItems().stream()
        .map(Value::asText)
        .collect(Collectors.joining(parts.get(0).asText()));
  }

  private Value select(Value argument) {
    List<Value> parts = arguments(argument, 2);
    int index = resolve(parts.get(0)).asNumber();
    List<Value> items = resolve(parts.get(1)).asItems();
    if (index < 0 || index >= items.size()) {
      throw argument.fault("selects " + index + " of " + items.size() + " items");
    }
    return items.get(index);
  }

  private Value split(Value argument) {
    List<Value> parts = arguments(argument, 2);
    String[] pieces =
        resolve(parts.get(1)).asText().split(Pattern.quote(parts.get(0).asText()), -1);
    return new Items(
        argument.at(), Arrays.stream(pieces).<Value>map(piece -> text(argument, piece)).toList());
  }

  private Value find(Value argument) {
    Value found = template.fields("Mappings");
    var keys = new ArrayList<String>();
    for (Value part : arguments(argument, 3)) {
      keys.add(resolve(part).asText());
      found =
          found
              .asFields()
              .get(keys.getLast())
              .orElseThrow(
                  () -> argument.fault("finds no " + String.join(".", keys) + " in Mappings"));
    }
    return found;
  }

  private boolean truth(Value condition) {
    if (!(condition instanceof Fields call) || call.values().size() != 1) {
      throw condition.fault("is no condition");
    }
    String function = call.values().keySet().iterator().next();
    Value argument = call.values().values().iterator().next();

    return switch (function) {
      case "Condition" -> holds(text(argument, argument.asText()));
      case "Fn::Equals" -> {
        List<Value> sides = arguments(argument, 2);
        yield resolve(sides.get(0)).asText().equals(resolve(sides.get(1)).asText());
      }
      case "Fn::Not" -> !truth(arguments(argument, 1).get(0));
      case "Fn::And" -> argument.asItems().stream().allMatch(this::truth);
      case "Fn::Or" -> argument.asItems().stream().anyMatch(this::truth);
      default -> throw condition.fault("uses " + function + " as a condition");
    };
  }

  private static List<Value> arguments(Value argument, int count) {
    List<Value> arguments = argument.asItems();
    if (arguments.size() != count) {
      throw argument.fault("has " + arguments.size() + " arguments instead of " + count);
    }
    return arguments;
  }
}
