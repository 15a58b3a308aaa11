package io.integrationapi.testing;

/**
 * What requests to the store cost.
 *
 * @param reads read request units
 * @param tableWrites write request units of the table
 * @param indexWrites write request units of its indexes
 */
public record Units(double reads, double tableWrites, double indexWrites) {
  /** As {@code docs/operating.md} writes it: {@code 1 R, 6 W + 2 W}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (reads > 0) {
      text.append(number(reads)).append(" R");
    }
    if (tableWrites > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(number(tableWrites)).append(" W");
    }
    if (indexWrites > 0) {
      text.append(" + ").append(number(indexWrites)).append(" W");
    }
    return text.toString();
  }

  private static String number(double units) {
    return units == Math.rint(units) ? Long.toString(Math.round(units)) : Double.toString(units);
  }
}
