package io.integrationapi.domain.json;

/**
 * How large a document may be.
 *
 * @param maxBytes as UTF-8 JSON without white space, in bytes
 * @param maxDepth how many levels of arrays and objects it may have, itself counted as the first
 */
public record JsonLimits(int maxBytes, int maxDepth) {}
