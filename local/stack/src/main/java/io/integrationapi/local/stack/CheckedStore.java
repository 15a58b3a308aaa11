package io.integrationapi.local.stack;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/** DynamoDB Local in a folder, on a {@link CheckedDatabase}. */
final class CheckedStore extends LocalDynamoDBRequestHandler {

  /** As DynamoDB Local names the one database of every key and region. */
  private static final String NAME = "shared-local-instance";

  /** As many as DynamoDB Local takes. */
  private static final int JOB_THREADS = 10;

  private final CheckedDatabase database;

  CheckedStore(Path folder, Consumer<String> log) {
    super(0, false, folder.toString(), true, false);
    this.database = new CheckedDatabase(folder, NAME + DB_FILE_EXTENSION, log);
    var jobs = new JobsRegister(Executors.newFixedThreadPool(JOB_THREADS), false);
    opened(this).put(NAME, new LocalDBClient(database, jobs));
  }

  CheckedDatabase database() {
    return database;
  }

  /** Its databases that are open, where it looks before it opens one by itself. */
  @SuppressWarnings("unchecked")
  private static Map<String, AmazonDynamoDBLocal> opened(LocalDynamoDBRequestHandler handler) {
    try {
      Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      field.setAccessible(true);
      return (Map<String, AmazonDynamoDBLocal>) field.get(handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this DynamoDB Local keeps its databases elsewhere", e);
    }
  }
}
