package io.integrationapi.local.gateway;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The store as somebody with the AWS CLI sees it. */
final class Stores {

  private Stores() {}

  static DynamoDbClient client(String endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  static void put(DynamoDbClient client, String table, Map<String, String> item) {
    client.putItem(put -> put.tableName(table).item(values(item)));
  }

  static boolean has(DynamoDbClient client, String table, Map<String, String> key) {
    return client
        .getItem(get -> get.tableName(table).key(values(key)).consistentRead(true))
        .hasItem();
  }

  private static Map<String, AttributeValue> values(Map<String, String> item) {
    return item.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> AttributeValue.fromS(entry.getValue())));
  }
}
