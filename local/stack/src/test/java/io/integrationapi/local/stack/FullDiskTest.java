package io.integrationapi.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A store whose file can grow no further, which SQLite tells as it tells a full disk. {@code
 * .ci/full-disk} fills a real one.
 */
class FullDiskTest {

  private static final String TABLE = "Things";

  /** Some fifty fit in a page of the table in which DynamoDB Local keeps its transactions. */
  private static final int MORE_THAN_A_PAGE_OF_TRANSACTIONS = 200;

  @TempDir private Path folder;

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private EmbeddedDynamoDb store;
  private DynamoDbClient client;

  @BeforeEach
  void start() throws Exception {
    store =
        EmbeddedDynamoDb.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(folder),
            log::add);
    store.createTables(List.of(table()));
    client =
        DynamoDbClient.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    store.close();
  }

  @Test
  void a_transaction_whose_commit_fails_is_not_answered_as_made() {
    transact("0");
    store.database().mayGrow(false);

    // The item's own page has room, so that what fails is the commit and not the write before it.
    int refused = 0;
    for (int i = 1; i <= MORE_THAN_A_PAGE_OF_TRANSACTIONS && refused < 5; i++) {
      String before = text();
      if (isMade(Integer.toString(i))) {
        assertEquals(Integer.toString(i), text());
      } else {
        assertEquals(before, text());
        refused++;
      }
    }

    assertTrue(refused > 0, "the disk was never full");
  }

  @Test
  void a_full_disk_is_said_once() {
    store.database().mayGrow(false);

    for (int i = 0; i < 3; i++) {
      DynamoDbException fault = assertThrows(DynamoDbException.class, () -> put("x".repeat(9999)));
      assertEquals(500, fault.statusCode());
    }

    assertEquals(
        List.of(
            "The disk is full: nothing more is kept in "
                + folder
                + ", and writes are answered 503, until there is room."),
        log);
  }

  @Test
  void where_there_is_room_again_writes_go_on() throws Exception {
    put("before");
    store.database().mayGrow(false);
    fillUp();
    store.database().mayGrow(true);

    transact("transacted");
    assertEquals("transacted", text());
    put("y".repeat(9999));

    stop();
    start();
    assertEquals("y".repeat(9999), text());
  }

  @Test
  void a_disk_that_stays_full_blocks_nobody() {
    store.database().mayGrow(false);
    fillUp();

    for (int i = 0; i < 5; i++) {
      assertThrows(DynamoDbException.class, () -> put("x".repeat(9999)));
      isMade("again");
      text();
    }
  }

  /** Until no transaction's commit has room. */
  private void fillUp() {
    for (int i = 0; i < MORE_THAN_A_PAGE_OF_TRANSACTIONS; i++) {
      if (!isMade("full")) {
        return;
      }
    }
    throw new AssertionError("the disk was never full");
  }

  private boolean isMade(String text) {
    try {
      transact(text);
      return true;
    } catch (DynamoDbException e) {
      assertEquals(500, e.statusCode());
      return false;
    }
  }

  private void transact(String text) {
    var put = TransactWriteItem.builder().put(p -> p.tableName(TABLE).item(item(text))).build();
    client.transactWriteItems(write ->
        write
            .transactItems(put)
            .overrideConfiguration(request -> request.apiCallTimeout(Duration.ofSeconds(20))));
  }

  private void put(String text) {
    client.putItem(put -> put.tableName(TABLE).item(item(text)));
  }

  private String text() {
    Map<String, AttributeValue> item =
        client
            .getItem(get -> get.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS("a"))))
            .item();
    return item.getOrDefault("text", AttributeValue.fromS("")).s();
  }

  private static Map<String, AttributeValue> item(String text) {
    return Map.of("pk", AttributeValue.fromS("a"), "text", AttributeValue.fromS(text));
  }

  private static Table table() {
    return new Table(
        CreateTableRequest.builder()
            .tableName(TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("pk")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .build(),
        Optional.empty());
  }
}
