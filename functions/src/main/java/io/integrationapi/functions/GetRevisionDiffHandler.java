package io.integrationapi.functions;

import io.integrationapi.domain.history.ReadHistory;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.wiring.Components;

/**
 * {@code GET /integrations/{_id}/revisions/{_revisionId}/diff}: what differs from another state.
 */
public final class GetRevisionDiffHandler extends ApiHandler<HistoryRequests.Comparison> {
  private final ReadHistory readHistory;

  /** From the function's environment. */
  public GetRevisionDiffHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public GetRevisionDiffHandler(Components components) {
    super(components.metrics(), components.historyRequests()::difference);
    this.readHistory = components.readHistory();
  }

  @Override
  protected Answer answer(HistoryRequests.Comparison request) {
    return HistoryAnswers.difference(
        readHistory.difference(request.principal(), request.id(), request.from(), request.to()));
  }
}
