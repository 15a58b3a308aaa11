package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Member.Part;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a body against the table of contract section 2, and finds every fault of it at once; only
 * what is no object is refused here, for the faults that count are known with the integration.
 */
public final class DraftReader {
  private final List<Fault> contentFaults = new ArrayList<>();
  private final List<Fault> publisherFaults = new ArrayList<>();
  private List<Fault> faults = contentFaults;
  private final JsonNode body;
  private final ClockAndRandom clockAndRandom;

  private DraftReader(JsonNode body, ClockAndRandom clockAndRandom) {
    this.body = body;
    this.clockAndRandom = clockAndRandom;
  }

  /** A body that makes a new integration; its {@code _id} does not count. */
  public static Validated<Draft> forNew(JsonNode body, ClockAndRandom clockAndRandom) {
    return read(body, null, clockAndRandom);
  }

  /** A body that replaces an integration; an {@code _id} in it must be that one's. */
  public static Validated<Draft> forExisting(
      JsonNode body, IntegrationId id, ClockAndRandom clockAndRandom) {
    return read(body, id, clockAndRandom);
  }

  private static Validated<Draft> read(
      JsonNode body, @Nullable IntegrationId id, ClockAndRandom clockAndRandom) {
    if (!body.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The body must be a JSON object.");
    }
    return Validated.valid(new DraftReader(body, clockAndRandom).draft(id));
  }

  private Draft draft(@Nullable IntegrationId id) {
    if (id != null) {
      checkId(id);
    }
    Labels labels =
        new Labels(
            name(), text(body, Member.DESCRIPTION.key(), ""), text(body, Member.README.key(), ""));
    ConnectorId connectorId = connectorId();
    Configuration configuration = configuration();
    checkDepth(EnumSet.of(Part.CREATOR, Part.LABELS, Part.CONFIGURATION));

    faults = publisherFaults;
    PublisherMembers publisherMembers = publisherMembers();
    checkDepth(EnumSet.of(Part.PUBLISHER));
    return new Draft(
        labels,
        configuration,
        publisherMembers,
        connectorId,
        List.copyOf(contentFaults),
        List.copyOf(publisherFaults));
  }

  /** What is not applied may nest as it likes. */
  private void checkDepth(Set<Part> parts) {
    boolean tooDeep =
        body.properties().stream()
            .filter(member -> parts.contains(Member.partOf(member.getKey())))
            .anyMatch(member -> Document.isTooDeep(member.getValue()));
    if (tooDeep) {
      fault("The document nests deeper than the limit of " + Document.MAX_DEPTH + " levels.", null);
    }
  }

  private void checkId(IntegrationId id) {
    present(body, Member.ID.key())
        .filter(sent -> !(sent.isString() && sent.stringValue().equals(id.value())))
        .ifPresent(_ -> fault("_id must be the one in the path, or be left out.", Member.ID.key()));
  }

  private String name() {
    String key = Member.NAME.key();
    if (present(body, key).isEmpty()) {
      faults.add(new Fault(FaultCode.MISSING_REQUIRED_FIELD, "name is required.", key));
      return "";
    }
    String name = text(body, key, "");
    if (name == null) {
      return "";
    }
    if (!Labels.isName(name)) {
      fault("name must have 1 to " + Labels.MAX_NAME_LENGTH + " characters.", key);
    }
    return name;
  }

  private @Nullable ConnectorId connectorId() {
    String value = text(body, Member.CONNECTOR_ID.key(), "");
    if (value == null) {
      return null;
    }
    if (!ConnectorId.isValid(value)) {
      fault(
          "_connectorId must have 1 to " + ConnectorId.MAX_LENGTH + " characters.",
          Member.CONNECTOR_ID.key());
      return null;
    }
    return new ConnectorId(value);
  }

  private PublisherMembers publisherMembers() {
    Map<Member, Json> members = new EnumMap<>(Member.class);
    for (Member member : Member.PUBLISHERS) {
      JsonNode value = value(member);
      if (value != null) {
        members.put(member, Json.of(value));
      }
    }
    return new PublisherMembers(members);
  }

  private @Nullable JsonNode value(Member member) {
    String key = member.key();
    return switch (member.kind()) {
      case TEXT -> checked(body, key, "", JsonNode::isString, "a string");
      case FLAG -> checked(body, key, "", JsonNode::isBoolean, "true or false");
      case MODE -> checked(body, key, "", Mode::isWord, "install, settings or uninstall");
      case STEPS -> {
        JsonNode steps = checked(body, key, "", JsonNode::isArray, "an array of steps");
        yield steps == null ? null : steps(steps, key);
      }
    };
  }

  private ArrayNode steps(JsonNode steps, String path) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      kept.add(step(steps.get(i), path + "[" + i + "]"));
    }
    return kept;
  }

  /** The step without the members that are null and must not be. */
  private JsonNode step(JsonNode step, String path) {
    if (!step.isObject()) {
      fault(path + " must be an object.", path);
      return step;
    }
    Steps.TEXTS.forEach(name -> text(step, name, path + "."));
    checked(step, Steps.COMPLETED, path + ".", JsonNode::isBoolean, "true or false");
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : step.properties()) {
      boolean typed =
          Steps.TEXTS.contains(member.getKey()) || member.getKey().equals(Steps.COMPLETED);
      if (!(typed && member.getValue().isNull())) {
        kept.set(member.getKey(), member.getValue());
      }
    }
    return kept;
  }

  private Configuration configuration() {
    checked(body, Member.SETTINGS.key(), "", JsonNode::isObject, "an object");
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (Member.partOf(member.getKey()) == Part.CONFIGURATION && !member.getValue().isNull()) {
        members.set(member.getKey(), member.getValue());
      }
    }
    for (String name : List.of(Groups.FLOWS, Groups.APIS)) {
      if (members.has(name)) {
        members.set(name, Groups.identified(members.get(name), clockAndRandom));
      }
    }
    return new Configuration(members);
  }

  private @Nullable String text(JsonNode object, String name, String path) {
    JsonNode value = checked(object, name, path, JsonNode::isString, "a string");
    return value == null ? null : value.stringValue();
  }

  /** The member of an object; null if it is absent, or at fault, which is told. */
  private @Nullable JsonNode checked(
      JsonNode object, String name, String path, Predicate<JsonNode> rule, String must) {
    JsonNode value = present(object, name).orElse(null);
    if (value != null && !rule.test(value)) {
      fault(path + name + " must be " + must + ".", path + name);
      return null;
    }
    return value;
  }

  /** A null in a body means that the member is absent. */
  static Optional<JsonNode> present(JsonNode object, String name) {
    return object.optional(name).filter(value -> !value.isNull());
  }

  private void fault(String message, @Nullable String field) {
    faults.add(new Fault(FaultCode.INVALID_FIELD, message, field));
  }
}
