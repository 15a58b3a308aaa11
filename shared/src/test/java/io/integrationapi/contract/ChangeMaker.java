package io.integrationapi.contract;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Configuration;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.Revision;
import org.jspecify.annotations.Nullable;

/** Makes a change: it says nothing of the publisher's members and asks for nothing, unless said. */
final class ChangeMaker {
  private final Ports ports;
  private final Integration integration;
  private Labels labels = new Labels("Changed", null, null);
  private Configuration configuration;
  private @Nullable PublisherMembers publisherMembers;
  private @Nullable ConnectorId connectorId;
  private boolean managed;
  private boolean underLock;
  private @Nullable Revision basis;
  private Precondition precondition = Precondition.NONE;

  ChangeMaker(Ports ports, Integration integration) {
    this.ports = ports;
    this.integration = integration;
    this.configuration = integration.configuration();
    this.managed = integration.managed();
  }

  ChangeMaker labels(String name, @Nullable String description, @Nullable String readme) {
    this.labels = new Labels(name, description, readme);
    return this;
  }

  ChangeMaker configured(String json) {
    this.configuration = IntegrationMaker.configuration(json);
    return this;
  }

  ChangeMaker published(PublisherMembers publisherMembers) {
    this.publisherMembers = publisherMembers;
    return this;
  }

  ChangeMaker connector(ConnectorId connectorId) {
    this.connectorId = connectorId;
    return this;
  }

  ChangeMaker forManaged(boolean managed) {
    this.managed = managed;
    return this;
  }

  ChangeMaker underLock() {
    this.underLock = true;
    return this;
  }

  ChangeMaker basedOn(Revision basis) {
    this.basis = basis;
    return this;
  }

  ChangeMaker asking(Precondition precondition) {
    this.precondition = precondition;
    return this;
  }

  Change make() {
    return new Change(
        integration.id(),
        labels,
        configuration,
        publisherMembers,
        connectorId,
        managed,
        underLock,
        basis,
        precondition,
        ports.authorship());
  }

  /** Makes it and has it carried out. */
  ChangeResult as(Principal principal) {
    return ports.integrations.change(principal, make());
  }
}
