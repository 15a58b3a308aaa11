package io.integrationapi.contract;

import io.integrationapi.domain.integration.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page that was read into a room without bounds.
 *
 * @param next null for the last page
 */
record ReadPage<T>(List<T> entries, Page.@Nullable Position next) {
  static <T> ReadPage<T> of(Function<Page.Room<T>, Optional<Page.Position>> list) {
    List<T> entries = new ArrayList<>();
    Page.Position next = list.apply(entries::add).orElse(null);
    return new ReadPage<>(List.copyOf(entries), next);
  }
}
