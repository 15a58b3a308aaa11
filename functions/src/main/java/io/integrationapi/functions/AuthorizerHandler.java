package io.integrationapi.functions;

import io.integrationapi.edge.BearerTokenHandler;
import io.integrationapi.wiring.Components;

/** The authorizer of all routes: whose the bearer token is. */
public final class AuthorizerHandler extends BearerTokenHandler {
  /** From the function's environment. */
  public AuthorizerHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public AuthorizerHandler(Components components) {
    super(components.metrics(), components.authenticator()::authenticate);
  }
}
