package io.integrationapi.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A token as its attributes. */
final class TokenItem {
  static final TableSchema<TokenItem> SCHEMA =
      new Attributes<>(TableSchema.builder(TokenItem.class).newItemSupplier(TokenItem::new))
          .string("pk", item -> item.pk, (item, value) -> item.pk = value)
          .string("sk", item -> item.sk, (item, value) -> item.sk = value)
          .string("hash", item -> item.hash, (item, value) -> item.hash = value)
          .string("userId", item -> item.userId, (item, value) -> item.userId = value)
          // Not connectorId, by which integrations stand in an index.
          .string(
              "publisherId", item -> item.connectorId, (item, value) -> item.connectorId = value)
          .string("label", item -> item.label, (item, value) -> item.label = value)
          .string("scope", item -> item.scope, (item, value) -> item.scope = value)
          .string("expiresAt", item -> item.expiresAt, (item, value) -> item.expiresAt = value)
          .seconds("expires", item -> item.expires, (item, value) -> item.expires = value)
          .string("revokedAt", item -> item.revokedAt, (item, value) -> item.revokedAt = value)
          .build();

  @Nullable String pk;
  @Nullable String sk;
  @Nullable String hash;
  @Nullable String userId;
  @Nullable String connectorId;
  @Nullable String label;
  @Nullable String scope;
  @Nullable String expiresAt;

  /** For the table's TTL, in seconds since 1970; it may remove what has expired, days later. */
  @Nullable Long expires;

  @Nullable String revokedAt;
}
