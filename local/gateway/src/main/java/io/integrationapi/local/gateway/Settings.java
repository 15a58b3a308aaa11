package io.integrationapi.local.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What may be chosen through the environment; the contract's section 7 says what each means.
 *
 * @param api where the API listens
 * @param store where the store's own endpoint listens
 * @param folder where data is kept; empty to keep none
 * @param accessLog whether each request is a line in the log
 */
record Settings(
    InetSocketAddress api, InetSocketAddress store, Optional<Path> folder, boolean accessLog) {

  /**
   * Reads them.
   *
   * @param root the folder that a relative {@code DATA_DIR} is relative to
   */
  static Settings from(Map<String, String> environment, Path root) throws StartFault {
    String folder = value(environment, "DATA_DIR", ".data");
    return new Settings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(environment, "PORT", 3000)),
        store(environment),
        folder.equals("memory") ? Optional.empty() : Optional.of(root.resolve(folder).normalize()),
        accessLog(environment));
  }

  private static boolean accessLog(Map<String, String> environment) throws StartFault {
    String log = value(environment, "LOG", "");
    if (log.isEmpty() || log.equals("access")) {
      return !log.isEmpty();
    }
    throw new StartFault(
        "LOG is " + log + ": set it to access for a line for each request, or leave it out.");
  }

  private static InetSocketAddress store(Map<String, String> environment) throws StartFault {
    String host = value(environment, "DYNAMODB_HOST", "127.0.0.1");
    var address = new InetSocketAddress(host, port(environment, "DYNAMODB_PORT", 8000));
    if (address.isUnresolved()) {
      throw new StartFault(
          "DYNAMODB_HOST is " + host + ", which is no address: set it to one of this machine.");
    }
    return address;
  }

  private static int port(Map<String, String> environment, String name, int otherwise)
      throws StartFault {
    String text = value(environment, name, Integer.toString(otherwise));
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is no port.
    }
    throw new StartFault(
        name + " is " + text + ": set it to a number from 0 to 65535, 0 for any free port.");
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .orElse(otherwise);
  }
}
