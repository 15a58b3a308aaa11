package io.integrationapi.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The line to the store, under the SDK: it counts the requests that go over it, and does to them
 * what a test asks for. DynamoDB Local never throttles and never reports a conflict of
 * transactions, so both are made here.
 */
public final class FaultInjectingHttpClient implements SdkHttpClient {
  /** What may happen to one request. */
  public enum Fault {
    NONE,
    /** It never arrives. */
    REFUSED,
    /** It arrives and is carried out, but its answer is lost. */
    ANSWER_LOST,
    /** It arrives and is carried out, but its answer comes after the attempt's time is over. */
    ANSWER_LATE,
    /** It never arrives, and nothing tells so. */
    NEVER_ANSWERED,
    /** It is answered after half of the time that an attempt has. */
    SLOW,
    /** It is answered with a server's failure and not carried out. */
    SERVER_ERROR,
    /** It is carried out, and answered with a server's failure. */
    SERVER_ERROR_AFTERWARDS,
    /** It is refused for a reason that no request of ours should meet. */
    DENIED,
    /** It is throttled and not carried out. */
    THROTTLED,
    /** A write meets another transaction on the same item and is not carried out; a read passes. */
    CONFLICT,
    /** A refusal loses its body on the way, and with it what was refused; a success is lost. */
    CUT_OFF,
    /** A transaction is throttled on one of its items and not carried out; the rest passes. */
    ITEM_THROTTLED,
    /**
     * A transaction meets another one on its second item and is not carried out; the rest passes.
     */
    CONFLICT_AT_SECOND,
    /** The same, and what its first item asks for was not met by what the other one left. */
    REFUSAL_AND_CONFLICT,
    /** Nobody hears of it any more, and it arrives when {@link #deliverLate} lets it. */
    LATE,
    /** A batch of reads is answered with nothing read and all left to be asked again. */
    UNPROCESSED
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final long SLOW_MILLIS = 550;
  private static final long LATE_MILLIS = 1300;
  private static final long NEVER_MILLIS = 60_000;

  private final RequestUnits line = new RequestUnits(UrlConnectionHttpClient.create());
  private final List<String> operations = Collections.synchronizedList(new ArrayList<>());
  private volatile IntFunction<Fault> faults = _ -> Fault.NONE;
  private volatile Runnable between = () -> {};
  private final Map<String, Set<String>> actions = new ConcurrentHashMap<>();
  private final Queue<HttpExecuteRequest> late = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private int number;

  /** How long at most the store itself took for one request that the caller waited for. */
  public Duration longestOfStore() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** The operations that were sent since the last call, {@code GetItem} for instance. */
  public List<String> takeOperations() {
    synchronized (operations) {
      List<String> taken = List.copyOf(operations);
      operations.clear();
      return taken;
    }
  }

  /** From now on the store is asked what each request costs. */
  public void countUnits() {
    line.begin();
  }

  /** What the requests cost since the last call. */
  public Units takeUnits() {
    return line.take();
  }

  /**
   * A function's own way onto this line: what comes by it and the template does not allow the
   * function, fails the test.
   */
  public SdkHttpClient of(String function) {
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return prepare(request, function);
      }

