package io.integrationapi.domain.history;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.IntegrationId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the records of the table's stream. It never throws: what it cannot read, it says. */
public interface ChangeReader {
  /**
   * What a record tells.
   *
   * @param item which item it is about; records of one item must be kept in their order
   */
  record Reading(String item, Content content) {}

  /** What a record tells. */
  sealed interface Content {
    /** No change of an integration. */
    record Nothing() implements Content {}

    /** A change. */
    record Change(IntegrationChange change) implements Content {}

    /**
     * Something that cannot be read.
     *
     * @param account whose integration it is about, or null if not even that can be read
     * @param entry the row that says so
     */
    record Unreadable(
        @Nullable AccountId account, @Nullable IntegrationId id, HistoryEntry entry, Throwable why)
        implements Content {}
  }

  /** Reads one record. */
  Reading read(JsonNode record);
}
