package io.integrationapi.local.stack;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.AmazonDynamoDBOfflineSQLiteJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessExceptionType;

/**
 * DynamoDB Local's database in a file, with commits whose outcome is looked at.
 *
 * <p>DynamoDB Local hands the commit of a transaction to SQLite's thread and does not ask what came
 * of it. On a full disk SQLite refuses it there, the transaction is undone, and the caller is told
 * that it was made. Here the caller is told that it failed. A file that cannot be written is also
 * said in the log, once a minute at most.
 *
 * <p>See ADR 0020.
 */
final class CheckedDatabase extends SQLiteDBAccess {

  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  /** DynamoDB takes 4 MB in a transaction; the file and its journal take it twice. */
  private static final long ROOM_FOR_A_WRITE = 8L * 1024 * 1024;

  private final Path folder;
  private final Consumer<String> log;

  CheckedDatabase(Path folder, String file, Consumer<String> log) {
    super(folder.resolve(file).toString());
    this.folder = folder;
    this.log = log;

    // The one that it has made is closed first: two connections would lock each other out.
    try {
      queue.stop(true).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue = new Queue(folder.resolve(file).toFile()).start();
  }

  @Override
  public byte @Nullable [] beginTransaction(String id) {
    try {
      return super.beginTransaction(id);
    } catch (LocalDBAccessException e) {
      // Its lock would be held for ever, and every later request would wait for it.
      rollbackTransaction();
      throw e;
    }
  }

  @Override
  public void commitTransaction(String id, byte[] signature) {
    SQLiteJob<?> commit = ending(() -> super.commitTransaction(id, signature));
    try {
      commit.get();
    } catch (ExecutionException e) {
      throw new LocalDBAccessException(
          LocalDBAccessExceptionType.UNEXPECTED_EXCEPTION, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalDBAccessException(
          LocalDBAccessExceptionType.UNEXPECTED_EXCEPTION, "interrupted while a commit ran");
    }
  }

  @Override
  public void rollbackTransaction() {
    // If the job fails, there is nothing left to undo.
    var _ = ending(super::rollbackTransaction);
  }

  /** Lets the file grow no further, as on a full disk, or again as it likes; for tests. */
  void mayGrow(boolean grow) {
    queue.execute(new Growth(grow)).complete();
  }

  /** Runs what ends a transaction, and returns the job that it gave to SQLite's thread. */
  private SQLiteJob<?> ending(Runnable end) {
    Queue.ENDING.set(true);
    try {
      end.run();
      return Queue.LAST.get();
    } finally {
      Queue.ENDING.remove();
      Queue.LAST.remove();
    }
  }

  /**
   * Is it the file that failed a job?
   *
   * <p>After such a fault SQLite has often undone the transaction by itself. DynamoDB Local undoes
   * it all the same, and what is left of the fault is that there was nothing to undo.
   */
  static boolean isOfTheFile(Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    // In a LocalDBAccessException the message is all that is left of SQLite's codes.
    return message.contains("disk")
        || message.contains("cannot rollback")
        || message.contains("unable to open database file")
        || message.contains("readonly");
  }

  /** What the log says of a file that cannot be written. */
  private String complaint(Throwable fault) {
    if (String.valueOf(fault.getMessage()).contains("disk is full") || !hasRoom(folder)) {
      return "The disk is full: nothing more is kept in "
          + folder
          + ", and writes are answered 503, until there is room.";
    }
    return "The store cannot write to "
        + folder
        + ", and writes are answered 503: is the folder gone or read-only? SQLite says: "
        + fault.getMessage();
  }

  private static boolean hasRoom(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() >= ROOM_FOR_A_WRITE;
    } catch (IOException e) {
      return true;
    }
  }

  /** SQLite's thread and what waits for it. */
  private final class Queue extends SQLiteQueue {

    /** Whether the calling thread is about to end a transaction. */
    private static final ThreadLocal<Boolean> ENDING = ThreadLocal.withInitial(() -> false);

    /** What the calling thread gave it last while it was. */
    private static final ThreadLocal<SQLiteJob<?>> LAST = new ThreadLocal<>();

    /** The job that ends the transaction that is open: there is one at a time. */
    private volatile @Nullable SQLiteJob<?> end;

    private long said = System.nanoTime() - BETWEEN_LINES.toNanos();

    Queue(File file) {
      super(file);
    }

    @Override
    public <T, J extends SQLiteJob<T>> J execute(J job) {
      if (ENDING.get()) {
        LAST.set(job);
        end = job;
      }
      return super.execute(job);
    }

    /** By now SQLite has undone the job. */
    @Override
    @SuppressWarnings("rawtypes") // As it is declared there.
    protected void handleJobException(SQLiteJob job, Throwable fault) throws Throwable {
      super.handleJobException(job, fault);
      if (job.equals(end)) {
        Flag.reset();
      }

      if (isOfTheFile(fault) && System.nanoTime() - said >= BETWEEN_LINES.toNanos()) {
        said = System.nanoTime();
        log.accept(complaint(fault));
      }
    }
  }

  /**
   * DynamoDB Local's mark that a transaction is open, which an end that fails leaves set: what
   * comes next would be written piece by piece.
   */
  private abstract static class Flag extends AmazonDynamoDBOfflineSQLiteJob<Void> {

    /** To be called by SQLite's thread. */
    static void reset() {
      manualTransactionsEnabled.set(false);
    }
  }

  private static final class Growth extends SQLiteJob<Void> {

    private final boolean grow;

    Growth(boolean grow) {
      this.grow = grow;
    }

    @Override
    protected @Nullable Void job(SQLiteConnection connection) throws SQLiteException {
      // SQLite takes no less than the pages that there are.
      connection.exec("PRAGMA max_page_count = " + (grow ? Integer.MAX_VALUE : 1));
      return null;
    }
  }
}
