package io.integrationapi.local.stack;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How the template words an answer that the gateway makes itself.
 *
 * @param status the status it gets; empty leaves the type's own
 * @param headers name to mapping expression: a literal in single quotes, or {@code context.…}
 * @param templates media type to mapping template
 */
public record GatewayResponse(
    OptionalInt status, Map<String, String> headers, Map<String, String> templates) {}
