package io.integrationapi.domain.integration;

import io.integrationapi.domain.invocation.ClockAndRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one state of one document: every write gives it a fresh one, and nothing else does. It is
 * the opaque part of the {@code ETag}, and the id by which the store recognises a write of its own
 * whose answer was lost.
 *
 * @param value 24 lower-case hexadecimal digits: 12 of Unix time in milliseconds, 12 of chance; so
 *     texts sort by the time at which they were made
 */
public record Revision(String value) {
  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{24}");
  private static final int DIGITS = 12;

  /**
   * @throws IllegalArgumentException if the value cannot have been made by {@link #next}
   */
  public Revision {
    if (!FORMAT.matcher(value).matches()) {
      throw new IllegalArgumentException("not a revision");
    }
  }

  /** A revision that nobody has seen. */
  public static Revision next(Instant now, RandomGenerator random) {
    HexFormat hex = HexFormat.of();
    return new Revision(
        hex.toHexDigits(now.toEpochMilli(), DIGITS) + hex.toHexDigits(random.nextLong(), DIGITS));
  }

  /** A revision that nobody has seen, made now. */
  public static Revision next(ClockAndRandom clockAndRandom) {
    return next(clockAndRandom.clock().instant(), clockAndRandom.random());
  }

  /** A bound between the revisions that are made before a moment and those made from it on. */
  public static Revision firstAt(Instant moment) {
    return new Revision(
        HexFormat.of().toHexDigits(moment.toEpochMilli(), DIGITS) + "0".repeat(DIGITS));
  }

  /** The revision that a caller wrote, or nothing if no document can have it. */
  public static Optional<Revision> parse(String text) {
    return FORMAT.matcher(text).matches() ? Optional.of(new Revision(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
