package io.integrationapi.testing;

import io.integrationapi.local.stack.Table;
import java.net.URI;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** LocalStack in a container of its own, which Testcontainers ends with this JVM. */
final class LocalStackDynamoDb implements DynamoDb {
  private final URI endpoint;
  private final DynamoDbClient client;

  private LocalStackDynamoDb(URI endpoint, DynamoDbClient client) {
    this.endpoint = endpoint;
    this.client = client;
  }

  /**
   * Starts one.
   *
   * @throws IllegalStateException if there is no Docker, no such image, or no answer
   */
  static LocalStackDynamoDb start(String image) {
    LocalStackContainer container;
    try {
      container =
          new LocalStackContainer(
                  DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
              .withServices("dynamodb", "dynamodbstreams")
              // The streams of its DynamoDB itself; else it makes each by a Kinesis of its own.
              .withEnv("PROVIDER_OVERRIDE_DYNAMODB", "v2")
              .withEnv("PROVIDER_OVERRIDE_DYNAMODBSTREAMS", "v2");
      container.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The profile localstack was asked for, and "
              + image
              + " does not run. It needs Docker: does `docker info` answer?",
          e);
    }
    return new LocalStackDynamoDb(
        container.getEndpoint(),
        DynamoDbClient.builder()
            .endpointOverride(container.getEndpoint())
            .region(Region.of(TestStore.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(TestStore.KEY, TestStore.KEY)))
            .httpClient(UrlConnectionHttpClient.create())
            .build());
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void create(Table table) {
    client.createTable(table.request());
    client.waiter().waitUntilTableExists(request -> request.tableName(table.name()));
    table
        .timeToLive()
        .ifPresent(attribute ->
            client.updateTimeToLive(request ->
                request
                    .tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))));
  }
}
