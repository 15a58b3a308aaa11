package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.ConnectorId;
import io.integrationapi.testing.EveryStore;
import org.junit.jupiter.api.Test;

/** What {@link io.integrationapi.domain.ConnectorRegistry} knows. */
@EveryStore
class ConnectorRegistryContractTest {
  private final Ports ports = new Ports();

  @Test
  void connector_is_registered_from_its_registration_on() {
    assertFalse(ports.connectors.isRegistered(ports.connector));

    ports.connectors.register(ports.connector);

    assertTrue(ports.connectors.isRegistered(ports.connector));
  }

  @Test
  void second_registration_changes_nothing() {
    ports.connectors.register(ports.connector);
    ports.connectors.register(ports.connector);

    assertTrue(ports.connectors.isRegistered(ports.connector));
  }

  @Test
  void another_connector_is_not_registered_with_it() {
    ports.connectors.register(ports.connector);

    assertFalse(ports.connectors.isRegistered(new ConnectorId(ports.nextId().value())));
  }

  @Test
  void integration_does_not_register_its_connector() {
    ports.anIntegration().withConnector().keep();

    assertFalse(ports.connectors.isRegistered(ports.connector));
  }
}
