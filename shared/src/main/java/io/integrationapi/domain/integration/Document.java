package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.JsonLimits;
import io.integrationapi.domain.json.JsonValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /** Both limits, for whoever knows no integration. */
  public static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, MAX_DEPTH);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Document() {}

  /** The document: the members of the public examples in their order, the rest after them. */
  public static ObjectNode of(Integration integration) {
    return of(
        integration,
        integration.configuration().members(),
        integration.publisherMembers().install());
  }

  /** The same for one who only writes it: what is kept as text is not read. */
  public static ObjectNode verbatim(Integration integration) {
    Json steps = integration.publisherMembers().steps();
    return of(
        integration,
        integration.configuration().json().verbatimMembers(),
        steps == null ? null : steps.verbatim());
  }

  private static ObjectNode of(
      Integration integration, ObjectNode configuration, @Nullable JsonNode install) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    Labels labels = integration.labels();
    PublisherMembers publisherMembers = integration.publisherMembers();

    document.put(Members.ID, integration.id().value());
    document.put(Members.LAST_MODIFIED, time(integration.lastModified()));
    document.put(Members.NAME, labels.name());
    if (labels.readme() != null) {
      document.put(Members.README, labels.readme());
    }
    if (integration.connectorId() != null) {
      document.put(Members.CONNECTOR_ID, integration.connectorId().value());
    }
    if (install != null) {
      document.set(Members.INSTALL, install);
    }
    if (publisherMembers.mode() != null) {
      document.put(Members.MODE, publisherMembers.mode().word());
    }
    if (configuration.has(Members.SETTINGS)) {
      document.set(Members.SETTINGS, configuration.get(Members.SETTINGS));
    }
    if (publisherMembers.version() != null) {
      document.put(Members.VERSION, publisherMembers.version());
    }
    if (publisherMembers.updateInProgress() != null) {
      document.put(Members.UPDATE_IN_PROGRESS, publisherMembers.updateInProgress());
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
    return JsonValues.nestDeeperThan(MAX_DEPTH - 1, member);
  }
}
