package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.Configuration;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.DocumentSize;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.node.JsonNodeFactory;

/** Maps integrations to items and back. */
final class IntegrationMapper {
  /** What else a document may have: the server's members, words, and prefixes of a copy's name. */
  private static final int UNCOUNTED_BYTES = 450;

  private IntegrationMapper() {}

  /** A new item. */
  static Map<String, AttributeValue> toItem(Integration integration) {
    IntegrationItem item = new IntegrationItem();
    Labels labels = integration.labels();
    PublisherMembers publisherMembers = integration.publisherMembers();
    item.pk = Keys.account(integration.account());
    item.sk = Keys.integration(integration.id());
    item.id = integration.id().value();
    item.createdAt = map(integration.createdAt(), Document::time);
    item.sourceId = map(integration.sourceId(), IntegrationId::value);
    item.connectorId = map(integration.connectorId(), ConnectorId::value);
    item.managed = integration.managed();
    item.name = labels.name();
    item.description = labels.description();
    item.readme = labels.readme();
    item.configuration = integration.configuration().json().text();
    item.configurationDigest = integration.configuration().digest();
    item.contentBytes = DocumentSize.of(labels, integration.configuration());
    item.lockedSince = map(integration.lockedSince(), Document::time);
    item.publicationBytes = DocumentSize.of(publisherMembers);

    Map<String, AttributeValue> attributes =
        new HashMap<>(IntegrationItem.SCHEMA.itemToMap(item, true));
    PublisherAttributes.put(attributes, publisherMembers);
    AuthorshipAttributes.put(attributes, integration.lastWrite());
    return attributes;
  }

  static Integration fromItem(Map<String, AttributeValue> attributes) {
    return fromItem(attributes, null, PublisherMembers.NONE);
  }

  /** The item that a change left, which for the most part holds what the change brought. */
  static Integration fromItem(Map<String, AttributeValue> attributes, Change change) {
    PublisherMembers set = change.publisherMembers();
    return fromItem(
        attributes, change.configuration().json(), set == null ? PublisherMembers.NONE : set);
  }

  private static Integration fromItem(
      Map<String, AttributeValue> attributes,
      @Nullable Json knownConfiguration,
      PublisherMembers known) {
    IntegrationItem item = IntegrationItem.SCHEMA.mapToItem(attributes);
    return new Integration(
        new IntegrationId(requireNonNull(item.id)),
        Keys.accountOf(requireNonNull(item.pk)),
        map(item.createdAt, Document::parseTime),
        map(item.sourceId, IntegrationId::new),
        map(item.connectorId, ConnectorId::new),
        requireNonNull(item.managed),
        new Labels(requireNonNull(item.name), item.description, item.readme),
        new Configuration(
            Json.ofText(
                    requireNonNull(item.configuration), requireNonNull(item.configurationDigest))
                .orSame(knownConfiguration)),
        PublisherAttributes.of(attributes, known),
        map(item.lockedSince, Document::parseTime),
        AuthorshipAttributes.of(attributes));
  }

  /** From an item of the index, which has but a part of the attributes. */
  static InstallBaseEntry installBaseEntry(Map<String, AttributeValue> attributes) {
    IntegrationItem item = IntegrationItem.SCHEMA.mapToItem(attributes);
    PublisherMembers publisherMembers = PublisherAttributes.of(attributes);
    return new InstallBaseEntry(
        new IntegrationId(requireNonNull(item.id)),
        requireNonNull(item.name),
        publisherMembers.version(),
        publisherMembers.mode(),
        publisherMembers.updateInProgress(),
        map(item.lockedSince, Document::parseTime),
        Document.parseTime(requireNonNull(item.lastModified)));
  }

  /** The size of the document that it is answered as, in bytes, or a little more. */
  static int sizeOf(Map<String, AttributeValue> attributes) {
    IntegrationItem item = IntegrationItem.SCHEMA.mapToItem(attributes);
    return requireNonNull(item.contentBytes)
        + requireNonNull(item.publicationBytes)
        + DocumentSize.of(map(item.connectorId, ConnectorId::new))
        + UNCOUNTED_BYTES;
  }

  /** Whether an item is an integration's, and no empty one, nor what keeps an id taken. */
  static boolean isIntegration(Map<String, AttributeValue> attributes) {
    return attributes.containsKey("revision");
  }

  /** Whether it is a managed integration's; an empty item is not. */
  static boolean isManaged(Map<String, AttributeValue> attributes) {
    return attributes.containsKey("managed") && attributes.get("managed").bool();
  }

  /** The update in progress, or nothing. */
  static Optional<Lock> lock(Map<String, AttributeValue> attributes) {
    IntegrationItem item = IntegrationItem.SCHEMA.mapToItem(attributes);
    return Optional.ofNullable(map(item.lockedSince, Document::parseTime))
        .map(since -> new Lock(since, map(item.connectorId, ConnectorId::new)));
  }

  static @Nullable Instant lockedSince(Map<String, AttributeValue> attributes) {
    return map(IntegrationItem.SCHEMA.mapToItem(attributes).lockedSince, Document::parseTime);
  }

  /** The size of what the publisher and the account wrote of a row of an install base, in bytes. */
  static int installBaseSizeOf(Map<String, AttributeValue> attributes) {
    InstallBaseEntry entry = installBaseEntry(attributes);
    return DocumentSize.of(PublisherMembers.of(null, entry.version(), null, null))
        + DocumentSize.of(
            new Labels(entry.name(), null, null),
            new Configuration(JsonNodeFactory.instance.objectNode()));
  }

  private static <T, R> @Nullable R map(@Nullable T value, Function<T, R> function) {
    return value == null ? null : function.apply(value);
  }
}
