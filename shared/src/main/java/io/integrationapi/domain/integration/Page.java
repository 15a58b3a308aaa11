package io.integrationapi.domain.integration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, by {@code _id} ascending.
 *
 * @param next where the next part begins, or null if this is the last
 */
public record Page<T>(List<T> entries, @Nullable Position next) {
  /**
   * A place in a list.
   *
   * @param after the last {@code _id} before it, or null for the beginning
   * @param until ids from here on are left out, so that a list that others keep adding to ends
   */
  public record Position(@Nullable IntegrationId after, IntegrationId until) {}

  /**
   * What to read.
   *
   * @param limit the most entries, 1 to {@value #MAX_LIMIT}; a page may have fewer
   */
  public record Request(int limit, Position from) {
    /** The place behind an entry. */
    public Position behind(IntegrationId last) {
      return new Position(last, from.until());
    }
  }

  /** The most entries of one page. */
  public static final int MAX_LIMIT = 1000;
}
