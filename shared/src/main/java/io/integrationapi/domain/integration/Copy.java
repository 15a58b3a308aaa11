package io.integrationapi.domain.integration;

/**
 * A clone that is ready to be written (contract section 6).
 *
 * @param source the integration as it was read; it must still be so, and unlocked
 * @param integration the copy of that state
 * @param precondition what the caller asked of the source
 */
public record Copy(Integration source, Integration integration, Precondition precondition) {}
