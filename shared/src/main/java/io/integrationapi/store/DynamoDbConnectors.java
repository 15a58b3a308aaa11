package io.integrationapi.store;

import io.integrationapi.domain.ConnectorId;
import io.integrationapi.domain.ConnectorRegistry;
import io.integrationapi.domain.Metrics;
import io.integrationapi.domain.RetryPolicy;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** The registered connectors in the table that the package's page draws. */
public final class DynamoDbConnectors implements ConnectorRegistry {
  private final DynamoDbClient client;
  private final String table;
  private final StoreCalls calls;

  public DynamoDbConnectors(
      DynamoDbClient client,
      String table,
      RetryPolicy retryPolicy,
      RandomGenerator random,
      Metrics metrics) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(retryPolicy, random, metrics);
  }

  @Override
  public boolean isRegistered(ConnectorId connectorId) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(Keys.connector(connectorId))
            .consistentRead(true)
            .build();
    return calls.read(() -> client.getItem(request)).hasItem();
  }
}
