package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.domain.Deadline;
import io.integrationapi.domain.Fault;
import io.integrationapi.domain.StoreUnavailableException;
import io.integrationapi.domain.Validated;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What every endpoint's handler is besides its endpoint: bytes in, bytes out, and no exception that
 * reaches a caller.
 *
 * @param <R> the request of the endpoint, which cannot be malformed any more
 */
public abstract class ApiHandler<R> implements RequestStreamHandler {
  /**
   * What the store may take of the function's ten seconds. The rest is for what the function does
   * by itself, and for those who cannot tell to the millisecond when a time is over.
   */
  private static final Duration BUDGET = Duration.ofSeconds(7);

  private final Function<ProxyRequest, Validated<R>> reader;
  private final Duration budget;

  /**
   * @param reader the endpoint's method of {@link Requests}
   */
  protected ApiHandler(Function<ProxyRequest, Validated<R>> reader) {
    this(reader, BUDGET);
  }

  /**
   * @param reader the endpoint's method of {@link Requests}
   * @param budget what the store may take, for a function that has more than ten seconds
   */
  protected ApiHandler(Function<ProxyRequest, Validated<R>> reader, Duration budget) {
    this.reader = reader;
    this.budget = budget;
  }

  /** Carries the request out. */
  protected abstract Answer answer(R request);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ProxyRequest request = new ProxyRequest(ProxyEvents.read(input));
    Log log = new Log(context, request.id());
    Answer answer = Deadline.within(budget, () -> answerOrFail(request, log));
    ProxyEvents.write(answer.header("x-request-id", request.id()).event(), output);
  }

  private Answer answerOrFail(ProxyRequest request, Log log) {
    try {
      return switch (reader.apply(request)) {
        case Validated.Valid<R>(R value) -> answer(value);
        case Validated.Invalid<R>(List<Fault> faults) -> Answers.invalid(faults);
      };
    } catch (StoreUnavailableException e) {
      log.failure(e);
      return Answers.unavailable();
    } catch (RuntimeException e) {
      log.failure(e);
      return Answers.internalError();
    }
  }
}
