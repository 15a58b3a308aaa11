package io.integrationapi.functions;

import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code GET /integrations/{_id}}: one integration, unless the caller has it in this state. */
public final class GetIntegrationHandler extends ApiHandler<Requests.Single> {
  private final IntegrationRepository integrations;

  /** From the function's environment. */
  public GetIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public GetIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::get);
    this.integrations = components.integrations();
  }

  @Override
  protected Answer answer(Requests.Single request) {
    return Answers.found(
        integrations.find(request.principal(), request.id()), request.precondition());
  }
}
