package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.json.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  private DocumentSize() {}

  /**
   * The labels and the configuration: what the account writes. What rules puts before a name does
   * not count, so that a copy of a document at the limit can be written back, too.
   */
  public static int of(Labels labels, Configuration configuration) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.put(Members.NAME, CloneRules.withoutPrefixes(labels.name()));
    putIfPresent(members, Members.DESCRIPTION, labels.description());
    putIfPresent(members, Members.README, labels.readme());
    return memberBytes(members) + memberBytes(configuration.members());
  }

  /**
   * What the publisher writes. Its flags do not count: the server sets them too, and what was read
   * at the limit must be what can be sent back.
   */
  public static int of(PublisherMembers publisherMembers) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    putIfPresent(members, Members.VERSION, publisherMembers.version());
    if (publisherMembers.install() != null) {
      members.set(Members.INSTALL, publisherMembers.install());
    }
    return memberBytes(members);
  }

  /** The connector's id, where there is one. */
  public static int of(@Nullable ConnectorId connectorId) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    putIfPresent(members, Members.CONNECTOR_ID, connectorId == null ? null : connectorId.value());
    return memberBytes(members);
  }

  private static void putIfPresent(ObjectNode members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  private static int memberBytes(ObjectNode members) {
    return members.isEmpty() ? 0 : JsonText.sizeInBytes(members) - 1;
  }
}
