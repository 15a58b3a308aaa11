package io.integrationapi.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the body of a request says an integration should be, checked for all that can be checked
 * without knowing the integration.
 *
 * @param connectorId as sent, or null if it was not
 */
public record Draft(
    Labels labels,
    Configuration configuration,
    Publication publication,
    @Nullable ConnectorId connectorId) {}
