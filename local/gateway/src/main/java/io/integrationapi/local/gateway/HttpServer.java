package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.HttpListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Speaks HTTP/1.1 for a site. Every answer comes from the site, also to what is no HTTP. */
final class HttpServer implements AutoCloseable {

  /**
   * 10 MB, the largest body that API Gateway takes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
   *     for REST APIs</a>
   */
  static final int BODY_LIMIT = 10 * 1024 * 1024;

  /** Request line and headers together, from the same table. */
  private static final int HEADER_LIMIT = 10_240;

  /**
   * What is read and thrown away of a body over the limit, so that its sender gets to read the
   * answer.
   */
  private static final long DRAIN_LIMIT = 256L * 1024 * 1024;

  /**
   * How long a body may take to come in, all of it. Jetty's own limit is for the time between two
   * bytes, so that a byte now and then would hold a thread and a connection for hours.
   */
  private static final Duration BODY_PATIENCE = Duration.ofMinutes(1);

  private final HttpListener listener;

  private HttpServer(HttpListener listener) {
    this.listener = listener;
  }

  /**
   * Starts to listen.
   *
   * @param address where, and nowhere else; port 0 takes a free one
   * @throws BindException if the port is taken
   */
  static HttpServer start(InetSocketAddress address, HttpSite site) throws IOException {
    return start(address, site, BODY_PATIENCE);
  }

  static HttpServer start(InetSocketAddress address, HttpSite site, Duration bodyPatience)
      throws IOException {
    return new HttpServer(
        HttpListener.start(
            address, configuration(), new Answering(site, bodyPatience), new Refusing(site)));
  }

  /** The port that it listens on. */
  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(HEADER_LIMIT);
    configuration.setSendServerVersion(false);
    // Which paths and queries there are is the gateway's to say, and it looks at them as they were
    // sent.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    // A proxy's client names the host twice, and need not do so alike.
    configuration.setHttpCompliance(
        HttpCompliance.RFC7230.with("gateway", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    return configuration;
  }

  private static void send(HttpAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    for (Header header : answer.headers()) {
      response.getHeaders().add(new HttpField(header.name(), header.value()));
    }
    if (answer.status() == 304) {
      // In one write Jetty would add a Content-Length of 0, which for a 304 means another thing
      // than no body (RFC 9110,
      // section 8.6).
      response.write(
          false, null, Callback.from(() -> response.write(true, null, callback), callback::failed));
    } else {
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
  }

  private static final class Answering extends Handler.Abstract {

    private final HttpSite site;
    private final Duration bodyPatience;

    Answering(HttpSite site, Duration bodyPatience) {
      this.site = site;
      this.bodyPatience = bodyPatience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      boolean expectsContinue = request.getHeaders().contains(HttpHeader.EXPECT, "100-continue");
      boolean oversized = request.getLength() > BODY_LIMIT;

      byte[] body = new byte[0];
      // Who waits to be told to go on is told at once that it is too much.
      if (!oversized || !expectsContinue) {
        Scheduler.Task end = closeLater(request);
        InputStream in = Content.Source.asInputStream(request);
        body = oversized ? body : in.readNBytes(BODY_LIMIT + 1);
        oversized |= body.length > BODY_LIMIT;
        if (oversized) {
          body = new byte[0];
          drain(in);
        }
        end.cancel();
      }

      send(site.answer(read(request, body, oversized)), response, callback);
      return true;
    }

    /** Closes the connection, which ends the reading of a body, unless it is cancelled in time. */
    private Scheduler.Task closeLater(Request request) {
      EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
      return request
          .getComponents()
          .getScheduler()
          .schedule(
              () -> connection.close(new TimeoutException("a body took too long")),
              bodyPatience.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    private static void drain(InputStream in) throws IOException {
      long left = DRAIN_LIMIT;
      byte[] buffer = new byte[64 * 1024];
      for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
        left -= read;
      }
    }

    private static HttpRequest read(Request request, byte[] body, boolean oversized) {
      List<Header> headers =
          request.getHeaders().stream()
              .map(field ->
                  new Header(field.getName(), Optional.ofNullable(field.getValue()).orElse("")))
              .toList();
      return new HttpRequest(
          request.getMethod(),
          Optional.ofNullable(request.getHttpURI().getPath()).orElse(""),
          Optional.ofNullable(request.getHttpURI().getQuery()),
          request.getConnectionMetaData().getProtocol(),
          headers,
          body,
          oversized,
          Request.getRemoteAddr(request),
          Request.getLocalPort(request));
    }
  }

  /** Called by Jetty for what it cannot read, and for what went wrong in the site. */
  private static final class Refusing implements Request.Handler {

    private final HttpSite site;

    Refusing(HttpSite site) {
      this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      send(site.malformed(response.getStatus()), response, callback);
      return true;
    }
  }
}
