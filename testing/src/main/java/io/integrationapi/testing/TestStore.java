package io.integrationapi.testing;

import io.integrationapi.local.stack.EmbeddedDynamoDb;
import io.integrationapi.local.stack.Table;
import io.integrationapi.local.stack.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The embedded DynamoDB of a test run, one for all tests of a JVM, and in it a table for whoever
 * asks, made as {@code template.yaml} says.
 */
public final class TestStore {
  private static final EmbeddedDynamoDb DYNAMO_DB = start();

  private TestStore() {}

  /** The project's folder. */
  public static Path root() {
    return Path.of(System.getProperty("project.root", ".."));
  }

  /** The template of the project. */
  public static Template template() {
    return Template.read(root().resolve("template.yaml"));
  }

  /** The environment of a function that has an empty table of its own. */
  public static Map<String, String> environment() {
    Table table = template().tables().getFirst();
    String name = "test-" + UUID.randomUUID();
    DYNAMO_DB.createTables(
        List.of(
            new Table(table.request().toBuilder().tableName(name).build(), table.timeToLive())));
    return Map.of(
        "TABLE_NAME", name,
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local",
        "AWS_ENDPOINT_URL_DYNAMODB", DYNAMO_DB.endpoint().toString());
  }

  private static EmbeddedDynamoDb start() {
    try {
      return EmbeddedDynamoDb.inMemory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
