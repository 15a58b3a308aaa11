package io.integrationapi.local.stack;

import java.time.Duration;
import java.util.Map;

/**
 * A function of the template.
 *
 * @param logicalId its name in the template
 * @param name what {@code !Ref} gives: its {@code FunctionName}, else the logical id
 * @param handlerClass the class that {@code Handler} names, without the method
 * @param environment what the template declares, {@code Globals} included, resolved
 * @param timeout how long an invocation may take
 * @param memoryMegabytes what it may use on AWS; a laptop does not hold it to that
 */
public record LambdaFunction(
    String logicalId,
    String name,
    String handlerClass,
    Map<String, String> environment,
    Duration timeout,
    int memoryMegabytes) {

  /** Copies the environment, so that a function stays what it is. */
  public LambdaFunction {
    environment = Map.copyOf(environment);
  }
}
