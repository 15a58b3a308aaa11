package io.integrationapi.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final List<String> additions = new ArrayList<>();
  private final List<String> deletions = new ArrayList<>();

  /** Another that says the same, to which more can be added. */
  Expression copy() {
    Expression copy = new Expression();
    copy.names.putAll(names);
    copy.values.putAll(values);
    copy.conditions.addAll(conditions);
    copy.sets.addAll(sets);
    copy.removals.addAll(removals);
    copy.additions.addAll(additions);
    copy.deletions.addAll(deletions);
    return copy;
  }

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

  /** Adds the elements of a set to one. */
  Expression add(String elements) {
    additions.add(use(elements));
    return this;
  }

  /** Takes the elements of a set out of one. */
  Expression delete(String elements) {
    deletions.add(use(elements));
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
    return Stream.of(
            clause("SET ", sets),
            clause("REMOVE ", removals),
            clause("ADD ", additions),
            clause("DELETE ", deletions))
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.joining(" "));
  }

  Map<String, String> names() {
    return names;
  }

  /** Never an empty map, which DynamoDB refuses, but null. */
  @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  private static String clause(String verb, List<String> parts) {
    return parts.isEmpty() ? "" : verb + String.join(", ", parts);
  }

  private String use(String text) {
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.put(matcher.group(), matcher.group(1));
    }
    return text;
  }
}
