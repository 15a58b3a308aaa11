package io.integrationapi.proof;

import io.integrationapi.proof.Fate.StoreFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The network between the functions and the store as a simulation of discrete events, on a time of
 * its own. One thing happens at a time: a message arrives, an answer arrives, somebody's patience
 * ends, somebody calls. So a seed replays, and a wait of a second takes none.
 *
 * <p>What becomes of each message is its {@link Fate}. A message whose sender was told long ago
 * that it had timed out arrives all the same, when its time comes.
 */
final class SimulatedNetwork {
  /** After so many milliseconds a sender gives a request up, as the functions do. */
  private static final long PATIENCE = 1000;

  private static final long STUCK_SECONDS = 60;

  private record Event(long time, long number, Runnable action) {}

  /** What a thread that runs a function tells the simulation when it stands still. */
  private sealed interface StandsStill {
    record Sent(Message message) implements StandsStill {}

    record Ended(Runnable after) implements StandsStill {}
  }

  private final SdkHttpClient line = UrlConnectionHttpClient.create();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
  private final BlockingQueue<StandsStill> standsStill = new LinkedBlockingQueue<>();
  private long now;
  private long number;
  private Traffic traffic = Traffic.NONE;

  /** What a history has of the network: its dice, and its memory. */
  interface Traffic {
    Traffic NONE =
        new Traffic() {
          @Override
          public Fate fate(Message message) {
            return Fate.PROMPT;
          }

          @Override
          public void arrived(Message message, long time, String outcome, boolean late) {}
        };

    /** What becomes of it. */
    Fate fate(Message message);

    /** It was looked at by the store. */
    void arrived(Message message, long time, String outcome, boolean late);
  }

  /** Begins another history, in which nothing is on its way. */
  void begin(Traffic of) {
    events.clear();
    now = 0;
    traffic = of;
  }

  /** The time in milliseconds since the history began. */
  long now() {
    return now;
  }

  /** A number that nothing before has had, for the order of what begins and ends. */
  long tick() {
    return ++number;
  }

  /** Does something at that time. */
  void at(long time, Runnable action) {
    events.add(new Event(time, ++number, action));
  }

  /** Lets the next thing happen; false if there is none. */
  boolean next() {
    Event event = events.poll();
    if (event == null) {
      return false;
    }
    now = event.time();
    event.action().run();
    return true;
  }

  /** A request to the store, from its sending on. */
  static final class Message {
    final Sender sender;
    final int call;
    final int request;
    final String operation;
    final String body;
    private final HttpExecuteRequest sent;
    private final BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
    private boolean told;

    Message(Sender sender, int request, HttpExecuteRequest sent) throws IOException {
      this.sender = sender;
      this.call = sender.call;
      this.request = request;
      this.sent = sent;
      String target = sent.httpRequest().firstMatchingHeader("X-Amz-Target").orElse(".");
      this.operation = target.substring(target.indexOf('.') + 1);
      try (InputStream stream = sent.contentStreamProvider().orElseThrow().newStream()) {
        this.body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    String key() {
      return "#" + call + "." + request;
    }

    boolean isWrite() {
      return !operation.equals("GetItem")
          && !operation.equals("Query")
          && !operation.equals("BatchGetItem");
    }
  }

  /** A client's way to the store: one function at a time, in a thread of its own. */
  final class Sender implements SdkHttpClient {
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private volatile int call;
    private volatile boolean crashed;
    private final AtomicInteger requests = new AtomicInteger();

    Sender(String name) {
      Thread.ofVirtual()
          .name(name)
          .start(() -> {
            try {
              while (true) {
                work.take().run();
              }
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          });
    }

    /**
     * Runs a function until it ends, and then something in the simulation's own thread.
     *
     * @param number of the call that it is run for
     */
    void run(int number, Runnable function, Runnable after) {
      call = number;
      crashed = false;
      requests.set(0);
      resume(() ->
          work.add(() -> {
            function.run();
            standsStill.add(new StandsStill.Ended(after));
          }));
    }

    /** Whether the process ended before its function did. */
    boolean hasCrashed() {
      return crashed;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          return send(request);
        }

        @Override
        public void abort() {
          // Its sender has gone on already.
        }
      };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
      if (crashed) {
        throw new IOException("the process has crashed");
      }
      Message message = new Message(this, requests.getAndIncrement(), request);
      standsStill.add(new StandsStill.Sent(message));
      try {
        Object outcome = message.outcome.take();
        if (outcome instanceof HttpExecuteResponse response) {
          return response;
        }
        throw (IOException) outcome;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("real time has run out", e);
      }
    }

    @Override
    public void close() {
      // The line is everybody's.
    }
  }

