package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * The members that the publisher alone writes. In a body a null says that the member was not sent;
 * in an integration, that it has no value.
 *
 * @param steps the array {@code install}
 */
public record PublisherMembers(
    @Nullable Mode mode,
    @Nullable String version,
    @Nullable Boolean updateInProgress,
    @Nullable Json steps) {
  /** Nothing of it was sent, or nothing has a value. */
  public static final PublisherMembers NONE = new PublisherMembers(null, null, null, (Json) null);

  /** The same, with the steps as a tree. */
  public static PublisherMembers of(
      @Nullable Mode mode,
      @Nullable String version,
      @Nullable Boolean updateInProgress,
      @Nullable ArrayNode install) {
    return new PublisherMembers(
        mode, version, updateInProgress, install == null ? null : Json.of(install));
  }

  /** The steps, which nobody may change, or null. */
  public @Nullable ArrayNode install() {
    return steps == null ? null : (ArrayNode) steps.tree();
  }
}
