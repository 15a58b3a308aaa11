package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An update in progress: while it is held, nobody but the publisher changes the configuration
 * (contract section 5).
 *
 * @param since when it began
 * @param connectorId whose update it is, or null if the integration has no connector
 */
public record Lock(Instant since, @Nullable ConnectorId connectorId) {}
