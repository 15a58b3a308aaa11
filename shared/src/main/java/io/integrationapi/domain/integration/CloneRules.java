package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Excerpt;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.Validated;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a copy of an integration is (contract section 6): which members it takes over, which begin
 * anew, and which connections take the place of the source's. Linear in the size of the source and
 * of the connection map.
 */
final class CloneRules {
  private final Integration source;
  private final CloneRequest request;
  private final boolean managed;
  private final Set<String> replaced = new HashSet<>();

  /**
   * @param managed whether the copy is, which is decided anew
   */
  CloneRules(Integration source, CloneRequest request, boolean managed) {
    this.source = source;
    this.request = request;
    this.managed = managed;
  }

  /** The copy, or what is wrong with the request for this source. */
  Validated<Integration> copy(IntegrationId id, Authorship authorship) {
    Labels labels = source.labels();
    String name = request.name() == null ? CopyName.of(labels.name()) : request.name();
    Configuration configuration = configuration();
    PublisherMembers publisherMembers = publisherMembers();

    List<Fault> faults =
        request.connectionMap().keySet().stream()
            .filter(old -> !replaced.contains(old))
            .map(CloneRules::unknownConnection)
            .toList();
    if (!faults.isEmpty()) {
      return new Validated.Invalid<>(faults);
    }
    int bytes =
        DocumentSize.of(with(labels, name), configuration)
            + DocumentSize.of(publisherMembers)
            + DocumentSize.of(source.connectorId());
    if (bytes > DocumentSize.MAX_MEMBER_BYTES) {
      return new Validated.Invalid<>(TooLarge.REFUSAL.faults());
    }

    return Validated.valid(
        new Integration(
            id,
            source.account(),
            authorship.at(),
            source.id(),
            source.connectorId(),
            managed,
            with(labels, name),
            configuration,
            publisherMembers,
            null,
            authorship));
  }

  private static Labels with(Labels labels, String name) {
    return new Labels(name, labels.description(), labels.readme());
  }

  private Configuration configuration() {
    return new Configuration((ObjectNode) reconnected(source.configuration().members()));
  }

  private PublisherMembers publisherMembers() {
    Map<Member, Json> copies = new EnumMap<>(Member.class);
    source
        .publisherMembers()
        .values()
        .forEach((member, value) -> {
          if (member.isCopied()) {
            copies.put(
                member, member.kind() == Member.Kind.STEPS ? Json.of(steps(value.tree())) : value);
          }
        });
    PublisherMembers copy = new PublisherMembers(copies);
    return source.connectorId() == null ? copy : copy.withMode(Mode.INSTALL);
  }

  private ArrayNode steps(JsonNode steps) {
    ArrayNode copy = JsonNodeFactory.instance.arrayNode(steps.size());
    for (JsonNode step : steps.values()) {
      JsonNode again = reconnected(step);
      if (again instanceof ObjectNode object && object.path(Steps.COMPLETED).isBoolean()) {
        object.set(Steps.COMPLETED, BooleanNode.FALSE);
      }
      copy.add(again);
    }
    return copy;
  }

  /** A copy of a value with the new connections: every string that equals an old id is one. */
  private JsonNode reconnected(JsonNode value) {
    if (value.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      value.forEachEntry((name, member) -> copy.set(name, reconnected(member)));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(value.size());
      value.values().forEach(element -> copy.add(reconnected(element)));
      return copy;
    }
    String replacement = value.isString() ? request.connectionMap().get(value.stringValue()) : null;
    if (replacement == null) {
      return value;
    }
    replaced.add(value.stringValue());
    return StringNode.valueOf(replacement);
  }

  private static Fault unknownConnection(String old) {
    return new Fault(
        FaultCode.INVALID_CONNECTION_MAP,
        "The integration does not refer to a connection " + Excerpt.of(old) + ".",
        CloneRequest.fieldOf(old));
  }
}
