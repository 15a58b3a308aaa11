package io.integrationapi.local.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.local.stack.LambdaFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small Lambda: runs the template's functions in this process, bytes in and bytes out.
 *
 * <p>A handler is made at its first invocation and then serves all, as many at once as are asked
 * for; on AWS one environment runs one at a time. A function that exceeds its time-out is
 * interrupted, but not ended.
 */
final class LambdaFunctions implements AutoCloseable {

  /**
   * The largest event, and the largest answer, of a synchronous invocation: 6 MB and a little.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  static final int PAYLOAD_LIMIT = 6_291_556;

  private final Map<String, LambdaFunction> functions;
  private final Map<String, String> environment;
  private final HandlerFactory factory;
  private final InstantSource clock;
  private final Map<String, RequestStreamHandler> handlers = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Makes one whose functions are all cold.
   *
   * @param environment what every function gets over what the template declares
   */
  LambdaFunctions(
      Map<String, LambdaFunction> functions,
      Map<String, String> environment,
      HandlerFactory factory,
      InstantSource clock) {
    this.functions = functions;
    this.environment = environment;
    this.factory = factory;
    this.clock = clock;
  }

  static String arn(String name) {
    return "arn:aws:lambda:us-east-1:" + Call.ACCOUNT + ":function:" + name;
  }

  /**
   * The function that a caller of Lambda means: by logical id, by name or by ARN, with or without a
   * version.
   */
  Optional<LambdaFunction> find(String name) {
    String prefix = arn("");
    String bare =
        (name.startsWith(prefix) ? name.substring(prefix.length()) : name).split(":", 2)[0];
    return functions.values().stream()
        .filter(function -> function.logicalId().equals(bare) || function.name().equals(bare))
        .findFirst();
  }

  /**
   * Invokes a function.
   *
   * @param logicalId one that the template has
   * @param patience how long the caller waits at most
   */
  Invocation invoke(String logicalId, byte[] event, String requestId, Duration patience) {
    LambdaFunction function =
        find(logicalId).orElseThrow(() -> new IllegalArgumentException("no function " + logicalId));
    Instant deadline = clock.instant().plus(function.timeout());
    Future<byte[]> run = executor.submit(() -> run(function, event, requestId, deadline));

    boolean patient = patience.compareTo(function.timeout()) > 0;
    Duration wait = patient ? function.timeout() : patience;
    try {
      byte[] output = run.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return output.length > PAYLOAD_LIMIT ? tooLarge() : new Invocation.Answered(output);
    } catch (ExecutionException e) {
      return failed(function, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      if (!patient) {
        return new Invocation.TimedOut();
      }
      run.cancel(true);
      return new Invocation.Failed(
          "Sandbox.Timedout",
          "RequestId: %s Error: Task timed out after %d.00 seconds"
              .formatted(requestId, function.timeout().toSeconds()));
    } catch (InterruptedException e) {
      run.cancel(true);
      Thread.currentThread().interrupt();
      return new Invocation.Failed("Runtime.ExitError", "the laptop is going down");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private byte[] run(LambdaFunction function, byte[] event, String requestId, Instant deadline)
      throws Exception {
    RequestStreamHandler handler = handlerOf(function);
    var output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event),
        output,
        new InvocationContext(function, requestId, deadline, clock));
    return output.toByteArray();
  }

  /** A handler whose making failed is made anew the next time, as on AWS. */
  private RequestStreamHandler handlerOf(LambdaFunction function) throws Exception {
    RequestStreamHandler present = handlers.get(function.logicalId());
    if (present != null) {
      return present;
    }
    synchronized (handlers) {
      RequestStreamHandler made = handlers.get(function.logicalId());
      if (made == null) {
        made = factory.create(function.handlerClass(), environmentOf(function));
        handlers.put(function.logicalId(), made);
      }
      return made;
    }
  }

  private Map<String, String> environmentOf(LambdaFunction function) {
    var merged = new LinkedHashMap<>(function.environment());
    merged.putAll(environment);
    return merged;
  }

  /**
   * Lambda would log it; here standard error is the log. What an authorizer says to refuse a token
   * is no fault.
   */
  private static Invocation failed(LambdaFunction function, Throwable fault) {
    String message = Optional.ofNullable(fault.getMessage()).orElse("null");
    if (!message.equals(Authorizers.REFUSAL)) {
      Log.line(function.logicalId() + " failed:");
      fault.printStackTrace();
    }
    return new Invocation.Failed(fault.getClass().getName(), message);
  }

  private static Invocation tooLarge() {
    return new Invocation.Failed(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size ("
            + PAYLOAD_LIMIT
            + " bytes).");
  }
}
