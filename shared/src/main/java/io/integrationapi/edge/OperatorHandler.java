package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import io.integrationapi.domain.rollout.Probe;
import io.integrationapi.edge.OperatorRequests.OperatorRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What all operators' functions share (contract section 8): they read and write JSON, answer errors
 * in the envelope of all errors, and log who did what and why. IAM alone decides who may invoke it;
 * the line's {@code requestId} finds the identity in CloudTrail.
 *
 * @param <R> the request, which cannot be malformed any more
 */
public abstract class OperatorHandler<R extends OperatorRequest>
    implements RequestStreamHandler, Probe {
  private static final String UNAVAILABLE = "service_unavailable";
  private static final String INTERNAL = "internal_error";
  private static final Set<String> FAILURES = Set.of(UNAVAILABLE, INTERNAL);

  private final EmbeddedMetrics metrics;
  private final Function<JsonNode, Validated<R>> reader;

  /**
   * @param reader the function's method of {@link OperatorRequests}
   */
  protected OperatorHandler(EmbeddedMetrics metrics, Function<JsonNode, Validated<R>> reader) {
    this.metrics = metrics;
    this.reader = reader;
  }

  /**
   * Does the job.
   *
   * @param requestId of the invocation, which what is written keeps
   */
  protected abstract OperatorAnswer answer(R request, String requestId);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String requestId = context.getAwsRequestId();
    Log log = new Log(context, requestId);
    byte[] bytes = input.readAllBytes();
    OperatorAnswer answer = Deadline.within(ApiHandler.BUDGET, () -> read(bytes, requestId, log));
    answer.audit().ifPresent(log::audit);
    output.write(JsonText.writeBytes(answer.json()));
    metrics.flush(log);
  }

  /** Asks for nothing: who must say what they want is refused. */
  @Override
  public final byte[] probe() {
    return "{}".getBytes(StandardCharsets.UTF_8);
  }

  /** Done or refused, and neither failed nor broken down. */
  @Override
  public final boolean isProven(byte[] answer) {
    JsonNode json = JsonText.readTrusted(answer);
    return json.isObject()
        && !json.has("errorMessage")
        && json.path("errors").values().stream()
            .noneMatch(error -> FAILURES.contains(error.path("code").asString("")));
  }

  private OperatorAnswer read(byte[] input, String requestId, Log log) {
    Validated<JsonNode> json = JsonText.read(input, Document.LIMITS);
    return switch (json.then(reader)) {
      case Validated.Valid<R>(R request) -> answerOrFail(request, requestId, log);
      case Validated.Invalid<R>(List<Fault> faults) ->
          OperatorAnswer.refused(OperatorRequests.attribution(json), faults);
    };
  }

  private OperatorAnswer answerOrFail(R request, String requestId, Log log) {
    try {
      return answer(request, requestId);
    } catch (StoreUnavailableException e) {
      log.failure(e);
      return OperatorAnswer.failed(
          request, UNAVAILABLE, "The store did not answer in time; it is safe to try again.");
    } catch (RuntimeException e) {
      log.failure(e);
      return OperatorAnswer.failed(
          request, INTERNAL, "Something went wrong here; it has been logged.");
    }
  }
}
