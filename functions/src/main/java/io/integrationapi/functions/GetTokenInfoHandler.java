package io.integrationapi.functions;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.wiring.Components;

/** {@code GET /tokenInfo}: whose token it is, as the authorizer found it. */
public final class GetTokenInfoHandler extends ApiHandler<Principal> {
  /** From the function's environment. */
  public GetTokenInfoHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public GetTokenInfoHandler(Components components) {
    super(components.metrics(), components.requests()::tokenInfo);
  }

  @Override
  protected Answer answer(Principal principal) {
    return Answers.tokenInfo(principal);
  }
}
