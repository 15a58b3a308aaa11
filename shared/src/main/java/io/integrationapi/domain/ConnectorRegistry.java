package io.integrationapi.domain;

/** Knows the connectors of this place; one that is registered stays so. */
public interface ConnectorRegistry {
  /** Whether a token was ever minted for the connector (contract section 1). */
  boolean isRegistered(ConnectorId connectorId);

  /** Registers a connector; a second time changes nothing. */
  void register(ConnectorId connectorId);
}
