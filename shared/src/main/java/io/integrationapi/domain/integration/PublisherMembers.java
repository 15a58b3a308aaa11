package io.integrationapi.domain.integration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * The members that the publisher alone writes. In a body a null says that the member was not sent;
 * in an integration, that it has no value.
 *
 * @param install the steps, never changed once they are here
 */
public record PublisherMembers(
    @Nullable Mode mode,
    @Nullable String version,
    @Nullable Boolean updateInProgress,
    @Nullable ArrayNode install) {
  /** Nothing of it was sent, or nothing has a value. */
  public static final PublisherMembers NONE = new PublisherMembers(null, null, null, null);
}
