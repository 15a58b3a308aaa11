package io.integrationapi.domain.history;

import io.integrationapi.domain.integration.Revision;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code _id} of a row of the history: 24 lower-case hexadecimal digits. The first 14 are the
 * number of the change, so that ids sort by the order of the changes; one says what kind of row it
 * is; nine tell rows of one number apart.
 *
 * @param value the 24 digits
 */
public record RevisionId(String value) implements Comparable<RevisionId> {
  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{24}");
  private static final int NUMBER_DIGITS = 14;
  private static final int TAIL_DIGITS = 9;
  private static final char CHANGE = '0';
  private static final char SNAPSHOT = '8';
  private static final char GAP = 'f';

  /**
   * @throws IllegalArgumentException if the value is not 24 lower-case hexadecimal digits
   */
  public RevisionId {
    if (!FORMAT.matcher(value).matches()) {
      throw new IllegalArgumentException("not an id of 24 lower-case hexadecimal digits");
    }
  }

  /** The id that a caller wrote, or nothing if no row can have it. */
  public static Optional<RevisionId> parse(String text) {
    return FORMAT.matcher(text).matches() ? Optional.of(new RevisionId(text)) : Optional.empty();
  }

  /** Of a change: it follows from the change, so that a repetition finds the row that is there. */
  public static RevisionId ofChange(long number, Revision revision) {
    String text = revision.value();
    return new RevisionId(digits(number) + CHANGE + text.substring(text.length() - TAIL_DIGITS));
  }

  /** Of a snapshot: behind the change that made its state, and behind earlier snapshots of it. */
  public static RevisionId ofSnapshot(long number, Instant at) {
    return new RevisionId(digits(number) + SNAPSHOT + tail(at.toEpochMilli()));
  }

  /** Of what stands for rows that are missing behind the change of that number. */
  public static RevisionId ofGap(long number) {
    return new RevisionId(digits(number) + GAP + tail(0));
  }

  private static String digits(long number) {
    return HexFormat.of().toHexDigits(number, NUMBER_DIGITS);
  }

  private static String tail(long number) {
    return HexFormat.of().toHexDigits(number, TAIL_DIGITS);
  }

  @Override
  public int compareTo(RevisionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
