package io.integrationapi.local.gateway;

import java.util.Map;

/** Fills a store that is empty. */
@FunctionalInterface
interface Seed {

  /**
   * Fills it. If that fails or is cut off, the store is emptied and it is asked again at the next
   * start.
   *
   * @param environment what the functions are given: where the store is, and the names of its
   *     tables
   */
  void fill(Map<String, String> environment);
}
