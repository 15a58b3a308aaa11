package io.integrationapi.edge;

import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The members of an operator's input, and all that is wrong with them. */
final class OperatorInput {
  /** The longest text in an operator's own words, in characters. */
  static final int MAX_WORDS = 500;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~@:-]+");

  private final JsonNode input;
  private final List<Fault> faults = new ArrayList<>();

  OperatorInput(JsonNode input) {
    this.input = input;
  }

  void allow(Set<String> names) {
    input.propertyNames().stream()
        .filter(name -> !names.contains(name))
        .forEach(name ->
            faults.add(new Fault(FaultCode.INVALID_FIELD, "Unknown member " + name + ".", name)));
  }

  /** Whether there is a member of that name; null means that there is not. */
  boolean has(String name) {
    return !input.path(name).isMissingNode() && !input.path(name).isNull();
  }

  /** A text that is not blank and has no control characters. */
  Optional<String> text(String name, int maxLength) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode sent = input.path(name);
    String text = sent.isString() ? sent.stringValue() : "";
    if (text.isBlank()
        || text.length() > maxLength
        || text.chars().anyMatch(Character::isISOControl)) {
      wrong(name, "a string of 1 to " + maxLength + " characters, without control characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** An id: what can stand in a path and in a line of the access log as it is. */
  Optional<String> id(String name, int maxLength) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode sent = input.path(name);
    String id = sent.isString() ? sent.stringValue() : "";
    if (id.length() > maxLength || !ID.matcher(id).matches()) {
      wrong(name, "1 to " + maxLength + " letters, digits and any of -._~@:");
      return Optional.empty();
    }
    return Optional.of(id);
  }

  Optional<Long> number(String name, long min, long max) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode sent = input.path(name);
    if (!sent.isIntegralNumber()
        || !sent.canConvertToLong()
        || sent.longValue() < min
        || sent.longValue() > max) {
      wrong(name, "a whole number from " + min + " to " + max);
      return Optional.empty();
    }
    return Optional.of(sent.longValue());
  }

  <T> Optional<T> required(String name, String form, Function<String, Optional<T>> parser) {
    if (!has(name)) {
      missing(name, name + " is required.");
      return Optional.empty();
    }
    JsonNode sent = input.path(name);
    Optional<T> value = sent.isString() ? parser.apply(sent.stringValue()) : Optional.empty();
    if (value.isEmpty()) {
      wrong(name, form);
    }
    return value;
  }

  void missing(String name, String message) {
    faults.add(new Fault(FaultCode.MISSING_REQUIRED_FIELD, message, name));
  }

  void wrong(String name, String form) {
    faults.add(new Fault(FaultCode.INVALID_FIELD, name + " must be " + form + ".", name));
  }

  /** The request, if nothing is wrong. */
  <R> Validated<R> read(Supplier<R> request) {
    if (!input.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The input must be a JSON object.");
    }
    return faults.isEmpty()
        ? Validated.valid(request.get())
        : new Validated.Invalid<>(List.copyOf(faults));
  }
}
