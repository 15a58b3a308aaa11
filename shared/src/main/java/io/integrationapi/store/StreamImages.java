package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.history.ChangeReader;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.IntegrationChange;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.json.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/**
 * Reads the records of the table's stream, with both images of an item, as Lambda hands them over
 * (DynamoDB's developer guide, "DynamoDB Streams and AWS Lambda triggers").
 *
 * <p>A record is a change of an integration only if the revision changed: an item also remembers
 * attempts that were revoked ({@link GuardedUpdate}), and its key is kept while no integration is
 * there.
 */
final class StreamImages implements ChangeReader {
  private static final int MILLIS = 1000;
  private static final int REVISION_DIGITS = 24;

  @Override
  public Reading read(JsonNode record) {
    JsonNode keys = record.path("dynamodb").path("Keys");
    String item = keys.path(Keys.PARTITION) + "\n" + keys.path(Keys.SORT);
    try {
      return new Reading(item, content(record.path("dynamodb")));
    } catch (RuntimeException e) {
      return new Reading(item, unreadable(record.path("dynamodb"), e));
    }
  }

  private static Content content(JsonNode record) {
    JsonNode keys = record.path("Keys");
    if (!keys.path(Keys.SORT).path("S").asString("").startsWith(Keys.INTEGRATION_PREFIX)) {
      return new Content.Nothing();
    }
    Map<String, AttributeValue> old = image(record, "OldImage");
    Map<String, AttributeValue> now = image(record, "NewImage");
    @Nullable Integration before = integration(old);
    @Nullable Integration after = integration(now);
    if (before == null && after == null) {
      return new Content.Nothing();
    }
    if (before != null && after != null && before.revision().equals(after.revision())) {
      return new Content.Nothing();
    }

    @Nullable Long previous = before == null ? null : ChangeNumbers.of(old);
    Authorship authorship =
        after != null
            ? after.lastWrite()
            : now.containsKey(AuthorshipAttributes.DELETION)
                ? AuthorshipAttributes.ofDeletion(now)
                : unknown(record);
    @Nullable Long number = after == null ? null : ChangeNumbers.of(now);
    if (number == null) {
      // A deletion sets none, and neither does a function of the version before this one.
      number = previous == null ? ChangeNumbers.firstAt(authorship.at()) : previous + 1;
    }
    return new Content.Change(
        new IntegrationChange(
            account(keys), id(keys), number, previous, before, after, authorship));
  }

  private static Content unreadable(JsonNode record, RuntimeException why) {
    Authorship authorship = unknown(record);
    long number = ChangeNumbers.firstAt(authorship.at());
    HistoryEntry entry =
        HistoryEntry.unreadable(
            RevisionId.ofChange(number, authorship.revision()),
            number,
            null,
            authorship.at(),
            authorship.author(),
            authorship.requestId());
    try {
      return new Content.Unreadable(
          account(record.path("Keys")), id(record.path("Keys")), entry, why);
    } catch (RuntimeException _) {
      return new Content.Unreadable(null, null, entry, why);
    }
  }

  /** The author of what nobody signed: somebody deleted the item by hand, for instance. */
  private static Authorship unknown(JsonNode record) {
    long seconds = record.path("ApproximateCreationDateTime").asLong(0);
    String digest = Sha256.hex(record.path("SequenceNumber").asString(""));
    return new Authorship(
        new Author.Unknown(),
        Instant.ofEpochMilli(seconds * MILLIS),
        new Revision(digest.substring(0, REVISION_DIGITS)),
        "");
  }

  private static @Nullable Integration integration(Map<String, AttributeValue> image) {
    return IntegrationMapper.isIntegration(image) ? IntegrationMapper.fromItem(image) : null;
  }

  private static AccountId account(JsonNode keys) {
    return Keys.accountOf(keys.path(Keys.PARTITION).path("S").stringValue());
  }

  private static IntegrationId id(JsonNode keys) {
    return Keys.idOf(keys.path(Keys.SORT).path("S").stringValue());
  }

  private static Map<String, AttributeValue> image(JsonNode record, String name) {
    Map<String, AttributeValue> image = new HashMap<>();
    for (Map.Entry<String, JsonNode> attribute : record.path(name).properties()) {
      image.put(attribute.getKey(), value(attribute.getValue()));
    }
    return image;
  }

  private static AttributeValue value(JsonNode typed) {
    Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(value.stringValue());
      case "N" -> AttributeValue.fromN(value.stringValue());
      case "BOOL" -> AttributeValue.fromBool(value.booleanValue());
      case "NULL" -> AttributeValue.fromNul(true);
      case "B" ->
          AttributeValue.fromB(
              SdkBytes.fromByteArray(Base64.getDecoder().decode(value.stringValue())));
      case "SS" -> AttributeValue.fromSs(texts(value));
      case "NS" -> AttributeValue.fromNs(texts(value));
      case "L" -> AttributeValue.fromL(value.values().stream().map(StreamImages::value).toList());
      case "M" -> {
        Map<String, AttributeValue> members = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          members.put(member.getKey(), value(member.getValue()));
        }
        yield AttributeValue.fromM(members);
      }
      default -> throw new IllegalArgumentException("no type of an attribute: " + only.getKey());
    };
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array.values()) {
      texts.add(element.stringValue());
    }
    return texts;
  }
}
