package io.integrationapi.testing;

import io.integrationapi.local.stack.EmbeddedDynamoDb;
import io.integrationapi.local.stack.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/** A DynamoDB that lives as long as this JVM. */
interface DynamoDb {
  URI endpoint();

  /** Creates a table that is not there yet, ready to be used. */
  void create(Table table);

  /** In this JVM. */
  static DynamoDb embedded() {
    EmbeddedDynamoDb dynamoDb;
    try {
      dynamoDb = EmbeddedDynamoDb.inMemory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DynamoDb() {
      @Override
      public URI endpoint() {
        return dynamoDb.endpoint();
      }

      @Override
      public void create(Table table) {
        dynamoDb.createTables(List.of(table));
      }
    };
  }
}
