package io.integrationapi.domain;

import java.util.Optional;

/** Keeps tokens by their hashes. */
public interface TokenRepository {
  /** The token of that hash, valid or not. */
  Optional<Token> find(TokenHash hash);

  /** Keeps a token; one of the same hash is replaced. */
  void save(Token token);
}
