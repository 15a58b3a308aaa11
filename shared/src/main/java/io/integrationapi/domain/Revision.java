package io.integrationapi.domain;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one state of one document: every write gives it a fresh one, and nothing else does. It is
 * the opaque part of the {@code ETag}, and the id by which the store recognises a write of its own
 * whose answer was lost.
 *
 * @param value 22 characters of base64url: 6 bytes of Unix time in milliseconds, 10 of chance
 */
public record Revision(String value) {
  private static final int TIME_BYTES = 6;
  private static final int RANDOM_BYTES = 10;
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{22}");

  /**
   * @throws IllegalArgumentException if the value cannot have been made by {@link #next}
   */
  public Revision {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a revision");
    }
  }

  /** A revision that nobody has seen. */
  public static Revision next(Instant now, RandomGenerator random) {
    byte[] bytes = new byte[TIME_BYTES + RANDOM_BYTES];
    random.nextBytes(bytes);
    long millis = now.toEpochMilli();
    for (int i = TIME_BYTES - 1; i >= 0; i--) {
      bytes[i] = (byte) millis;
      millis >>>= Byte.SIZE;
    }
    return new Revision(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The revision that a caller wrote, or nothing if no document can have it. */
  public static Optional<Revision> parse(String text) {
    return isValid(text) ? Optional.of(new Revision(text)) : Optional.empty();
  }

  /** When it was made, by the clock of whoever made it. */
  public Instant madeAt() {
    byte[] bytes = Base64.getUrlDecoder().decode(value);
    long millis = 0;
    for (int i = 0; i < TIME_BYTES; i++) {
      millis = (millis << Byte.SIZE) | Byte.toUnsignedLong(bytes[i]);
    }
    return Instant.ofEpochMilli(millis);
  }

  private static boolean isValid(String text) {
    return FORMAT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
