package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;

/**
 * Holds a template's parameters against its {@code Rules}, as CloudFormation does before it touches
 * anything.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html">Rules
 *     syntax</a>
 */
final class RuleReader {

  private RuleReader() {}

  /**
   * Does nothing if every rule holds.
   *
   * @throws TemplateException with the rule's own words, if one does not
   */
  static void check(Fields rules, Intrinsics intrinsics) {
    rules.values().values().stream()
        .map(Value::asFields)
        .filter(rule -> rule.get("RuleCondition").map(intrinsics::isTrue).orElse(true))
        .flatMap(rule -> rule.items("Assertions").stream())
        .map(Value::asFields)
        .filter(assertion -> !isMet(assertion, intrinsics))
        .forEach(assertion -> {
          throw assertion.fault(assertion.requiredText("AssertDescription"));
        });
  }

  private static boolean isMet(Fields assertion, Intrinsics intrinsics) {
    return intrinsics.isTrue(
        assertion.get("Assert").orElseThrow(() -> assertion.fault("lacks Assert")));
  }
}
