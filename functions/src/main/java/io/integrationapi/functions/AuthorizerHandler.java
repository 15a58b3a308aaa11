package io.integrationapi.functions;

import io.integrationapi.edge.TokenAuthorizer;
import io.integrationapi.wiring.Components;

/** The authorizer of all routes: whose the bearer token is. */
public final class AuthorizerHandler extends TokenAuthorizer {
  /** From the function's environment. */
  public AuthorizerHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public AuthorizerHandler(Components components) {
    super(components.metrics(), components.authenticator()::authenticate);
  }
}
