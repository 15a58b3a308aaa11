package io.integrationapi.domain.access;

import io.integrationapi.domain.invocation.ClockAndRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Mints a token: an operator's job (contract sections 1 and 8). */
public final class MintToken {
  /** What tokens begin with, by which scanners for leaked secrets can tell one. */
  private static final String PREFIX = "iapi_";

  /** More than can be guessed, so that a plain hash of it is all that need be kept. */
  private static final int RANDOM_BYTES = 32;

  private final TokenRepository tokens;
  private final ClockAndRandom clockAndRandom;

  public MintToken(TokenRepository tokens, ClockAndRandom clockAndRandom) {
    this.tokens = tokens;
    this.clockAndRandom = clockAndRandom;
  }

  /**
   * A token as it was asked for.
   *
   * @param principal whose it is, and what it lets them do
   * @param lifetime how long it is good for, or null for as long as it is not revoked
   * @param label what it is for, in the operator's words, or null
   */
  public record Request(Principal principal, @Nullable Duration lifetime, @Nullable String label) {}

  /**
   * A token that was minted.
   *
   * @param secret the token itself, which is shown this once and kept nowhere
   * @param token what is kept of it
   */
  public record Minted(String secret, Token token) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Minted[token=" + token + "]";
    }
  }

  /** Mints, and registers the connector if the token is one's. One store request. */
  public Minted mint(Request request) {
    byte[] random = new byte[RANDOM_BYTES];
    clockAndRandom.random().nextBytes(random);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);

    Duration lifetime = request.lifetime();
    Instant expiresAt = lifetime == null ? null : clockAndRandom.now().plus(lifetime);
    Token token =
        new Token(TokenHash.of(secret), request.principal(), request.label(), expiresAt, null);
    tokens.add(token);
    return new Minted(secret, token);
  }
}