      @Override
      public void close() {
        // The line is everybody's.
      }
    };
  }

  /** What the function had leave for and made use of. */
  public Set<String> actionsOf(String sender) {
    return actions.getOrDefault(sender, Set.of());
  }

  /** From now on the first, second, … request (counted from 1) meets this fault. */
  public synchronized void failWith(IntFunction<Fault> faults) {
    this.number = 0;
    this.faults = faults;
  }

  /** What was kept back arrives now, and its answer is nobody's. */
  public void deliverLate() throws IOException {
    for (HttpExecuteRequest request = late.poll(); request != null; request = late.poll()) {
      drain(line.prepareRequest(request).call());
    }
  }

  /** Does something once, after the next request that is sent was answered or lost. */
  public void betweenAttempts(Runnable between) {
    this.between = between;
  }

  /** For what no function of the template sends. */
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return prepare(request, null);
  }

  private ExecutableHttpRequest prepare(HttpExecuteRequest request, @Nullable String sender) {
    ExecutableHttpRequest prepared = measured(line.prepareRequest(request));
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse(".");
        String operation = target.substring(target.indexOf('.') + 1);
        operations.add(operation);
        checkPermission(sender, request, operation);
        try {
          return answer(prepared, request, operation, next());
        } finally {
          Runnable now = between;
          between = () -> {};
          aside(now);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public void close() {
    line.close();
  }

  private ExecutableHttpRequest measured(ExecutableHttpRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        long start = System.nanoTime();
        try {
          return request.call();
        } finally {
          longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
      }

      @Override
      public void abort() {
        request.abort();
      }
    };
  }

  private void checkPermission(
      @Nullable String sender, HttpExecuteRequest request, String operation) throws IOException {
    if (sender == null) {
      return;
    }
    for (String action : StoreActions.of(operation, bodyOf(request))) {
      if (!StoreActions.allowed(sender).contains(action)) {
        throw new AssertionError(sender + " has no leave for " + action);
      }
      actions.computeIfAbsent(sender, _ -> ConcurrentHashMap.newKeySet()).add(action);
    }
  }

  private synchronized Fault next() {
    number++;
    return faults.apply(number);
  }

  private HttpExecuteResponse answer(
      ExecutableHttpRequest request, HttpExecuteRequest sent, String operation, Fault fault)
      throws IOException {
    return switch (fault) {
      case NONE -> request.call();
      case REFUSED -> throw new ConnectException("refused by the test");
      case ANSWER_LOST -> {
        drain(request.call());
        throw new SocketTimeoutException("the answer was lost by the test");
      }
      case ANSWER_LATE -> {
        HttpExecuteResponse response = request.call();
        pause(LATE_MILLIS);
        yield response;
      }
      case NEVER_ANSWERED -> {
        pause(NEVER_MILLIS);
        throw new SocketTimeoutException("the test outlasted the longest wait");
      }
      case SLOW -> {
        pause(SLOW_MILLIS);
        yield request.call();
      }
      case SERVER_ERROR -> error(500, "InternalServerError", "{}");
      case SERVER_ERROR_AFTERWARDS -> {
        drain(request.call());
        yield error(500, "InternalServerError", "{}");
      }
      case DENIED -> error(400, "AccessDeniedException", "{}");
      case THROTTLED -> error(400, "ThrottlingException", "{}");
      case CONFLICT ->
          switch (operation) {
            case "TransactWriteItems" -> cancelled("TransactionConflict");
            case "UpdateItem", "PutItem", "DeleteItem" ->
                error(400, "TransactionConflictException", "{}");
            default -> request.call();
          };
      case CUT_OFF -> {
        HttpExecuteResponse response = request.call();
        if (response.httpResponse().isSuccessful()) {
          drain(response);
          throw new SocketTimeoutException("the answer was lost by the test");
        }
        drain(response);
        yield answer(response.httpResponse().statusCode(), "");
      }
      case ITEM_THROTTLED -> cancelled(request, operation, "ThrottlingError", "None");
      case CONFLICT_AT_SECOND -> cancelled(request, operation, "None", "TransactionConflict");
      case REFUSAL_AND_CONFLICT ->
          cancelled(request, operation, "ConditionalCheckFailed", "TransactionConflict");
      case LATE -> {
        late.add(sent);
        throw new SocketTimeoutException("the test keeps the request back");
      }
      case UNPROCESSED ->
          operation.equals("BatchGetItem")
              ? answer(
                  200,
                  "{\"Responses\":{},\"UnprocessedKeys\":"
                      + JSON.readTree(bodyOf(sent)).path("RequestItems")
                      + "}")
              : request.call();
    };
  }

  private static HttpExecuteResponse cancelled(
      ExecutableHttpRequest request, String operation, String... reasons) throws IOException {
    return operation.equals("TransactWriteItems") ? cancelled(reasons) : request.call();
  }

  /** A transaction that is not carried out, with a reason for each of its first items. */
  private static HttpExecuteResponse cancelled(String... reasons) {
    String codes =
        Stream.of(reasons)
            .map(reason -> "{\"Code\":\"" + reason + "\"}")
            .collect(Collectors.joining(","));
    return error(400, "TransactionCanceledException", "{\"CancellationReasons\":[" + codes + "]}");
  }

  private static byte[] bodyOf(HttpExecuteRequest request) throws IOException {
    try (InputStream stream = request.contentStreamProvider().orElseThrow().newStream()) {
      return stream.readAllBytes();
    }
  }

  /** Not in the attempt's own thread, which the SDK interrupts when the attempt's time is over. */
  private static void aside(Runnable work) {
    CompletableFuture.runAsync(work, Thread::startVirtualThread).join();
  }

  /** Ends early when the SDK gives the attempt up. */
  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the attempt's time was over", e);
    }
  }

  private static void drain(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isPresent()) {
      try (AbortableInputStream body = response.responseBody().get()) {
        body.readAllBytes();
      }
    }
  }

  private static HttpExecuteResponse error(int status, String type, String members) {
    String name = "\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"";
    return answer(
        status, members.equals("{}") ? "{" + name + "}" : "{" + name + "," + members.substring(1));
  }

  private static HttpExecuteResponse answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("x-amzn-RequestId", "REQUEST-OF-A-FAULT")
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
