package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.json.CanonicalDigest;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A caller's wish that a request has one effect, however often it arrives (contract section 3). It
 * is recorded in the same transaction as that effect, so there is never one without the other, and
 * nothing that a crash could leave behind.
 *
 * @param caller whose key it is
 * @param key the caller's words, 1 to {@value #MAX_KEY_LENGTH} characters
 * @param requestDigest equal for equal requests; the request itself is not kept
 * @param expires from when on the key is free again
 */
public record IdempotencyClaim(
    Principal caller, String key, String requestDigest, Instant expires) {
  /** The longest key, in characters. */
  public static final int MAX_KEY_LENGTH = 255;

  /** How long a key is remembered. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /**
   * A claim made now.
   *
   * @param operation what the caller wants, and of which integration
   * @param body what it was asked with; two that are equal as JSON values are one request
   */
  public static IdempotencyClaim of(
      Principal caller, String key, String operation, JsonNode body, Instant now) {
    ArrayNode request = JsonNodeFactory.instance.arrayNode().add(operation).add(body);
    return new IdempotencyClaim(caller, key, CanonicalDigest.of(request), now.plus(LIFETIME));
  }
}
