package io.integrationapi.local.gateway;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy that an authorizer answered. A denial outweighs every permission, and what nothing
 * permits is denied.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from an API Gateway Lambda authorizer</a>
 */
record Policy(List<Statement> statements) {

  private static final String INVOKE = "execute-api:Invoke";

  record Statement(boolean allow, List<String> actions, List<String> resources) {

    boolean covers(String methodArn) {
      return actions.stream().anyMatch(action -> matches(action, INVOKE))
          && resources.stream().anyMatch(resource -> matches(resource, methodArn));
    }
  }

  boolean allows(String methodArn) {
    return statements.stream()
            .anyMatch(statement -> statement.allow() && statement.covers(methodArn))
        && statements.stream()
            .noneMatch(statement -> !statement.allow() && statement.covers(methodArn));
  }

  /** A star stands for any characters, a question mark for one. */
  private static boolean matches(String pattern, String text) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
  }
}
