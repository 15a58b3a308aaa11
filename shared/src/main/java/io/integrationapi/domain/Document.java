package io.integrationapi.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An integration as callers see it: its JSON, and the limits of that (contract section 2). */
public final class Document {
  /**
   * The most that callers may write of one document, as UTF-8 JSON without white space, in bytes.
   */
  public static final int MAX_BYTES = 350_000;

  /** How deep a document may nest in arrays and objects, itself counted as the first level. */
  public static final int MAX_DEPTH = 100;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Document() {}

  /** The document: the members of the public examples in their order, the rest after them. */
  public static ObjectNode of(Integration integration) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    Labels labels = integration.labels();
    Publication publication = integration.publication();
    ObjectNode configuration = integration.configuration().members();

    document.put(Members.ID, integration.id().value());
    document.put(Members.LAST_MODIFIED, time(integration.lastModified()));
    document.put(Members.NAME, labels.name());
    if (labels.readme() != null) {
      document.put(Members.README, labels.readme());
    }
    if (integration.connectorId() != null) {
      document.put(Members.CONNECTOR_ID, integration.connectorId().value());
    }
    if (publication.install() != null) {
      document.set(Members.INSTALL, publication.install());
    }
    if (publication.mode() != null) {
      document.put(Members.MODE, publication.mode().word());
    }
    if (configuration.has(Members.SETTINGS)) {
      document.set(Members.SETTINGS, configuration.get(Members.SETTINGS));
    }
    if (publication.version() != null) {
      document.put(Members.VERSION, publication.version());
    }
    if (publication.updateInProgress() != null) {
      document.put(Members.UPDATE_IN_PROGRESS, publication.updateInProgress());
    }

    if (labels.description() != null) {
      document.put(Members.DESCRIPTION, labels.description());
    }
    if (integration.createdAt() != null) {
      document.put(Members.CREATED_AT, time(integration.createdAt()));
    }
    if (integration.sourceId() != null) {
      document.put(Members.SOURCE_ID, integration.sourceId().value());
    }
    for (Map.Entry<String, JsonNode> member : configuration.properties()) {
      if (!member.getKey().equals(Members.SETTINGS)) {
        document.set(member.getKey(), member.getValue());
      }
    }
    return document;
  }

  /** ISO 8601 in UTC with milliseconds and {@code Z}. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** The inverse of {@link #time}. */
  public static Instant parseTime(String text) {
    return Instant.from(TIME.parse(text));
  }

  /** Whether a document with this member would nest deeper than {@link #MAX_DEPTH}. */
  static boolean isTooDeep(JsonNode member) {
    return exceeds(member, MAX_DEPTH - 1);
  }

  /** Whether a tree has more levels than that. It looks no deeper. */
  static boolean exceeds(JsonNode tree, int levels) {
    if (!tree.isContainer()) {
      return false;
    }
    if (levels == 0) {
      return true;
    }
    for (JsonNode child : tree.values()) {
      if (exceeds(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }
}
