package io.integrationapi.local.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection on which a test sends what it likes, HTTP or not. */
final class RawHttp implements AutoCloseable {

  /** An answer as it was read. */
  record Answer(int status, List<Header> headers, String body) {

    Optional<String> header(String name) {
      return Header.last(headers, name);
    }

    String code() {
      return SmallApi.JSON.readTree(body).path("errors").path(0).path("code").asString("");
    }
  }

  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Answer send(String request) throws IOException {
    write(request.getBytes(StandardCharsets.UTF_8));
    return read(request.startsWith("HEAD "));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  Answer read() throws IOException {
    return read(false);
  }

  /** Does the server keep the connection open? */
  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer read(boolean withoutBody) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    var headers = new ArrayList<Header>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    if (status == 100) {
      return read(withoutBody);
    }

    int length = Header.last(headers, "Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = withoutBody ? new byte[0] : in.readNBytes(length);
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
