package io.integrationapi.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedDynamoDbTest {

  private static final InetSocketAddress FREE_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("a"), "text", AttributeValue.fromS("kept"));

  @Test
  void what_is_written_is_read_back() throws Exception {
    try (var store = EmbeddedDynamoDb.inMemory();
        var client = client(store.endpoint(), "us-east-1")) {
      store.createTables(List.of(table(Optional.of("expires"))));
      assertTrue(store.isEmpty());

      client.putItem(put -> put.tableName("Things").item(ITEM));

      assertEquals(ITEM, read(client));
      assertFalse(store.isEmpty());
    }
  }

  @Test
  void every_region_and_key_sees_the_same_tables() throws Exception {
    try (var store = EmbeddedDynamoDb.inMemory();
        var here = client(store.endpoint(), "us-east-1");
        var there = client(store.endpoint(), "eu-west-1")) {
      store.createTables(List.of(table(Optional.empty())));

      here.putItem(put -> put.tableName("Things").item(ITEM));

      assertEquals(ITEM, read(there));
    }
  }

  @Test
  void time_to_live_is_enabled_where_the_table_has_one() throws Exception {
    try (var store = EmbeddedDynamoDb.inMemory();
        var client = client(store.endpoint(), "us-east-1")) {
      store.createTables(List.of(table(Optional.empty())));
      store.createTables(List.of(table(Optional.of("expires"))));
      store.createTables(List.of(table(Optional.of("expires"))));

      var description =
          client.describeTimeToLive(ttl -> ttl.tableName("Things")).timeToLiveDescription();

      assertEquals(
          "ENABLED expires",
          description.timeToLiveStatusAsString() + " " + description.attributeName());
    }
  }

  @Test
  void an_index_that_a_present_table_lacks_is_added() throws Exception {
    try (var store = EmbeddedDynamoDb.inMemory();
        var client = client(store.endpoint(), "us-east-1")) {
      store.createTables(List.of(table(Optional.empty())));
      client.putItem(put -> put.tableName("Things").item(ITEM));

      store.createTables(List.of(tableWithIndex()));

      // Asked for first: the client repeats a query of an index that is not ready yet.
      var described = client.describeTable(table -> table.tableName("Things")).table();
      assertEquals(IndexStatus.ACTIVE, described.globalSecondaryIndexes().getFirst().indexStatus());
      var found =
          client.query(query ->
              query
                  .tableName("Things")
                  .indexName("byText")
                  .keyConditionExpression("#text = :text")
                  .expressionAttributeNames(Map.of("#text", "text"))
                  .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("kept"))));
      assertEquals(List.of(ITEM), found.items());
    }
  }

  @Test
  void a_folder_keeps_the_data_from_run_to_run(@TempDir Path folder) throws Exception {
    for (int run = 0; run < 2; run++) {
      try (var store = EmbeddedDynamoDb.start(FREE_PORT, Optional.of(folder), line -> {});
          var client = client(store.endpoint(), "us-east-1")) {
        store.createTables(List.of(table(Optional.of("expires"))));
        if (run == 0) {
          client.putItem(put -> put.tableName("Things").item(ITEM));
        }

        assertEquals(ITEM, read(client));
      }
    }
  }

  @Test
  void it_listens_where_it_is_told_and_nowhere_else() throws Exception {
    Optional<InetAddress> other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .findFirst();
    Assumptions.assumeTrue(other.isPresent(), "this machine has the loopback interface only");

    try (var store = EmbeddedDynamoDb.inMemory()) {
      assertThrows(
          ConnectException.class,
          () -> new Socket(other.orElseThrow(), store.endpoint().getPort()).close());
    }
  }

  @Test
  void a_taken_port_is_told_as_such() throws Exception {
    try (var first = EmbeddedDynamoDb.inMemory()) {
      var taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), first.endpoint().getPort());

      assertThrows(
          BindException.class,
          () -> EmbeddedDynamoDb.start(taken, Optional.empty(), line -> {}).close());
    }
  }

  @Test
  void it_is_silent_even_about_a_fault() throws Exception {
    var written = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Logger root = Logger.getLogger("");
    try (var capture = new PrintStream(written, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      System.setErr(capture);
      var console = new ConsoleHandler();
      root.addHandler(console);

      try (var store = EmbeddedDynamoDb.inMemory();
          var client = client(store.endpoint(), "us-east-1")) {
        assertThrows(ResourceNotFoundException.class, () -> read(client));
        Logger.getLogger("com.almworks.sqlite4java").warning("a job failed");
      } finally {
        root.removeHandler(console);
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertEquals("", written.toString(StandardCharsets.UTF_8));
  }

  private static Map<String, AttributeValue> read(DynamoDbClient client) {
    return client
        .getItem(get -> get.tableName("Things").key(Map.of("pk", AttributeValue.fromS("a"))))
        .item();
  }

  private static Table table(Optional<String> timeToLive) {
    return new Table(keys().attributeDefinitions(attribute("pk")).build(), timeToLive);
  }

  private static Table tableWithIndex() {
    var index =
        GlobalSecondaryIndex.builder()
            .indexName("byText")
            .keySchema(
                KeySchemaElement.builder().attributeName("text").keyType(KeyType.HASH).build())
            .projection(Projection.builder().projectionType(ProjectionType.ALL).build())
            .build();
    return new Table(
        keys()
            .attributeDefinitions(attribute("pk"), attribute("text"))
            .globalSecondaryIndexes(index)
            .build(),
        Optional.empty());
  }

  private static CreateTableRequest.Builder keys() {
    return CreateTableRequest.builder()
        .tableName("Things")
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build());
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static DynamoDbClient client(URI endpoint, String region) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("local" + region.charAt(0), "local")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
