package io.integrationapi.testing;

import io.integrationapi.local.stack.LaptopParameters;
import io.integrationapi.local.stack.Table;
import io.integrationapi.local.stack.Template;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The DynamoDB of a test run, one for all tests of a JVM, and in it a table for whoever asks, made
 * as {@code template.yaml} says. It is the embedded one, unless the system property {@code
 * test.store} says {@code localstack}, as the Maven profile of that name does.
 */
public final class TestStore {
  static final String REGION = "us-east-1";
  static final String KEY = "local";

  private static @Nullable DynamoDb begun;

  private TestStore() {}

  /** The project's folder. */
  public static Path root() {
    return Path.of(System.getProperty("project.root", ".."));
  }

  /** The template of the project, as a laptop serves it. */
  public static Template template() {
    return Read.TEMPLATE;
  }

  /** Once, since every request of a test is held against it. */
  private static final class Read {
    static final Template TEMPLATE =
        Template.read(root().resolve("template.yaml"), LaptopParameters.VALUES);
  }

  /**
   * The environment of a function that has an empty table of its own.
   *
   * @throws IllegalStateException if the store that was asked for does not run
   */
  public static Map<String, String> environment() {
    Table table = template().tables().getFirst();
    String name = "test-" + UUID.randomUUID();
    DynamoDb dynamoDb = begin();
    dynamoDb.create(
        new Table(table.request().toBuilder().tableName(name).build(), table.timeToLive()));
    return Map.of(
        "TABLE_NAME",
        name,
        "HISTORY_DAYS",
        "90",
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        KEY,
        "AWS_ENDPOINT_URL_DYNAMODB",
        dynamoDb.endpoint().toString(),
        // Nobody deploys here: a store refuses what it does not know.
        "AWS_ENDPOINT_URL_CODEDEPLOY",
        dynamoDb.endpoint().toString(),
        "AWS_ENDPOINT_URL_LAMBDA",
        dynamoDb.endpoint().toString());
  }

  /** Begins it, unless it has begun. */
  static synchronized DynamoDb begin() {
    if (begun == null) {
      String store = System.getProperty("test.store", "embedded");
      begun =
          switch (store) {
            case "embedded" -> DynamoDb.embedded();
            case "localstack" ->
                LocalStackDynamoDb.start(System.getProperty("localstack.image", ""));
            default -> throw new IllegalStateException("test.store knows no " + store);
          };
    }
    return begun;
  }
}
