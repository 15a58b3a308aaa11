package io.integrationapi.domain.access;

import java.time.InstantSource;
import java.util.Optional;

/** Tells whose token came with a request (contract section 1). */
public final class Authenticator {
  private final TokenRepository tokens;
  private final InstantSource clock;

  public Authenticator(TokenRepository tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The token as it is kept, or nothing if it is unknown, expired or revoked. One store request.
   */
  public Optional<Token> authenticate(String token) {
    TokenHash hash = TokenHash.of(token);
    return tokens
        .find(hash)
        .filter(found -> found.hash().sameAs(hash))
        .filter(found -> found.isValidAt(clock.instant()));
  }
}
