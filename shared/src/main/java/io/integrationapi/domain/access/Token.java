package io.integrationapi.domain.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token.
 *
 * @param principal whose it is, and what it lets them do
 * @param label what it is for, in the words of the operator who minted it, or null
 * @param expiresAt from when on it is refused, or null if it does not expire
 * @param revokedAt since when it is refused, or null if it is not revoked
 */
public record Token(
    TokenHash hash,
    Principal principal,
    @Nullable String label,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  /** Whoever bears it, as the author of what is written with it. */
  public Author.Bearer bearer() {
    return new Author.Bearer(principal, hash, label);
  }

  /** Whether it is good for a request now. */
  public boolean isValidAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }
}
