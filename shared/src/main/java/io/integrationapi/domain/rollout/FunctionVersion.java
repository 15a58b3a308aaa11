package io.integrationapi.domain.rollout;

/**
 * A published version of a function.
 *
 * @param function its name
 * @param version its number
 */
public record FunctionVersion(String function, String version) {}
