package io.integrationapi.local.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty at one address, one virtual thread a request. It is the one that DynamoDB Local brings,
 * so that no other has to be loaded at start.
 */
public final class HttpListener implements AutoCloseable {

  private final Server server;
  private final ServerConnector connector;

  private HttpListener(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to listen.
   *
   * @param address where, and nowhere else; port 0 takes a free one
   * @param faults answers what Jetty could not read, and what the handler failed at
   * @throws BindException if the address is taken or is not this machine's
   * @throws IOException if it cannot start for another reason
   */
  public static HttpListener start(
      InetSocketAddress address,
      HttpConfiguration configuration,
      Handler handler,
      Request.Handler faults)
      throws IOException {
    var threads = new QueuedThreadPool();
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());

    // Or a header of one request is taken for that of an earlier one: "Bearer ABC" for "Bearer
    // abc".
    configuration.setHeaderCacheCaseSensitive(true);
    var server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    server.addConnector(connector);
    server.setHandler(handler);
    server.setErrorHandler(faults);
    server.setStopTimeout(0);

    try {
      server.start();
      return new HttpListener(server, connector);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a server started");
    } catch (Exception e) {
      throw startFault(e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Ends it at once, requests under way included. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("a server does not stop: " + e.getMessage(), e);
    }
  }

  private static IOException startFault(Exception fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        return bind;
      }
    }
    return new IOException("a server does not start: " + fault.getMessage(), fault);
  }
}
