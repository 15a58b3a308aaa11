package io.integrationapi.store;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.ConnectorRegistry;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** The registered connectors in the table that the package's page draws. */
final class DynamoDbConnectors implements ConnectorRegistry {
  private final String table;
  private final StoreCalls calls;

  DynamoDbConnectors(String table, StoreCalls calls) {
    this.table = table;
    this.calls = calls;
  }

  @Override
  public boolean isRegistered(ConnectorId connectorId) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(Keys.connector(connectorId))
            .consistentRead(true)
            .build();
    return calls.send(client -> client.getItem(request)).hasItem();
  }
}
