package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final List<String> STEP_STRINGS =
      List.of(
          Members.NAME,
          Members.DESCRIPTION,
          "imageURL",
          "installURL",
          "installerFunction",
          "uninstallerFunction",
          Members.CONNECTION_ID);

  private final List<Fault> contentFaults = new ArrayList<>();
  private final List<Fault> publisherFaults = new ArrayList<>();
  private List<Fault> faults = contentFaults;
  private final JsonNode body;

  private DraftReader(JsonNode body) {
    this.body = body;
  }

  /** A body that makes a new integration; its {@code _id} does not count. */
  public static Validated<Draft> forNew(JsonNode body) {
    return read(body, null);
  }

  /** A body that replaces an integration; an {@code _id} in it must be that one's. */
  public static Validated<Draft> forExisting(JsonNode body, IntegrationId id) {
    return read(body, id);
  }

  private static Validated<Draft> read(JsonNode body, @Nullable IntegrationId id) {
    if (!body.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The body must be a JSON object.");
    }
    return Validated.valid(new DraftReader(body).draft(id));
  }

  private Draft draft(@Nullable IntegrationId id) {
    if (id != null) {
      checkId(id);
    }
    Labels labels =
        new Labels(name(), string(body, Members.DESCRIPTION, ""), string(body, Members.README, ""));
    ConnectorId connectorId = connectorId();
    Configuration configuration = configuration();
    checkDepth(name -> !Members.SERVERS.contains(name) && !Members.PUBLISHERS.contains(name));

    faults = publisherFaults;
    PublisherMembers publisherMembers =
        PublisherMembers.of(
            mode(), string(body, Members.VERSION, ""), updateInProgress(), install());
    checkDepth(Members.PUBLISHERS::contains);
    return new Draft(
        labels,
        configuration,
        publisherMembers,
        connectorId,
        List.copyOf(contentFaults),
        List.copyOf(publisherFaults));
  }

  /** What is not applied may nest as it likes. */
  private void checkDepth(Predicate<String> counts) {
    boolean tooDeep =
        body.properties().stream()
            .anyMatch(
                member -> counts.test(member.getKey()) && Document.isTooDeep(member.getValue()));
    if (tooDeep) {
      fault("The document nests deeper than the limit of " + Document.MAX_DEPTH + " levels.", null);
    }
  }

  private void checkId(IntegrationId id) {
    present(body, Members.ID)
        .filter(sent -> !(sent.isString() && sent.stringValue().equals(id.value())))
        .ifPresent(_ -> fault("_id must be the one in the path, or be left out.", Members.ID));
  }

  private String name() {
    if (present(body, Members.NAME).isEmpty()) {
      faults.add(new Fault(FaultCode.MISSING_REQUIRED_FIELD, "name is required.", Members.NAME));
      return "";
    }
    String name = string(body, Members.NAME, "");
    if (name == null) {
      return "";
    }
    if (!Labels.isName(name)) {
      fault("name must have 1 to " + Labels.MAX_NAME_LENGTH + " characters.", Members.NAME);
    }
    return name;
  }

  private @Nullable ConnectorId connectorId() {
    String value = string(body, Members.CONNECTOR_ID, "");
    if (value == null) {
      return null;
    }
    if (!ConnectorId.isValid(value)) {
      fault(
          "_connectorId must have 1 to " + ConnectorId.MAX_LENGTH + " characters.",
          Members.CONNECTOR_ID);
      return null;
    }
    return new ConnectorId(value);
  }

  private @Nullable Mode mode() {
    Optional<JsonNode> sent = present(body, Members.MODE);
    Optional<Mode> mode =
        sent.filter(JsonNode::isString).flatMap(word -> Mode.parse(word.stringValue()));
    if (sent.isPresent() && mode.isEmpty()) {
      fault("mode must be install, settings or uninstall.", Members.MODE);
    }
    return mode.orElse(null);
  }

  private @Nullable Boolean updateInProgress() {
    return bool(body, Members.UPDATE_IN_PROGRESS, "");
  }

  private @Nullable ArrayNode install() {
    Optional<JsonNode> sent = present(body, Members.INSTALL);
    if (sent.isEmpty()) {
      return null;
    }
    if (!(sent.get() instanceof ArrayNode steps)) {
      fault("install must be an array of steps.", Members.INSTALL);
      return null;
    }
    ArrayNode kept = JsonNodeFactory.instance.arrayNode(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      kept.add(step(steps.get(i), Members.INSTALL + "[" + i + "]"));
    }
    return kept;
  }

  /** The step without the members that are null and must not be. */
  private JsonNode step(JsonNode step, String path) {
    if (!step.isObject()) {
      fault(path + " must be an object.", path);
      return step;
    }
    STEP_STRINGS.forEach(name -> string(step, name, path + "."));
    bool(step, Members.COMPLETED, path + ".");
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : step.properties()) {
      boolean typed =
          STEP_STRINGS.contains(member.getKey()) || member.getKey().equals(Members.COMPLETED);
      if (!(typed && member.getValue().isNull())) {
        kept.set(member.getKey(), member.getValue());
      }
    }
    return kept;
  }

  private Configuration configuration() {
    present(body, Members.SETTINGS)
        .filter(settings -> !settings.isObject())
        .ifPresent(_ -> fault("settings must be an object.", Members.SETTINGS));
    return new Configuration(configurationOf(body));
  }

  static ObjectNode configurationOf(JsonNode document) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      if (Members.isConfiguration(member.getKey()) && !member.getValue().isNull()) {
        members.set(member.getKey(), member.getValue());
      }
    }
    return members;
  }

  private @Nullable String string(JsonNode object, String name, String path) {
    Optional<JsonNode> sent = present(object, name);
    if (sent.isPresent() && !sent.get().isString()) {
      fault(path + name + " must be a string.", path + name);
      return null;
    }
    return sent.map(JsonNode::stringValue).orElse(null);
  }

  private @Nullable Boolean bool(JsonNode object, String name, String path) {
    Optional<JsonNode> sent = present(object, name);
    if (sent.isPresent() && !sent.get().isBoolean()) {
      fault(path + name + " must be true or false.", path + name);
      return null;
    }
    return sent.map(JsonNode::booleanValue).orElse(null);
  }

  /** A null in a body means that the member is absent. */
  static Optional<JsonNode> present(JsonNode object, String name) {
    return object.optional(name).filter(value -> !value.isNull());
  }

  private void fault(String message, @Nullable String field) {
    faults.add(new Fault(FaultCode.INVALID_FIELD, message, field));
  }
}
