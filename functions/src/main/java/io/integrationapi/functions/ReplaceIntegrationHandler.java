package io.integrationapi.functions;

import io.integrationapi.domain.integration.ReplaceIntegration;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code PUT /integrations/{_id}}: all of it that the caller may write. */
public final class ReplaceIntegrationHandler extends ApiHandler<Requests.Replacement> {
  private final ReplaceIntegration replaceIntegration;

  /** From the function's environment. */
  public ReplaceIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ReplaceIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::replace);
    this.replaceIntegration = components.replaceIntegration();
  }

  @Override
  protected Answer answer(Requests.Replacement request) {
    return Answers.written(
        replaceIntegration.replace(
            request.principal(),
            request.id(),
            request.draft(),
            request.precondition(),
            request.authorship()));
  }

  @Override
  protected Priming priming() {
    return Priming.withBody("{\"name\":\"-\"}");
  }
}
