package io.integrationapi.local.stack;

import java.time.Duration;
import java.util.Optional;

/**
 * A Lambda authorizer of type TOKEN.
 *
 * @param name its name in the API
 * @param function the logical id of the function that decides
 * @param header the header that carries the token
 * @param cacheFor how long a policy serves the same token; zero asks each time
 * @param validation a regular expression that a token has to match as a whole before the function
 *     is asked
 */
public record TokenAuthorizer(
    String name, String function, String header, Duration cacheFor, Optional<String> validation) {}
