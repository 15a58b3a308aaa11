package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * How large the members are that callers write, each with its name, colon and comma, as UTF-8 JSON
 * without white space, in bytes. Account and publisher write without reading each other's part, so
 * the store keeps the size of either and the write of one leaves room for the other.
 */
public final class DocumentSize {
  /** What all members together may have: the braces count too, and the last member has no comma. */
  public static final int MAX_MEMBER_BYTES = Document.MAX_BYTES - 1;

  /** The most that a connector's id takes, each character of it escaped. */
  public static final int MAX_CONNECTOR_BYTES =
      "\"_connectorId\":\"\",".length() + 6 * ConnectorId.MAX_LENGTH;

  private static final int BRACES = 2;
  private static final int COMMA = 1;

  private DocumentSize() {}

  /** The labels and the configuration: what the account writes. */
  public static int of(Labels labels, Configuration configuration) {
    return member(Member.NAME, labels.countedName())
        + member(Member.DESCRIPTION, labels.description())
        + member(Member.README, labels.readme())
        + members(configuration.json());
  }

  /**
   * What the publisher writes. What the server sets as well does not count: what was read at the
   * limit must be what can be sent back.
   */
  public static int of(PublisherMembers publisherMembers) {
    return publisherMembers.values().entrySet().stream()
        .filter(member -> member.getKey().counts())
        .mapToInt(member -> member(member.getKey(), member.getValue().bytes()))
        .sum();
  }

  /** The connector's id, where there is one. */
  public static int of(@Nullable ConnectorId connectorId) {
    return member(Member.CONNECTOR_ID, connectorId == null ? null : connectorId.value());
  }

  private static int member(Member member, @Nullable String value) {
    return value == null ? 0 : member(member, JsonText.sizeInBytes(value));
  }

  private static int member(Member member, int valueBytes) {
    return member.key().length() + "\"\":,".length() + valueBytes;
  }

  /** The members of an object, each with its comma, without the braces. */
  private static int members(Json object) {
    return object.bytes() == BRACES ? 0 : object.bytes() - BRACES + COMMA;
  }
}