  /** Lets a thread go on until it stands still again. */
  private void resume(Runnable go) {
    go.run();
    try {
      switch (standsStill.poll(STUCK_SECONDS, TimeUnit.SECONDS)) {
        case StandsStill.Sent(Message message) -> dispatch(message);
        case StandsStill.Ended(Runnable after) -> after.run();
        case null -> throw new IllegalStateException("a function neither sends nor ends");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void dispatch(Message message) {
    Fate fate = traffic.fate(message);
    for (long delay : fate.arrivals()) {
      at(now + delay, () -> arrive(message, fate));
    }
    if (fate.crash() != null) {
      at(
          now + fate.crash(),
          () -> {
            message.sender.crashed |= !message.told;
            tell(message, new IOException("the process has crashed"));
          });
    }
    at(now + PATIENCE, () -> tell(message, new SocketTimeoutException("no answer in a second")));
  }

  private void arrive(Message message, Fate fate) {
    boolean late = message.told;
    Response response;
    try {
      response = serve(message, fate.store());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    traffic.arrived(message, now, response.outcome(), late);
    Long answer = fate.answer();
    if (answer != null && !late) {
      // A success of which only the beginning arrives is no answer.
      boolean cutOff = fate.store() == StoreFault.CUT_OFF && response.status() == 200;
      at(now + answer, () -> tell(message, cutOff ? new IOException("cut off") : response.toSdk()));
    }
  }

  private void tell(Message message, Object outcome) {
    if (!message.told) {
      message.told = true;
      resume(() -> message.outcome.add(outcome));
    }
  }

  private Response serve(Message message, StoreFault fault) throws IOException {
    boolean conflicts = fault == StoreFault.CONFLICT && message.isWrite();
    return switch (fault) {
      case SERVER_ERROR -> Response.error(500, "InternalServerError", "");
      case THROTTLED -> Response.error(400, "ThrottlingException", "");
      case SERVER_ERROR_AFTERWARDS -> {
        Response carriedOut = pass(message);
        yield new Response(500, "{}", carriedOut.outcome() + ", then 500");
      }
      case CUT_OFF -> {
        Response carriedOut = pass(message);
        yield new Response(carriedOut.status(), "", carriedOut.outcome() + ", cut off");
      }
      case NONE, CONFLICT -> {
        if (!conflicts) {
          yield pass(message);
        }
        yield message.operation.equals("TransactWriteItems")
            ? Response.error(
                400,
                "TransactionCanceledException",
                ",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"}]")
            : Response.error(400, "TransactionConflictException", "");
      }
    };
  }

  private Response pass(Message message) throws IOException {
    HttpExecuteResponse response = line.prepareRequest(message.sent).call();
    String body = "";
    if (response.responseBody().isPresent()) {
      try (AbortableInputStream stream = response.responseBody().get()) {
        body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    int status = response.httpResponse().statusCode();
    return new Response(status, body, status == 200 ? "carried out" : Response.nameIn(body));
  }

  private record Response(int status, String body, String outcome) {
    static Response error(int status, String type, String members) {
      String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"" + members + "}";
      return new Response(status, body, type);
    }

    static String nameIn(String body) {
      int from = body.indexOf('#') + 1;
      int to = body.indexOf('"', from);
      return from > 0 && to > from ? body.substring(from, to) : "refused";
    }

    HttpExecuteResponse toSdk() {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpResponse.builder()
                  .statusCode(status)
                  .putHeader("Content-Type", "application/x-amz-json-1.0")
                  .putHeader("Content-Length", Integer.toString(bytes.length))
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
          .build();
    }
  }

  /** A client's way to the store. */
  Sender sender(String name) {
    return new Sender(name);
  }
}
