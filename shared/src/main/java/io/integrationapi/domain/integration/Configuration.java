package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.CanonicalDigest;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an integration that a managed update locks (contract section 5): {@code settings} and
 * every member that the contract's table does not name, in the order in which they were sent.
 *
 * @param members never changed once it is here
 */
public record Configuration(ObjectNode members) {
  /** Equal for configurations that are equal as JSON values, and only for those. */
  public String digest() {
    return CanonicalDigest.of(members);
  }
}
