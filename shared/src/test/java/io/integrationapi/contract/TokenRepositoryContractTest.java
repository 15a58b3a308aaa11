package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.testing.EveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link io.integrationapi.domain.access.TokenRepository} keeps. */
@EveryStore
class TokenRepositoryContractTest {
  private final Ports ports = new Ports();
  private final TokenHash hash = hash("token");

  @ParameterizedTest
  @EnumSource
  void token_is_found_as_it_was_saved(Scope scope) {
    for (Principal principal :
        new Principal[] {
          new Principal.Account(ports.alice, scope), new Principal.Connector(ports.connector, scope)
        }) {
      Token token = new Token(hash, principal, null, null, null);
      ports.tokens.add(token);

      assertEquals(Optional.of(token), ports.tokens.find(hash));
    }
  }

  @Test
  void token_is_found_valid_or_not() {
    Stream.of(
            token(ports.now().plusSeconds(1).plusNanos(1_500_000)),
            token(ports.now().minusSeconds(1)),
            new Token(hash, ports.asAlice, null, ports.now(), ports.now().minusNanos(1_000)),
            new Token(hash, ports.asAlice, null, null, ports.now()))
        .forEach(token -> {
          ports.tokens.add(token);
          assertEquals(Optional.of(token), ports.tokens.find(hash));
        });
  }

  @Test
  void token_of_the_same_hash_is_replaced_as_a_whole() {
    ports.tokens.add(new Token(hash, ports.asConnector, null, ports.now(), ports.now()));
    Token next = token(null);

    ports.tokens.add(next);

    assertEquals(Optional.of(next), ports.tokens.find(hash));
  }

  @Test
  void token_of_another_hash_is_another() {
    ports.tokens.add(token(null));

    assertEquals(Optional.empty(), ports.tokens.find(hash("other")));
  }

  @Test
  void token_is_revoked_once_and_keeps_its_time() {
    Token token = token(null);
    ports.tokens.add(token);
    Instant first = ports.now();

    Optional<Token> revoked = ports.tokens.revoke(hash, first);
    ports.pass(Duration.ofSeconds(5));

    assertEquals(Optional.of(new Token(hash, ports.asAlice, null, null, first)), revoked);
    assertEquals(revoked, ports.tokens.revoke(hash, ports.now()));
    assertEquals(revoked, ports.tokens.find(hash));
  }

  @Test
  void token_that_is_not_there_is_not_revoked_into_being() {
    assertEquals(Optional.empty(), ports.tokens.revoke(hash, ports.now()));
    assertEquals(Optional.empty(), ports.tokens.find(hash));
  }

  @Test
  void label_is_kept() {
    Token labelled = new Token(hash, ports.asAlice, "for the nightly export", null, null);
    ports.tokens.add(labelled);

    assertEquals(Optional.of(labelled), ports.tokens.find(hash));
  }

  private Token token(@Nullable Instant expiresAt) {
    return new Token(hash, ports.asAlice, null, expiresAt, null);
  }

  /** All tests share a table. */
  private TokenHash hash(String token) {
    return TokenHash.of(ports.alice + token);
  }
}
