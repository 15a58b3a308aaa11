package io.integrationapi.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * An integration as its attributes, but for the publisher's members ({@link PublisherAttributes})
 * and the author ({@link AuthorshipAttributes}). The schema is a static one: it names every
 * attribute by hand, and costs no look at the class when a function starts.
 */
final class IntegrationItem {
  static final TableSchema<IntegrationItem> SCHEMA =
      new Attributes<>(
              TableSchema.builder(IntegrationItem.class).newItemSupplier(IntegrationItem::new))
          .string("pk", item -> item.pk, (item, value) -> item.pk = value)
          .string("sk", item -> item.sk, (item, value) -> item.sk = value)
          .string("id", item -> item.id, (item, value) -> item.id = value)
          .string("createdAt", item -> item.createdAt, (item, value) -> item.createdAt = value)
          .string(
              "lastModified", item -> item.lastModified, (item, value) -> item.lastModified = value)
          .string("sourceId", item -> item.sourceId, (item, value) -> item.sourceId = value)
          .string(
              "connectorId", item -> item.connectorId, (item, value) -> item.connectorId = value)
          .bool("managed", item -> item.managed, (item, value) -> item.managed = value)
          .string("name", item -> item.name, (item, value) -> item.name = value)
          .string(
              "description", item -> item.description, (item, value) -> item.description = value)
          .string("readme", item -> item.readme, (item, value) -> item.readme = value)
          .string(
              "configuration",
              item -> item.configuration,
              (item, value) -> item.configuration = value)
          .string(
              "configurationDigest",
              item -> item.configurationDigest,
              (item, value) -> item.configurationDigest = value)
          .number(
              "contentBytes", item -> item.contentBytes, (item, value) -> item.contentBytes = value)
          .string(
              "lockedSince", item -> item.lockedSince, (item, value) -> item.lockedSince = value)
          .number(
              "publicationBytes",
              item -> item.publicationBytes,
              (item, value) -> item.publicationBytes = value)
          .string("revision", item -> item.revision, (item, value) -> item.revision = value)
          .build();

  @Nullable String pk;
  @Nullable String sk;
  @Nullable String id;
  @Nullable String createdAt;
  @Nullable String lastModified;
  @Nullable String sourceId;
  @Nullable String connectorId;
  @Nullable Boolean managed;
  @Nullable String name;
  @Nullable String description;
  @Nullable String readme;
  @Nullable String configuration;
  @Nullable String configurationDigest;
  @Nullable Integer contentBytes;
  @Nullable String lockedSince;
  @Nullable Integer publicationBytes;
  @Nullable String revision;
}
