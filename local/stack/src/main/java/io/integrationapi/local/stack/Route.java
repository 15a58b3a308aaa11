package io.integrationapi.local.stack;

import java.util.Optional;

/**
 * A method of a path that the API has.
 *
 * @param method in upper case, or {@code ANY}
 * @param path as the template writes it, without the stage; a parameter stands in braces
 * @param function the logical id of the function that answers
 * @param authorizer who is asked first, if anybody
 */
public record Route(
    String method, String path, String function, Optional<TokenAuthorizer> authorizer) {}
