package io.integrationapi.domain.history;

import io.integrationapi.domain.json.Json;

/**
 * A state that an integration had.
 *
 * @param document as GET answered it then
 * @param managed whether the integration was; it never changes, and no document tells
 */
public record KeptState(Json document, boolean managed) {}
