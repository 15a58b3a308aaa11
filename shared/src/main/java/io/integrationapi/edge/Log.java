package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import io.integrationapi.domain.invocation.StoreErrorException;
import io.integrationapi.domain.json.JsonText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON lines to the function's log. None holds a token, a body or a document. */
final class Log {
  private static final String OWN_CODE = "io.integrationapi.";

  private final LambdaLogger logger;
  private final String function;
  private final String requestId;

  /**
   * @param requestId by which the lines of one request are found, here and in the access log
   */
  Log(Context context, String requestId) {
    this(context.getLogger(), context.getFunctionName(), requestId);
  }

  private Log(LambdaLogger logger, String function, String requestId) {
    this.logger = logger;
    this.function = function;
    this.requestId = requestId;
  }

  /** A log for what happens before the first invocation of a process. */
  static Log beforeInvocations(Object handler) {
    return new Log(LambdaRuntime.getLogger(), handler.getClass().getSimpleName(), "priming");
  }

  /**
   * Where it went wrong, and in what way: never an exception's message, which may quote a document.
   */
  void failure(Throwable failure) {
    ObjectNode line = line("ERROR");
    ArrayNode causes = line.putArray("causes");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      ObjectNode entry = causes.addObject().put("class", cause.getClass().getName());
      if (cause instanceof StoreErrorException error) {
        describe(error, entry);
      }
      ArrayNode frames = entry.putArray("at");
      for (StackTraceElement frame : cause.getStackTrace()) {
        // The frames of the SDK between its first and ours say nothing.
        if (frames.isEmpty() || frame.getClassName().startsWith(OWN_CODE)) {
          frames.add(frame.toString());
        }
      }
    }
    write(line);
  }

  private static void describe(StoreErrorException error, ObjectNode entry) {
    entry.put("status", error.status());
    if (error.code() != null) {
      entry.put("code", error.code());
    }
    if (error.requestId() != null) {
      entry.put("storeRequestId", error.requestId());
    }
  }

  /** What an operator did: who, what and why. */
  void audit(ObjectNode what) {
    ObjectNode line = line("INFO");
    line.setAll(what);
    write(line);
  }

  /** A line that has its own form. */
  void write(ObjectNode line) {
    logger.log(JsonText.write(line) + "\n");
  }

  private ObjectNode line(String level) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("level", level)
        .put("function", function)
        .put("requestId", requestId);
  }
}
