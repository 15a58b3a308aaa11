package io.integrationapi.local.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.console.ConsoleHandler;
import io.integrationapi.wiring.Components;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the handlers that deploy, by the constructor that takes what they need. Functions of the
 * same environment share that, for they are in one process. A handler that needs nothing is made as
 * Lambda makes it.
 */
final class DeployedHandlers implements HandlerFactory {

  private final Map<Map<String, String>, Components> components = new HashMap<>();

  @Override
  public RequestStreamHandler create(String className, Map<String, String> environment)
      throws ReflectiveOperationException {
    try {
      Class<? extends RequestStreamHandler> handler =
          Class.forName(className).asSubclass(RequestStreamHandler.class);
      return handler.equals(ConsoleHandler.class)
          ? new ConsoleHandler()
          : handler.getConstructor(Components.class).newInstance(components(environment));
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(
          className + " cannot be made: " + e.getCause(), e.getCause());
    }
  }

  /** What handlers with this environment are made of. */
  synchronized Components components(Map<String, String> environment) {
    return components.computeIfAbsent(environment, Components::from);
  }
}
