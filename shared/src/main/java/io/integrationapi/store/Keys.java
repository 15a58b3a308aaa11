package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.json.Sha256;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys of the table's items, as the package's page draws them. */
final class Keys {
  static final String PARTITION = "pk";
  static final String SORT = "sk";
  static final String CONNECTOR_INDEX = "byConnector";
  static final String ID_INDEX = "byId";
  static final String LOCK_INDEX = "byLock";
  static final String INTEGRATION_PREFIX = "integration#";

  static final String ENTRY_PREFIX = "entry#";

  private static final String STATE_PREFIX = "state#";
  private static final String ACCOUNT_PREFIX = "account#";

  private Keys() {}

  static String account(AccountId account) {
    return ACCOUNT_PREFIX + account.value();
  }

  static AccountId accountOf(String partition) {
    return new AccountId(partition.substring(ACCOUNT_PREFIX.length()));
  }

  static String integration(IntegrationId id) {
    return INTEGRATION_PREFIX + id.value();
  }

  static IntegrationId idOf(String sort) {
    return new IntegrationId(sort.substring(INTEGRATION_PREFIX.length()));
  }

  static Map<String, AttributeValue> integration(AccountId account, IntegrationId id) {
    return key(account(account), integration(id));
  }

  /** The partition of an integration's history: who does not know the account finds nothing. */
  static String history(AccountId account, IntegrationId id) {
    return "history#" + id.value() + "#" + account.value();
  }

  static Map<String, AttributeValue> entry(
      AccountId account, IntegrationId id, RevisionId revisionId) {
    return key(history(account, id), entry(revisionId));
  }

  static String entry(RevisionId revisionId) {
    return ENTRY_PREFIX + revisionId.value();
  }

  static Map<String, AttributeValue> state(
      AccountId account, IntegrationId id, RevisionId revisionId) {
    return key(history(account, id), STATE_PREFIX + revisionId.value());
  }

  static Map<String, AttributeValue> token(TokenHash hash) {
    return key("token#" + hash.value(), "token");
  }

  static Map<String, AttributeValue> connector(ConnectorId id) {
    return key("connector#" + id.value(), "connector");
  }

  /** The caller's words go in as a hash: they may be long, and may be sensitive. */
  static Map<String, AttributeValue> idempotency(IdempotencyClaim claim) {
    String caller =
        switch (claim.caller()) {
          case Principal.Account(AccountId id, var _) -> "account#" + id.value();
          case Principal.Connector(ConnectorId id, var _) -> "connector#" + id.value();
        };
    return key("idempotency#" + Sha256.hex(caller + '\n' + claim.key()), "idempotency");
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }
}
