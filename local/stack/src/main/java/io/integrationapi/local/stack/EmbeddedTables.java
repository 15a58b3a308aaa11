package io.integrationapi.local.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;

/** Brings an embedded DynamoDB's tables up to a template, without a client and its start. */
final class EmbeddedTables {

  /** Whoever asks: one database serves every key and region. */
  private static final String ACCESS_KEY = "local";

  private static final String REGION = "us-east-1";

  private static final Duration INDEX_POLL = Duration.ofMillis(20);
  private static final Duration INDEX_PATIENCE = Duration.ofSeconds(10);

  private final LocalDynamoDBRequestHandler database;

  EmbeddedTables(LocalDynamoDBRequestHandler database) {
    this.database = database;
  }

  void create(Collection<Table> tables) {
    List<String> present =
        database.listTables(ACCESS_KEY, REGION, ListTablesRequest.builder().build()).tableNames();

    for (Table table : tables) {
      if (present.contains(table.name())) {
        addIndexes(table.request());
        addStream(table.request());
      } else {
        database.createTable(ACCESS_KEY, REGION, table.request());
      }
      table.timeToLive().ifPresent(attribute -> expireBy(table.name(), attribute));
    }
  }

  boolean isEmpty() {
    return database
        .listTables(ACCESS_KEY, REGION, ListTablesRequest.builder().build())
        .tableNames()
        .stream()
        .map(table -> ScanRequest.builder().tableName(table).limit(1).build())
        .allMatch(scan -> database.scan(ACCESS_KEY, REGION, scan).items().isEmpty());
  }

  private void addIndexes(CreateTableRequest wanted) {
    List<String> present =
        indexes(wanted.tableName()).stream()
            .map(GlobalSecondaryIndexDescription::indexName)
            .toList();

    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      if (!present.contains(index.indexName())) {
        // One at a time: a table takes no more than one new index in a request, and none while it
        // fills another.
        database.updateTable(ACCESS_KEY, REGION, adding(index, wanted));
        awaitIndexes(wanted.tableName());
      }
    }
  }

  private void addStream(CreateTableRequest wanted) {
    StreamSpecification present = describe(wanted.tableName()).streamSpecification();
    if (wanted.streamSpecification() == null
        || (present != null && Boolean.TRUE.equals(present.streamEnabled()))) {
      return;
    }

    database.updateTable(
        ACCESS_KEY,
        REGION,
        UpdateTableRequest.builder()
            .tableName(wanted.tableName())
            .streamSpecification(wanted.streamSpecification())
            .build());
  }

  private List<GlobalSecondaryIndexDescription> indexes(String table) {
    return describe(table).globalSecondaryIndexes();
  }

  private TableDescription describe(String table) {
    return database
        .describeTable(ACCESS_KEY, REGION, DescribeTableRequest.builder().tableName(table).build())
        .table();
  }

  private void awaitIndexes(String table) {
    long start = System.nanoTime();
    while (!areActive(table, start)) {
      LockSupport.parkNanos(INDEX_POLL.toNanos());
    }
  }

  private boolean areActive(String table, long start) {
    try {
      return indexes(table).stream().allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    } catch (LocalDBAccessException e) {
      // It tells of a new index before that has its columns, and fails when it counts them.
      if (System.nanoTime() - start > INDEX_PATIENCE.toNanos()) {
        throw e;
      }
      return false;
    }
  }

  private static UpdateTableRequest adding(GlobalSecondaryIndex index, CreateTableRequest table) {
    var creation =
        CreateGlobalSecondaryIndexAction.builder()
            .indexName(index.indexName())
            .keySchema(index.keySchema())
            .projection(index.projection())
            .build();

    return UpdateTableRequest.builder()
        .tableName(table.tableName())
        .attributeDefinitions(table.attributeDefinitions())
        .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder().create(creation).build())
        .build();
  }

  private void expireBy(String table, String attribute) {
    var present =
        database
            .describeTimeToLive(
                ACCESS_KEY, REGION, DescribeTimeToLiveRequest.builder().tableName(table).build())
            .timeToLiveDescription();
    // Enabling it twice is an error.
    if (present.timeToLiveStatus() == TimeToLiveStatus.ENABLED) {
      return;
    }

    database.updateTimeToLive(
        ACCESS_KEY,
        REGION,
        UpdateTimeToLiveRequest.builder()
            .tableName(table)
            .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))
            .build());
  }
}
