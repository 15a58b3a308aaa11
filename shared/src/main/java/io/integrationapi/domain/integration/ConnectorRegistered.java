package io.integrationapi.domain.integration;

/**
 * Refused: the integration was made as a self-managed one, and its connector was registered before
 * it could be kept. It must be a managed one (contract section 1).
 */
public record ConnectorRegistered() implements CreateResult, CopyResult {}
