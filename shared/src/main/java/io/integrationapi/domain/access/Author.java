package io.integrationapi.domain.access;

import org.jspecify.annotations.Nullable;

/** Who writes. */
public sealed interface Author {
  /**
   * The bearer of a token.
   *
   * @param tokenId which token it is, or null if the authorizer did not say
   * @param label what the token is for, in the words of the operator who minted it, or null
   */
  record Bearer(Principal principal, @Nullable TokenHash tokenId, @Nullable String label)
      implements Author {}

  /**
   * An operator, by a function that only IAM can invoke.
   *
   * @param name as the operator gave it, or null
   */
  record Operator(@Nullable String name) implements Author {}

  /** Nobody knows: it was written before authors were kept. */
  record Unknown() implements Author {}
}
