package io.integrationapi.domain.access;

import io.integrationapi.domain.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that is ever kept of a token; it names the token to operators, as its {@code _tokenId}.
 *
 * @param value a SHA-256, 64 hexadecimal digits
 */
public record TokenHash(String value) {
  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{64}");

  /** The hash that an operator wrote, or nothing if no token can have it. */
  public static Optional<TokenHash> parse(String text) {
    return FORMAT.matcher(text).matches() ? Optional.of(new TokenHash(text)) : Optional.empty();
  }

  /** The hash of a token as its bearer sends it. */
  public static TokenHash of(String token) {
    return new TokenHash(Sha256.hex(token));
  }

  /** Compares in a time that does not tell where the two differ. */
  public boolean sameAs(TokenHash other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }
}
