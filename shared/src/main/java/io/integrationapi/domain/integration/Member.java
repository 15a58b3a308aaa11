package io.integrationapi.domain.integration;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The members of a document that contract section 2 names, in the order in which they answer. Every
 * other member belongs to the configuration and comes after these.
 *
 * <p>A member of the publisher's needs no more than its row: it is read, counted, stored, compared
 * and copied as the row says.
 */
public enum Member {
  ID("_id", Part.SERVER, it -> text(it.id().value())),
  LAST_MODIFIED("lastModified", Part.SERVER, it -> time(it.lastModified())),
  NAME("name", Part.LABELS, it -> text(it.labels().name())),
  README("readme", Part.LABELS, it -> text(it.labels().readme())),
  CONNECTOR_ID(
      "_connectorId",
      Part.CREATOR,
      it -> it.connectorId() == null ? null : text(it.connectorId().value())),
  INSTALL("install", Kind.STEPS, Omitted.ERASED, OnClone.COPIED),
  MODE("mode", Kind.MODE, Omitted.KEPT, OnClone.COPIED),
  SETTINGS("settings", Part.CONFIGURATION, null),
  VERSION("version", Kind.TEXT, Omitted.ERASED, OnClone.COPIED),
  UPDATE_IN_PROGRESS("updateInProgress", Kind.FLAG, Omitted.KEPT, OnClone.LEFT_OUT),
  DESCRIPTION("description", Part.LABELS, it -> text(it.labels().description())),
  CREATED_AT("createdAt", Part.SERVER, it -> time(it.createdAt())),
  SOURCE_ID(
      "_sourceId", Part.SERVER, it -> it.sourceId() == null ? null : text(it.sourceId().value()));

  /** The parts of an integration, by who writes them. */
  enum Part {
    /** The server writes it. What a body says of it is ignored. */
    SERVER,
    /** The request that creates the integration writes it. It never changes afterwards. */
    CREATOR,
    /** Account and connector write it, at any time. */
    LABELS,
    /** Account and connector write it. An update in progress locks it. */
    CONFIGURATION,
    /** The publisher writes it. */
    PUBLISHER
  }

  /** What the value of a publisher's member can be. */
  public enum Kind {
    TEXT,
    FLAG,
    /** One of the words of {@link Mode}. */
    MODE,
    /** An array of installation steps. */
    STEPS
  }

  /** What happens to a publisher's member that a PUT omits. */
  enum Omitted {
    ERASED,
    /** The server may set it as well, so it cannot count towards the limit of a document. */
    KEPT
  }

  /** What a clone does with a publisher's member. */
  enum OnClone {
    COPIED,
    LEFT_OUT
  }

  /** The members that the publisher writes. */
  public static final List<Member> PUBLISHERS =
      Arrays.stream(values()).filter(member -> member.part == Part.PUBLISHER).toList();

  private static final Map<String, Part> PARTS =
      Arrays.stream(values()).collect(Collectors.toMap(Member::key, member -> member.part));

  private interface Value extends Function<Integration, @Nullable JsonNode> {}

  private final String key;
  private final Part part;

  @SuppressWarnings("ImmutableEnumChecker") // A lambda that holds nothing.
  private final @Nullable Value value;

  private final @Nullable Kind kind;
  private final @Nullable Omitted omitted;
  private final @Nullable OnClone onClone;

  Member(String key, Part part, @Nullable Value value) {
    this.key = key;
    this.part = part;
    this.value = value;
    this.kind = null;
    this.omitted = null;
    this.onClone = null;
  }

  Member(String key, Kind kind, Omitted omitted, OnClone onClone) {
    this.key = key;
    this.part = Part.PUBLISHER;
    this.value = null;
    this.kind = kind;
    this.omitted = omitted;
    this.onClone = onClone;
  }

  /** Its name in a document. */
  public String key() {
    return key;
  }

  /** What its value can be, if it is the publisher's. */
  public Kind kind() {
    return requireNonNull(kind);
  }

  boolean staysWhenOmitted() {
    return omitted == Omitted.KEPT;
  }

  boolean counts() {
    return omitted == Omitted.ERASED;
  }

  boolean isCopied() {
    return onClone == OnClone.COPIED;
  }

  /** Whether the publisher, or somebody else, may change it. */
  boolean isWritable(boolean byPublisher) {
    return switch (part) {
      case SERVER, CREATOR -> false;
      case LABELS, CONFIGURATION -> true;
      case PUBLISHER -> byPublisher;
    };
  }

  /** Says to somebody who may not change it why that is so. */
  Fault immutable() {
    String why =
        switch (part) {
          case SERVER -> " is written by the server alone.";
          case CREATOR -> " can be set only when the integration is created.";
          case PUBLISHER -> " can be changed by the integration's publisher alone.";
          case LABELS, CONFIGURATION -> throw new IllegalStateException(key + " is everybody's");
        };
    return new Fault(FaultCode.IMMUTABLE_FIELD, key + why, key);
  }

  /**
   * Its value in an integration, or null if it has none.
   *
   * @param configuration the integration's
   * @param publishers what becomes of a publisher's value
   */
  @Nullable JsonNode in(
      Integration integration, ObjectNode configuration, Function<Json, JsonNode> publishers) {
    return switch (part) {
      case SERVER, CREATOR, LABELS -> requireNonNull(value).apply(integration);
      case CONFIGURATION -> configuration.get(key);
      case PUBLISHER -> {
        Json json = integration.publisherMembers().get(this);
        yield json == null ? null : publishers.apply(json);
      }
    };
  }

  /** The part that a member of a document belongs to. */
  static Part partOf(String key) {
    return PARTS.getOrDefault(key, Part.CONFIGURATION);
  }

  private static @Nullable JsonNode text(@Nullable String text) {
    return text == null ? null : StringNode.valueOf(text);
  }

  private static @Nullable JsonNode time(@Nullable Instant time) {
    return time == null ? null : StringNode.valueOf(Document.time(time));
  }
}
