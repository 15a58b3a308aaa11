package io.integrationapi.functions;

import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code GET /connectors/{_id}/installBase}: where the connector is installed, and how far. */
public final class ListInstallBaseHandler extends ApiHandler<Requests.InstallBase> {
  private final IntegrationRepository integrations;

  /** From the function's environment. */
  public ListInstallBaseHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ListInstallBaseHandler(Components components) {
    super(components.metrics(), components.requests()::installBase);
    this.integrations = components.integrations();
  }

  @Override
  protected Answer answer(Requests.InstallBase request) {
    return Answers.installBase(
        request.query(),
        request.links(),
        room -> integrations.installBase(request.connectorId(), request.query().page(), room));
  }
}
