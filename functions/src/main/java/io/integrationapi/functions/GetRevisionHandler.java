package io.integrationapi.functions;

import io.integrationapi.domain.history.ReadHistory;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.wiring.Components;

/** {@code GET /integrations/{_id}/revisions/{_revisionId}}: an earlier state. */
public final class GetRevisionHandler extends ApiHandler<HistoryRequests.Single> {
  private final ReadHistory readHistory;

  /** From the function's environment. */
  public GetRevisionHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public GetRevisionHandler(Components components) {
    super(components.metrics(), components.historyRequests()::revision);
    this.readHistory = components.readHistory();
  }

  @Override
  protected Answer answer(HistoryRequests.Single request) {
    return HistoryAnswers.revision(
        readHistory.find(request.principal(), request.id(), request.revisionId()));
  }
}
