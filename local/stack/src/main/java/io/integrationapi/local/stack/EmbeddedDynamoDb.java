package io.integrationapi.local.stack;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;

/**
 * DynamoDB Local in this JVM, behind an HTTP endpoint of its own.
 *
 * <p>Any credentials and any region reach the same tables. It never throttles, never reports a
 * transaction conflict, has no lag on an index and removes nothing by time to live: what AWS does
 * there has to be tested elsewhere. DynamoDB Local writes nothing to a log, and reports nothing to
 * anybody.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {

  /**
   * Held here, because the logging system forgets the settings of a logger that nobody refers to.
   */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final LocalDynamoDBRequestHandler database;
  private final HttpListener listener;
  private final URI endpoint;

  private EmbeddedDynamoDb(
      LocalDynamoDBRequestHandler database, HttpListener listener, URI endpoint) {
    this.database = database;
    this.listener = listener;
    this.endpoint = endpoint;
  }

  /**
   * Starts an empty one that keeps nothing, on a free port of the loopback interface.
   *
   * @throws IOException if no port is to be had
   */
  public static EmbeddedDynamoDb inMemory() throws IOException {
    return start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), line -> {});
  }

  /**
   * Starts one.
   *
   * <p>DynamoDB Local's own server listens on every interface and cannot be told otherwise; here
   * its handler has a server that can.
   *
   * @param address where it listens, and nowhere else; port 0 takes a free one
   * @param folder an existing folder that keeps the data, or empty to keep nothing; nobody else may
   *     use it meanwhile
   * @param log told, a line at a time, why the folder cannot be written to
   * @throws BindException if the address is taken or is not this machine's
   * @throws IOException if it cannot start for another reason
   */
  public static EmbeddedDynamoDb start(
      InetSocketAddress address, Optional<Path> folder, Consumer<String> log) throws IOException {
    SQLITE.setUseParentHandlers(false);

    LocalDynamoDBRequestHandler database = database(folder, log);
    // No origin is named: a page in a browser has no business here.
    var handler = new ContextHandler(new LocalDynamoDBServerHandler(database, ""), "/");
    try {
      var listener =
          HttpListener.start(address, new HttpConfiguration(), handler, new ErrorHandler());
      return new EmbeddedDynamoDb(database, listener, endpoint(address, listener.port()));
    } catch (IOException e) {
      database.shutdown();
      throw e;
    }
  }

  /** Where its clients find it: a URI with the port that was really taken. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates the tables that are absent, and the indexes, the stream and the time to live that a
   * present one lacks. What a present table has beyond that stays, and its keys are not compared.
   */
  public void createTables(Collection<Table> tables) {
    new EmbeddedTables(database).create(tables);
  }

  /** Is there nothing in any of its tables? */
  public boolean isEmpty() {
    return new EmbeddedTables(database).isEmpty();
  }

  /** The database that its folder keeps; for tests. */
  CheckedDatabase database() {
    return ((CheckedStore) database).database();
  }

  /** Ends it at once. What it has answered is kept if it has a folder. */
  @Override
  public void close() {
    try {
      listener.close();
    } finally {
      database.shutdown();
    }
  }

  private static LocalDynamoDBRequestHandler database(Optional<Path> folder, Consumer<String> log) {
    if (folder.isEmpty()) {
      // The fourth argument: one database for every key and region.
      return new LocalDynamoDBRequestHandler(0, true, null, true, false);
    }
    try {
      return new CheckedStore(folder.get(), log);
    } catch (LocalDBAccessException e) {
      if (CheckedDatabase.isOfTheFile(e)) {
        log.accept("The store cannot write to " + folder.get() + ".");
      }
      throw e;
    }
  }

  private static URI endpoint(InetSocketAddress address, int port) {
    InetAddress host = address.getAddress();
    boolean everywhere = host != null && host.isAnyLocalAddress();
    return URI.create(
        "http://" + (everywhere ? "127.0.0.1" : bracketed(address.getHostString())) + ":" + port);
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
