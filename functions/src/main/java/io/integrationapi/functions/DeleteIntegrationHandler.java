package io.integrationapi.functions;

import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code DELETE /integrations/{_id}}, unless a managed update is in progress. */
public final class DeleteIntegrationHandler extends ApiHandler<Requests.Deletion> {
  private final IntegrationRepository integrations;

  /** From the function's environment. */
  public DeleteIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public DeleteIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::delete);
    this.integrations = components.integrations();
  }

  @Override
  protected Answer answer(Requests.Deletion request) {
    return Answers.written(
        integrations.delete(
            request.principal(), request.id(), request.precondition(), request.authorship()));
  }
}
