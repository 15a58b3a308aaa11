package io.integrationapi.functions;

import io.integrationapi.domain.integration.CreateIntegration;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code POST /integrations}: a new integration in the account that calls. */
public final class CreateIntegrationHandler extends ApiHandler<Requests.Creation> {
  private final CreateIntegration createIntegration;

  /** From the function's environment. */
  public CreateIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public CreateIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::create);
    this.createIntegration = components.createIntegration();
  }

  @Override
  protected Answer answer(Requests.Creation request) {
    return Answers.created(
        createIntegration.create(
            request.account(), request.draft(), request.claim(), request.authorship()),
        request.links());
  }

  @Override
  protected Priming priming() {
    return Priming.byAccount(Priming.refusedIntegration());
  }
}
