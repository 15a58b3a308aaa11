package io.integrationapi.domain.integration;

import io.integrationapi.domain.invocation.ClockAndRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The {@code _id} of an integration: 24 lower-case hexadecimal digits (contract section 2). The
 * first eight are the second of its creation, so that ids sort roughly by age.
 *
 * @param value the 24 digits
 */
public record IntegrationId(String value) implements Comparable<IntegrationId> {
  private static final int RANDOM_BITS = 54;
  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{24}");

  /**
   * @throws IllegalArgumentException if the value is not 24 lower-case hexadecimal digits
   */
  public IntegrationId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an id of 24 lower-case hexadecimal digits");
    }
  }

  /**
   * An id that nothing else has: seconds, milliseconds of the second, and 54 bits of chance.
   *
   * @param now the integration's {@code createdAt}, so that the order of ids is that of creation
   */
  public static IntegrationId next(Instant now, RandomGenerator random) {
    long millis = now.toEpochMilli() % 1000;
    HexFormat hex = HexFormat.of();
    return new IntegrationId(
        hex.toHexDigits((int) now.getEpochSecond())
            + hex.toHexDigits(
                (millis << RANDOM_BITS) | (random.nextLong() >>> (Long.SIZE - RANDOM_BITS))));
  }

  /** An id that nothing else has, made now. */
  public static IntegrationId next(ClockAndRandom clockAndRandom) {
    return next(clockAndRandom.clock().instant(), clockAndRandom.random());
  }

  /** The id that a caller wrote, or nothing if no integration can have it. */
  public static Optional<IntegrationId> parse(String text) {
    return isValid(text) ? Optional.of(new IntegrationId(text)) : Optional.empty();
  }

  static boolean isValid(String text) {
    return FORMAT.matcher(text).matches();
  }

  @Override
  public int compareTo(IntegrationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
