package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.history.FieldChanges;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.HistoryEvent;
import io.integrationapi.domain.history.KeptState;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps rows of the history to items and back. */
final class HistoryItems {
  static final String EXPIRES = "expires";

  private HistoryItems() {}

  /**
   * The item of a row.
   *
   * @param recordedAt when it is kept, which tells how far the recorder is behind
   */
  static Map<String, AttributeValue> entry(
      AccountId account,
      IntegrationId id,
      HistoryEntry entry,
      @Nullable Instant expires,
      Instant recordedAt) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.entry(account, id, entry.id()));
    item.put("number", ChangeNumbers.number(entry.number()));
    item.put("event", text(entry.event().name()));
    item.put("time", text(Document.time(entry.time())));
    item.put("recordedAt", text(Document.time(recordedAt)));
    AuthorshipAttributes.putAuthor(item, entry.by(), entry.requestId());
    if (entry.previous() != null) {
      item.put("previous", ChangeNumbers.number(entry.previous()));
    }
    putText(item, "version", entry.version());
    putText(item, "etag", entry.etag() == null ? null : entry.etag().value());
    putText(item, "description", entry.description());
    if (!entry.fieldChanges().list().tree().isEmpty()) {
      item.put("fieldChanges", text(entry.fieldChanges().list().text()));
    }
    if (entry.fieldChanges().truncated()) {
      item.put("truncated", AttributeValue.fromBool(true));
    }
    putExpiry(item, expires);
    return item;
  }

  static HistoryEntry entry(Map<String, AttributeValue> item) {
    AttributeValue changes = item.get("fieldChanges");
    AttributeValue previous = item.get("previous");
    String etag = textOf(item, "etag");
    String requestId = textOf(item, "requestId");
    return new HistoryEntry(
        new RevisionId(required(item, Keys.SORT).substring(Keys.ENTRY_PREFIX.length())),
        Long.parseLong(requireNonNull(item.get("number")).n()),
        previous == null ? null : Long.valueOf(previous.n()),
        HistoryEvent.valueOf(required(item, "event")),
        Document.parseTime(required(item, "time")),
        AuthorshipAttributes.author(item),
        requestId == null ? "" : requestId,
        textOf(item, "version"),
        etag == null ? null : new Revision(etag),
        textOf(item, "description"),
        new FieldChanges(
            changes == null ? FieldChanges.NONE.list() : Json.ofText(changes.s()),
            item.containsKey("truncated")));
  }

  /** The item of a state: compressed where that makes it smaller. */
  static Map<String, AttributeValue> state(
      AccountId account,
      IntegrationId id,
      RevisionId revisionId,
      KeptState state,
      @Nullable Instant expires) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.state(account, id, revisionId));
    item.put("managed", AttributeValue.fromBool(state.managed()));
    byte[] packed = PackedText.pack(state.document().text());
    if (packed.length < state.document().bytes()) {
      item.put("packed", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(packed)));
    } else {
      item.put("document", text(state.document().text()));
    }
    putExpiry(item, expires);
    return item;
  }

  static KeptState state(Map<String, AttributeValue> item) {
    AttributeValue packed = item.get("packed");
    return new KeptState(
        Json.ofText(
            packed == null
                ? required(item, "document")
                : PackedText.unpack(packed.b().asByteArrayUnsafe())),
        requireNonNull(item.get("managed")).bool());
  }

  /** Whether it is as good as gone, which the table's TTL may notice days later. */
  static boolean isExpired(Map<String, AttributeValue> item, Instant now) {
    AttributeValue expires = item.get(EXPIRES);
    return expires != null && Long.parseLong(expires.n()) <= now.getEpochSecond();
  }

  private static void putExpiry(Map<String, AttributeValue> item, @Nullable Instant expires) {
    if (expires != null) {
      item.put(EXPIRES, ChangeNumbers.number(expires.getEpochSecond()));
    }
  }

  private static void putText(
      Map<String, AttributeValue> item, String name, @Nullable String value) {
    if (value != null) {
      item.put(name, text(value));
    }
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static @Nullable String textOf(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    return requireNonNull(textOf(item, name));
  }
}
