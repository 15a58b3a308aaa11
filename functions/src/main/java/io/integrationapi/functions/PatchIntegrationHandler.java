package io.integrationapi.functions;

import io.integrationapi.domain.integration.PatchIntegration;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code PATCH /integrations/{_id}}: a JSON Patch, all or nothing. */
public final class PatchIntegrationHandler extends ApiHandler<Requests.Patching> {
  private final PatchIntegration patchIntegration;

  /** From the function's environment. */
  public PatchIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public PatchIntegrationHandler(Components components) {
    super(components.metrics(), components.requests()::patch);
    this.patchIntegration = components.patchIntegration();
  }

  @Override
  protected Answer answer(Requests.Patching request) {
    return Answers.written(
        patchIntegration.patch(
            request.principal(),
            request.id(),
            request.patch(),
            request.precondition(),
            request.authorship()));
  }

  @Override
  protected Priming priming() {
    return Priming.withBody("[]");
  }
}
