package io.integrationapi.domain.history;

import io.integrationapi.domain.integration.Outcome;

/**
 * What came of bringing an earlier state back.
 *
 * @param anew whether the integration was deleted, and was made anew
 */
public record Reverted(Outcome outcome, boolean anew) {}
