package io.integrationapi.functions;

import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;
import java.time.Duration;

/** {@code PUT /connectors/{_id}/update}: begins a managed update in many accounts. */
public final class BeginUpdateHandler extends ApiHandler<Requests.UpdateBeginning> {
  /** Of the function's twenty seconds: enough for a thousand updates when the store is slow. */
  private static final Duration BUDGET = Duration.ofSeconds(15);

  private final BeginUpdate beginUpdate;

  /** From the function's environment. */
  public BeginUpdateHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public BeginUpdateHandler(Components components) {
    super(components.metrics(), components.requests()::beginUpdate, BUDGET);
    this.beginUpdate = components.beginUpdate();
  }

  @Override
  protected Answer answer(Requests.UpdateBeginning request) {
    return Answers.updates(
        beginUpdate.begin(request.connectorId(), request.ids(), request.authorship()));
  }

  @Override
  protected Priming priming() {
    return Priming.withBody(Priming.idList());
  }
}
