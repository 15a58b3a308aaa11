package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import io.integrationapi.domain.rollout.Probe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.crac.Core;
import org.crac.Resource;

/**
 * What all endpoint handlers share: they read bytes and write bytes, and no exception reaches a
 * caller.
 *
 * @param <R> the request of the endpoint, which cannot be malformed any more
 */
public abstract class ApiHandler<R> implements RequestStreamHandler, Resource, Probe {
  /**
   * What the store may take of the function's ten seconds. The rest is for what the function does
   * by itself, and for those who cannot tell to the millisecond when a time is over.
   */
  static final Duration BUDGET = Duration.ofSeconds(7);

  private static final int SERVER_ERROR = 500;

  private final EmbeddedMetrics metrics;
  private final Function<ProxyRequest, Validated<R>> reader;
  private final Duration budget;

  /**
   * @param reader the endpoint's method of {@link Requests}
   */
  protected ApiHandler(EmbeddedMetrics metrics, Function<ProxyRequest, Validated<R>> reader) {
    this(metrics, reader, BUDGET);
  }

  /**
   * @param reader the endpoint's method of {@link Requests}
   * @param budget what the store may take, for a function that has more than ten seconds
   */
  // The registry only remembers the handler, and calls it when the process is about to be copied.
  @SuppressWarnings("this-escape")
  protected ApiHandler(
      EmbeddedMetrics metrics, Function<ProxyRequest, Validated<R>> reader, Duration budget) {
    this.metrics = metrics;
    this.reader = reader;
    this.budget = budget;
    Core.getGlobalContext().register(this);
  }

  /** Carries the request out. */
  protected abstract Answer answer(R request);

  /** The request that warms this handler; a handler that needs a body has one of its own. */
  protected Priming priming() {
    return Priming.withoutBody();
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ProxyRequest request = new ProxyRequest(ProxyEventJson.read(input));
    Log log = new Log(context, request.id());
    Answer answer = Deadline.within(budget, () -> answerOrFail(request, log));
    answer.logTo(log);
    answer.countIn(metrics);
    answer.header("x-request-id", request.id()).write(output);
    metrics.flush(log);
  }

  /** Runs the whole handler once, so that a copy of the process begins warm. */
  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context)
      throws IOException {
    ProxyRequest request =
        new ProxyRequest(ProxyEventJson.read(new ByteArrayInputStream(priming().event())));
    try {
      Answer answer = Deadline.within(budget, () -> answerTo(request));
      answer.write(OutputStream.nullOutputStream());
    } catch (RuntimeException e) {
      // A function that could not be warmed works all the same, only later.
      Log.beforeInvocations(this).failure(e);
    }
  }

  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {
    // What must be fresh in each copy, such as ids and times, is made for each request.
  }

  @Override
  public final byte[] probe() {
    return priming().event();
  }

  /** Any answer but one of the server's faults: what the request is about does not exist. */
  @Override
  public final boolean isProven(byte[] answer) {
    return JsonText.readTrusted(answer).path("statusCode").asInt(SERVER_ERROR) < SERVER_ERROR;
  }

  private Answer answerOrFail(ProxyRequest request, Log log) {
    try {
      return answerTo(request);
    } catch (StoreUnavailableException e) {
      log.failure(e);
      return Answers.unavailable();
    } catch (RuntimeException e) {
      log.failure(e);
      return Answers.internalError();
    }
  }

  private Answer answerTo(ProxyRequest request) {
    return switch (reader.apply(request)) {
      case Validated.Valid<R>(R value) -> answer(value);
      case Validated.Invalid<R>(List<Fault> faults) -> Answers.invalid(faults);
    };
  }
}
