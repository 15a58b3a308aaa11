package io.integrationapi.functions;

import io.integrationapi.domain.history.ReadHistory;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.wiring.Components;

/** {@code GET /integrations/{_id}/audit}: who changed what, newest first. */
public final class ListAuditHandler extends ApiHandler<HistoryRequests.Listing> {
  private final ReadHistory readHistory;

  /** From the function's environment. */
  public ListAuditHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ListAuditHandler(Components components) {
    super(components.metrics(), components.historyRequests()::audit);
    this.readHistory = components.readHistory();
  }

  @Override
  protected Answer answer(HistoryRequests.Listing request) {
    return HistoryAnswers.list(
        request,
        room -> readHistory.list(request.principal(), request.id(), request.query().page(), room));
  }
}
