package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.LaptopParameters;
import io.integrationapi.local.stack.Template;
import io.integrationapi.local.stack.TemplateException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the whole product in the foreground: an embedded DynamoDB, the functions that deploy, and a
 * small API Gateway that serves what {@code template.yaml} declares.
 *
 * <p>The environment chooses {@code PORT}, {@code DYNAMODB_PORT}, {@code DYNAMODB_HOST}, {@code
 * DATA_DIR} and {@code LOG}. What keeps it from starting is one line on standard error, and exit
 * status 1. It ends with a signal, or with the process that started it; what it answered is kept.
 */
public final class Laptop {

  private static final Duration PARENT_POLL = Duration.ofMillis(100);

  private Laptop() {}

  /**
   * Starts it, and serves until the process is ended.
   *
   * @param arguments the folder that {@code template.yaml} is in; by default the system property
   *     {@code project.root}, else the working directory
   */
  public static void main(String[] arguments) throws InterruptedException {
    endWithParent();
    Path root =
        Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("project.root", "."))
            .toAbsolutePath()
            .normalize();

    try {
      var settings = Settings.from(System.getenv(), root);
      Template template = Template.read(root.resolve("template.yaml"), LaptopParameters.VALUES);
      var handlers = new DeployedHandlers();
      Server server =
          Server.start(template, settings, handlers, new ExampleData(handlers::components));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end"));
      System.out.println(Welcome.text(server.api(), server.store(), settings.folder()));
      server.startStreams();
    } catch (StartFault | TemplateException e) {
      refuse(Objects.toString(e.getMessage()));
    } catch (RuntimeException e) {
      refuse("The laptop does not start: " + e);
    }

    new CountDownLatch(1).await();
  }

  /** A signal to Maven alone would leave this process behind, with its ports taken. */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent ->
            Thread.ofVirtual()
                .start(() -> {
                  // Asked again and again, because onExit takes up to a second to notice.
                  while (parent.isAlive()) {
                    LockSupport.parkNanos(PARENT_POLL.toNanos());
                  }
                  System.exit(0);
                }));
  }

  private static void refuse(String reason) {
    System.err.println(reason.lines().findFirst().orElse("The laptop does not start."));
    System.exit(1);
  }
}
