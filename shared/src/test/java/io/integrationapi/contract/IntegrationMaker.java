package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Configuration;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.json.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an integration: Alice's, with no connector and only what is required, unless said. */
final class IntegrationMaker {
  private final Ports ports;
  private final IntegrationId id;
  private AccountId account;
  private @Nullable IntegrationId sourceId;
  private @Nullable ConnectorId connectorId;
  private boolean managed;
  private Labels labels = new Labels("Given", null, null);
  private Configuration configuration = configuration("{}");
  private PublisherMembers publisherMembers = PublisherMembers.NONE;
  private @Nullable Instant lockedSince;

  IntegrationMaker(Ports ports) {
    this.ports = ports;
    this.id = ports.nextId();
    this.account = ports.alice;
  }

  static Configuration configuration(String json) {
    return new Configuration((ObjectNode) JsonText.readTrusted(json));
  }

  static ArrayNode steps(String json) {
    return (ArrayNode) JsonText.readTrusted(json);
  }

  IntegrationMaker of(AccountId account) {
    this.account = account;
    return this;
  }

  IntegrationMaker copyOf(Integration source) {
    this.sourceId = source.id();
    this.connectorId = source.connectorId();
    return this;
  }

  /** With the connector, which does not publish it. */
  IntegrationMaker withConnector() {
    this.connectorId = ports.connector;
    return this;
  }

  /** With the connector, which publishes it. */
  IntegrationMaker managed() {
    this.connectorId = ports.connector;
    this.managed = true;
    return this;
  }

  IntegrationMaker labels(String name, @Nullable String description, @Nullable String readme) {
    this.labels = new Labels(name, description, readme);
    return this;
  }

  IntegrationMaker configured(String json) {
    this.configuration = configuration(json);
    return this;
  }

  IntegrationMaker published(Mode mode, String version, String steps) {
    this.publisherMembers =
        PublisherMembers.of(mode, version, publisherMembers.updateInProgress(), steps(steps));
    return this;
  }

  /** In an update that began now. */
  IntegrationMaker locked() {
    this.publisherMembers =
        PublisherMembers.of(
            publisherMembers.mode(), publisherMembers.version(), true, publisherMembers.install());
    this.lockedSince = ports.now();
    return this;
  }

  Integration make() {
    return new Integration(
        id,
        account,
        ports.now(),
        sourceId,
        connectorId,
        managed,
        labels,
        configuration,
        publisherMembers,
        lockedSince,
        ports.authorship());
  }

  /** Makes it and keeps it. */
  Integration keep() {
    Integration integration = make();
    assertEquals(new Outcome.Done(integration), ports.integrations.create(integration, null));
    return integration;
  }
}
