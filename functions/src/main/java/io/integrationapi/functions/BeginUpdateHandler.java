package io.integrationapi.functions;

import io.integrationapi.domain.BeginUpdate;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Priming;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code PUT /connectors/{_id}/update}: begins a managed update in many accounts. */
public final class BeginUpdateHandler extends ApiHandler<Requests.UpdateBeginning> {
  private final BeginUpdate beginUpdate;

  /** From the function's environment. */
  public BeginUpdateHandler() {
    this(Components.fromEnvironment());
  }

  /** From components that are there. */
  public BeginUpdateHandler(Components components) {
    super(components.metrics(), components.requests()::beginUpdate);
    this.beginUpdate = components.beginUpdate();
  }

  @Override
  protected Answer answer(Requests.UpdateBeginning request) {
    return Answers.updates(beginUpdate.begin(request.connectorId(), request.ids()));
  }

  @Override
  protected Priming priming() {
    return Priming.withBody(Priming.idList());
  }
}
