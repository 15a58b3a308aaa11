package io.integrationapi.functions;

import io.integrationapi.domain.history.ReadHistory;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.wiring.Components;

/** {@code GET /integrations/{_id}/revisions}: the states that can be had back, newest first. */
public final class ListRevisionsHandler extends ApiHandler<HistoryRequests.Listing> {
  private final ReadHistory readHistory;

  /** From the function's environment. */
  public ListRevisionsHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ListRevisionsHandler(Components components) {
    super(components.metrics(), components.historyRequests()::revisions);
    this.readHistory = components.readHistory();
  }

  @Override
  protected Answer answer(HistoryRequests.Listing request) {
    return HistoryAnswers.list(
        request,
        room -> readHistory.list(request.principal(), request.id(), request.query().page(), room));
  }
}
