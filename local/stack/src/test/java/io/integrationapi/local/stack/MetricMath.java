package io.integrationapi.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's metric math, as far as the template uses it, for one point in time: numbers, metrics
 * by their ids, {@code + - * / >= >}, {@code FILL}, {@code IF} and {@code MAX}. What is made of a
 * missing value is missing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using
 *     math expressions</a>
 */
final class MetricMath {

  private static final Pattern TOKEN = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?|\\w+|>=|.)");

  private final List<String> tokens = new ArrayList<>();
  private final Function<String, OptionalDouble> metrics;
  private int at;

  private MetricMath(String expression, Function<String, OptionalDouble> metrics) {
    this.metrics = metrics;
    Matcher matcher = TOKEN.matcher(expression.strip());
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /**
   * The value of an expression.
   *
   * @param metrics the values by id
   */
  static OptionalDouble value(String expression, Function<String, OptionalDouble> metrics) {
    var math = new MetricMath(expression, metrics);
    OptionalDouble value = math.comparison();
    if (math.at < math.tokens.size()) {
      throw new IllegalArgumentException(expression + " is not understood at " + math.peek());
    }
    return value;
  }

  private OptionalDouble comparison() {
    OptionalDouble left = sum();
    return switch (peek()) {
      case ">=" -> binary(left, next(this::sum), (a, b) -> a >= b ? 1.0 : 0.0);
      case ">" -> binary(left, next(this::sum), (a, b) -> a > b ? 1.0 : 0.0);
      default -> left;
    };
  }

  private OptionalDouble sum() {
    OptionalDouble value = product();
    while (peek().equals("+") || peek().equals("-")) {
      value =
          peek().equals("+")
              ? binary(value, next(this::product), Double::sum)
              : binary(value, next(this::product), (a, b) -> a - b);
    }
    return value;
  }

  private OptionalDouble product() {
    OptionalDouble value = operand();
    while (peek().equals("*") || peek().equals("/")) {
      value =
          peek().equals("*")
              ? binary(value, next(this::operand), (a, b) -> a * b)
              : binary(value, next(this::operand), (a, b) -> a / b);
    }
    return value;
  }

  private OptionalDouble operand() {
    String token = take();
    if (Character.isDigit(token.charAt(0))) {
      return OptionalDouble.of(Double.parseDouble(token));
    }
    if (!peek().equals("(")) {
      return metrics.apply(token);
    }
    List<OptionalDouble> arguments = arguments();
    return switch (token) {
      case "FILL" -> arguments.get(0).isPresent() ? arguments.get(0) : arguments.get(1);
      case "IF" ->
          arguments.get(0).isEmpty()
              ? OptionalDouble.empty()
              : arguments.get(0).getAsDouble() == 0 ? arguments.get(2) : arguments.get(1);
      case "MAX" -> arguments.stream().flatMapToDouble(OptionalDouble::stream).max();
      default -> throw new IllegalArgumentException("no function " + token);
    };
  }

  /** In parentheses; an array's elements are arguments too. */
  private List<OptionalDouble> arguments() {
    var arguments = new ArrayList<OptionalDouble>();
    take();
    boolean array = peek().equals("[");
    if (array) {
      take();
    }
    arguments.add(comparison());
    while (peek().equals(",")) {
      arguments.add(next(this::comparison));
    }
    expect(array ? "]" : ")");
    if (array) {
      expect(")");
    }
    return arguments;
  }

  private OptionalDouble next(java.util.function.Supplier<OptionalDouble> operand) {
    take();
    return operand.get();
  }

  private static OptionalDouble binary(
      OptionalDouble left, OptionalDouble right, BinaryOperator<Double> operator) {
    return left.isEmpty() || right.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(operator.apply(left.getAsDouble(), right.getAsDouble()));
  }

  private void expect(String token) {
    String found = take();
    if (!found.equals(token)) {
      throw new IllegalArgumentException(found + " stands where " + token + " should");
    }
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String take() {
    return tokens.get(at++);
  }
}
