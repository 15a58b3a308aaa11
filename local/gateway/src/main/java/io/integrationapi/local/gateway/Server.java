package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.EmbeddedDynamoDb;
import io.integrationapi.local.stack.EventSourceMapping;
import io.integrationapi.local.stack.LambdaFunction;
import io.integrationapi.local.stack.TableStream;
import io.integrationapi.local.stack.Template;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Everything that a laptop runs: the store, the functions and the gateway in front of them. */
final class Server implements AutoCloseable {

  /** In the order in which they were started. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final List<StreamPump> pumps = new ArrayList<>();
  private final Template template;
  private final URI store;
  private final int port;

  /**
   * Whether the store said, before there was anybody to serve, that its folder cannot be written.
   */
  private volatile boolean unwritable;

  private volatile boolean serving;

  private Server(Template template, Settings settings, HandlerFactory factory, Seed seed)
      throws StartFault {
    this.template = template;
    try {
      Optional<DataFolder> folder = Optional.empty();
      if (settings.folder().isPresent()) {
        folder = Optional.of(DataFolder.take(settings.folder().get()));
        parts.push(folder.get());
      }
      EmbeddedDynamoDb database = database(settings, this::storeFault);
      parts.push(database);
      store = database.endpoint();
      database.createTables(template.tables());

      Map<String, String> environment = environment(store);
      if (database.isEmpty()) {
        Runnable filling = () -> seed.fill(seedEnvironment(template, environment));
        folder.ifPresentOrElse(kept -> kept.fill(filling), filling);
      }
      // A seed may take an answer of 503 for an answer.
      if (unwritable) {
        throw unwritable(settings);
      }

      InstantSource clock = InstantSource.system();
      var functions = new LambdaFunctions(template.functions(), environment, factory, clock);
      parts.push(functions);
      var gateway = new RestGateway(template.api(), functions, clock, RestGateway.TIMEOUT);
      HttpSite site = new InvokeApi(functions, gateway);
      HttpServer http =
          http(settings.api(), settings.accessLog() ? new AccessLog(site, Log::line) : site);
      parts.push(http);
      port = http.port();
      for (EventSourceMapping mapping : template.mappings()) {
        StreamPump pump = pump(mapping, functions, settings);
        pumps.add(pump);
        parts.push(pump);
      }
      serving = true;
    } catch (StartFault e) {
      close();
      throw e;
    } catch (RuntimeException e) {
      close();
      if (unwritable) {
        throw unwritable(settings);
      }
      throw e;
    }
  }

  /**
   * Starts it all.
   *
   * @throws StartFault if something is in the way
   */
  static Server start(Template template, Settings settings, HandlerFactory factory, Seed seed)
      throws StartFault {
    return new Server(template, settings, factory, seed);
  }

  /** Where the API is, stage and all. */
  URI api() {
    return URI.create("http://127.0.0.1:" + port + "/" + template.api().stage());
  }

  /** Where the store's own endpoint is. */
  URI store() {
    return store;
  }

  /**
   * From now on functions get what is in the tables' streams. The first answer needs none of it.
   */
  void startStreams() {
    pumps.forEach(StreamPump::start);
  }

  private StreamPump pump(
      EventSourceMapping mapping, LambdaFunctions functions, Settings settings) {
    Duration patience = template.function(mapping.function()).timeout().plusSeconds(1);
    return new StreamPump(
        mapping,
        new TableStream(store, mapping.table()),
        new Checkpoint(
            settings
                .folder()
                .map(folder -> folder.resolve(mapping.logicalId() + ".checkpoint.json"))),
        event ->
            functions.invoke(mapping.function(), event, UUID.randomUUID().toString(), patience));
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("Not ended cleanly: " + e.getMessage());
      }
    }
  }

  /**
   * What Lambda gives each function; the store is ours whatever the template says. Nobody here
   * deploys: the store refuses what it does not know, so that no question leaves this machine.
   */
  private static Map<String, String> environment(URI store) {
    return Map.of(
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local",
        "AWS_ENDPOINT_URL_DYNAMODB",
        store.toString(),
        "AWS_ENDPOINT_URL_CODEDEPLOY",
        store.toString(),
        "AWS_ENDPOINT_URL_LAMBDA",
        store.toString());
  }

  private static Map<String, String> seedEnvironment(
      Template template, Map<String, String> environment) {
    var merged = new LinkedHashMap<String, String>();
    template.functions().values().stream().map(LambdaFunction::environment).forEach(merged::putAll);
    merged.putAll(environment);
    return merged;
  }

  private void storeFault(String line) {
    if (serving) {
      Log.line(line);
    } else {
      unwritable = true;
    }
  }

  private static StartFault unwritable(Settings settings) {
    return new StartFault(
        "The store cannot write to %s: make room on its disk, or set DATA_DIR to another folder."
            .formatted(settings.folder().map(Path::toString).orElse("memory")));
  }

  private static EmbeddedDynamoDb database(Settings settings, Consumer<String> log)
      throws StartFault {
    try {
      return EmbeddedDynamoDb.start(settings.store(), settings.folder(), log);
    } catch (BindException e) {
      throw notBound("DYNAMODB_PORT", settings.store(), e);
    } catch (IOException e) {
      throw new StartFault("The store does not start: " + e.getMessage());
    }
  }

  private static HttpServer http(InetSocketAddress address, HttpSite site) throws StartFault {
    try {
      return HttpServer.start(address, site);
    } catch (BindException e) {
      throw notBound("PORT", address, e);
    } catch (IOException e) {
      throw new StartFault("The gateway does not start: " + e.getMessage());
    }
  }

  private static StartFault notBound(
      String setting, InetSocketAddress address, BindException fault) {
    if (!isOurs(address)) {
      return new StartFault(
          "DYNAMODB_HOST is %s, which is no address of this machine: set it to one that is."
              .formatted(address.getHostString()));
    }
    if (Optional.ofNullable(fault.getMessage()).orElse("").contains("Permission")) {
      return new StartFault(
          "Port %d is for the system only: set %s to one above 1023."
              .formatted(address.getPort(), setting));
    }
    return new StartFault(
        "Port %d is taken: end what listens there, or set %s to another (0 for any free port)."
            .formatted(address.getPort(), setting));
  }

  private static boolean isOurs(InetSocketAddress address) {
    try {
      return address.getAddress().isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
