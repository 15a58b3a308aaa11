package io.integrationapi.local.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Map;

/** Makes the handler of a function, which happens once, at its first invocation. */
@FunctionalInterface
interface HandlerFactory {

  /**
   * Makes a handler.
   *
   * @throws Exception if it cannot be made, which fails the invocation as a failing init does on
   *     AWS
   */
  RequestStreamHandler create(String className, Map<String, String> environment) throws Exception;
}
