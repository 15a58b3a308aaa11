package io.integrationapi.functions;

import io.integrationapi.domain.history.RevertIntegration;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.edge.Priming;
import io.integrationapi.wiring.Components;

/** {@code POST /integrations/{_id}/revisions/{_revisionId}/revert}: a PUT of an earlier state. */
public final class RevertIntegrationHandler extends ApiHandler<HistoryRequests.Reversion> {
  private final RevertIntegration revertIntegration;

  /** From the function's environment. */
  public RevertIntegrationHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public RevertIntegrationHandler(Components components) {
    super(components.metrics(), components.historyRequests()::revert);
    this.revertIntegration = components.revertIntegration();
  }

  @Override
  protected Answer answer(HistoryRequests.Reversion request) {
    return HistoryAnswers.reverted(
        revertIntegration.revert(
            request.principal(),
            request.id(),
            request.revisionId(),
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
