package io.integrationapi.functions;

import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.edge.Answer;
import io.integrationapi.edge.Answers;
import io.integrationapi.edge.ApiHandler;
import io.integrationapi.edge.Requests;
import io.integrationapi.wiring.Components;

/** {@code GET /integrations}: a page of the caller's integrations. */
public final class ListIntegrationsHandler extends ApiHandler<Requests.Listing> {
  private final IntegrationRepository integrations;

  /** From the function's environment. */
  public ListIntegrationsHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public ListIntegrationsHandler(Components components) {
    super(components.metrics(), components.requests()::list);
    this.integrations = components.integrations();
  }

  @Override
  protected Answer answer(Requests.Listing request) {
    return Answers.list(
        request.query(),
        request.links(),
        room -> integrations.list(request.principal(), request.query().page(), room));
  }
}
