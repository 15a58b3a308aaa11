package io.integrationapi.functions;

import io.integrationapi.domain.integration.CloneIntegration;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code POST /integrations/{_id}/clone}: a copy in the same account, in one transaction. */
public final class CloneIntegrationHandler extends ApiHandler<Requests.Cloning> {
  private final CloneIntegration cloneIntegration;

  /** From the function's environment. */
  public CloneIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public CloneIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::clone);
    this.cloneIntegration = components.cloneIntegration();
  }

  @Override
  protected Answer answer(Requests.Cloning request) {
    return Answers.created(
        cloneIntegration.clone(
            request.principal(),
            request.id(),
            request.cloneRequest(),
            request.precondition(),
            request.claim(),
            request.authorship()),
        request.links());
  }

  @Override
  protected Priming priming() {
    return Priming.withBody("{}");
  }
}
