package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.JsonLimits;
import io.integrationapi.domain.json.JsonValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
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

  /** The document: the members of the table in its order, the rest after them. */
  public static ObjectNode of(Integration integration) {
    return of(integration, integration.configuration().members(), Json::tree);
  }

  /** The same for one who only writes it: what is kept as text is not read. */
  public static ObjectNode verbatim(Integration integration) {
    return of(integration, integration.configuration().json().verbatimMembers(), Json::verbatim);
  }

  private static ObjectNode of(
      Integration integration, ObjectNode configuration, Function<Json, JsonNode> publishers) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (Member member : Member.values()) {
      JsonNode value = member.in(integration, configuration, publishers);
      if (value != null) {
        document.set(member.key(), value);
      }
    }
    for (Map.Entry<String, JsonNode> other : configuration.properties()) {
      document.putIfAbsent(other.getKey(), other.getValue());
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
