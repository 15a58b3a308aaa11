package io.integrationapi.functions;

import io.integrationapi.domain.history.TakeSnapshot;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.HistoryAnswers;
import io.integrationapi.edge.HistoryRequests;
import io.integrationapi.edge.Priming;
import io.integrationapi.wiring.Components;

/** {@code POST /integrations/{_id}/revisions/create}: names the present state. */
public final class CreateSnapshotHandler extends ApiHandler<HistoryRequests.Snapshot> {
  private final TakeSnapshot takeSnapshot;

  /** From the function's environment. */
  public CreateSnapshotHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public CreateSnapshotHandler(Components components) {
    super(components.metrics(), components.historyRequests()::snapshot);
    this.takeSnapshot = components.takeSnapshot();
  }

  @Override
  protected Answer answer(HistoryRequests.Snapshot request) {
    return HistoryAnswers.snapshot(
        takeSnapshot.take(
            request.principal(),
            request.id(),
            request.description(),
            request.ignoreIfNoChanges(),
            request.authorship()),
        request);
  }

  @Override
  protected Priming priming() {
    return Priming.withBody("{}");
  }
}
