package io.integrationapi.domain.access;

import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps tokens by their hashes.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store does not answer in time.
 */
public interface TokenRepository {
  /** The token of that hash, valid or not. */
  Optional<Token> find(TokenHash hash);

  /**
   * Keeps a token, and with a connector's token registers the connector (contract section 1), both
   * or neither. A connector that is registered stays so; a token of the same hash is replaced.
   */
  void add(Token token);

  /**
   * Revokes a token from now on; one that is revoked already keeps its time.
   *
   * @return the token as it is then, or nothing if there is none
   */
  Optional<Token> revoke(TokenHash hash, Instant now);
}
