package io.integrationapi.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Collects what one request says in DynamoDB's expression language. In a text {@code #name} stands
 * for the attribute {@code name}, which spares a list of the names that are reserved words.
 */
final class Expression {
  private static final Pattern NAME = Pattern.compile("#(\\w+)");

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private final List<String> sets = new ArrayList<>();
  private final List<String> removals = new ArrayList<>();

  /** One more condition, which must hold as well. */
  Expression require(String condition) {
    conditions.add("(" + use(condition) + ")");
    return this;
  }

  Expression set(String assignment) {
    sets.add(use(assignment));
    return this;
  }

  Expression remove(String name) {
    removals.add(use(name));
    return this;
  }

  /** Sets an attribute that is named like its value, or removes it if there is none. */
  Expression setOrRemove(String name, @Nullable AttributeValue value) {
    return value == null
        ? remove("#" + name)
        : set("#" + name + " = :" + name).value(":" + name, value);
  }

  Expression value(String name, AttributeValue value) {
    values.put(name, value);
    return this;
  }

  Expression value(String name, String value) {
    return value(name, AttributeValue.fromS(value));
  }

  String condition() {
    return String.join(" AND ", conditions);
  }

  String update() {
    String set = sets.isEmpty() ? "" : "SET " + String.join(", ", sets);
    return removals.isEmpty() ? set : set + " REMOVE " + String.join(", ", removals);
  }

  Map<String, String> names() {
    return names;
  }

  /** Never an empty map, which DynamoDB refuses, but null. */
  @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  private String use(String text) {
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.put(matcher.group(), matcher.group(1));
    }
    return text;
  }
}
