package io.integrationapi.domain.integration;

import org.jspecify.annotations.Nullable;

/** A part of a list: what is asked for, where it begins, and what it has room for. */
public final class Page {
  /** The most entries of one page. */
  public static final int MAX_LIMIT = 1000;

  /** The most entries that can be left out at the beginning of a list. */
  public static final int MAX_SKIP = 10_000;

  private Page() {}

  /** The order of a list, by {@code _id}, which is the order of creation. */
  public enum Order {
    ASCENDING,
    DESCENDING
  }

  /**
   * A place in a list.
   *
   * @param after the last {@code _id} before it, or null for the beginning
   * @param last the {@code _id} that the list ends with, so that an ascending list that others keep
   *     adding to ends; null as long as it has no such end
   * @param skip how many entries from here on are left out
   */
  public record Position(@Nullable IntegrationId after, @Nullable IntegrationId last, int skip) {
    /** The beginning of a list of which nothing is left out. */
    public static final Position BEGINNING = new Position(null, null, 0);
  }

  /**
   * What to read.
   *
   * @param limit the most entries, 1 to {@value #MAX_LIMIT}; a page may have fewer
   */
  public record Request(int limit, Position from, Order order, IntegrationFilter filter) {}

  /** The room that a page has for entries. It is asked for each of them in the list's order. */
  @FunctionalInterface
  public interface Room<T> {
    /**
     * Takes an entry.
     *
     * @return false if there is no room for it: the next page begins with it
     */
    boolean takes(T entry);
  }
}
