package io.integrationapi.domain.access;

/**
 * Knows the connectors of this place. Minting a token of a connector registers it ({@link
 * TokenRepository#add}); one that is registered stays so.
 */
public interface ConnectorRegistry {
  /** Whether a token was ever minted for the connector (contract section 1). */
  boolean isRegistered(ConnectorId connectorId);
}
