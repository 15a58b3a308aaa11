package io.integrationapi.domain.history;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes the rows of the history from the records of the table's stream.
 *
 * <p>Records arrive at least once, and in order for each item. The key of a row follows from its
 * change, so a repetition finds it there. Of an integration whose record could not be kept no later
 * record is kept in the same batch: its rows never have a hole.
 */
public final class RecordChanges {
  private final ChangeReader reader;
  private final History history;
  private final HistorySettings settings;

  public RecordChanges(ChangeReader reader, History history, HistorySettings settings) {
    this.reader = reader;
    this.history = history;
    this.settings = settings;
  }

  /**
   * A record of the stream.
   *
   * @param sequenceNumber names it to the platform
   */
  public record StreamRecord(String sequenceNumber, JsonNode content) {}

  /**
   * Records a batch.
   *
   * @param failures told of what went wrong
   * @return the sequence numbers of the records that are not kept, which must come again
   */
  public List<String> record(List<StreamRecord> batch, Consumer<Throwable> failures) {
    if (!settings.isOn()) {
      return List.of();
    }
    List<String> failed = new ArrayList<>();
    Set<String> stopped = new HashSet<>();
    for (StreamRecord record : batch) {
      ChangeReader.Reading reading = reader.read(record.content());
      if (stopped.contains(reading.item())) {
        failed.add(record.sequenceNumber());
        continue;
      }
      try {
        if (Deadline.isOver()) {
          throw new StoreUnavailableException("no time is left for this batch");
        }
        keep(reading.content(), failures);
      } catch (RuntimeException e) {
        failures.accept(e);
        failed.add(record.sequenceNumber());
        stopped.add(reading.item());
      }
    }
    return failed;
  }

  private void keep(ChangeReader.Content content, Consumer<Throwable> failures) {
    switch (content) {
      case ChangeReader.Content.Nothing() -> {}
      case ChangeReader.Content.Change(IntegrationChange change) -> keep(change, failures);
      case ChangeReader.Content.Unreadable(var account, var id, HistoryEntry entry, var why) -> {
        failures.accept(why);
        if (account != null && id != null) {
          history.keep(account, id, entry, null, settings.expiry(entry.time()));
        }
      }
    }
  }

  private void keep(IntegrationChange change, Consumer<Throwable> failures) {
    Instant expires = settings.expiry(change.authorship().at());
    for (Row row : rows(change, failures)) {
      history.keep(change.account(), change.id(), row.entry(), row.state(), expires);
    }
    if (change.after() == null) {
      history.letSnapshotsExpire(change.account(), change.id(), expires);
      history.forgetDeletion(change);
    }
  }

  private record Row(HistoryEntry entry, @Nullable KeptState state) {}

  /** Whatever is wrong with a change would be wrong each time: its row says so. */
  private static List<Row> rows(IntegrationChange change, Consumer<Throwable> failures) {
    try {
      List<Row> rows = new ArrayList<>();
      HistoryEntry baseline = change.baseline();
      if (baseline != null) {
        rows.add(new Row(baseline, IntegrationChange.state(requireNonNull(change.before()))));
      }
      Integration after = change.after();
      rows.add(new Row(change.entry(), after == null ? null : IntegrationChange.state(after)));
      return rows;
    } catch (RuntimeException e) {
      failures.accept(e);
      return List.of(new Row(change.unreadable(), null));
    }
  }
}
