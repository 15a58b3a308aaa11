package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import io.integrationapi.domain.JsonText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON lines to the function's log. */
final class Log {
  /** As many frames as lead from the SDK back to our own code. */
  private static final int MAX_FRAMES = 30;

  private final Context context;
  private final String requestId;

  Log(Context context, String requestId) {
    this.context = context;
    this.requestId = requestId;
  }

  /**
   * Where it went wrong, and in what way: never an exception's message, which may quote a document.
   */
  void failure(Throwable failure) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("level", "ERROR").put("requestId", requestId);
    ArrayNode causes = line.putArray("causes");
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      ObjectNode entry = causes.addObject().put("class", cause.getClass().getName());
      ArrayNode frames = entry.putArray("at");
      StackTraceElement[] trace = cause.getStackTrace();
      for (int i = 0; i < Math.min(trace.length, MAX_FRAMES); i++) {
        frames.add(trace[i].toString());
      }
    }
    context.getLogger().log(JsonText.write(line) + "\n");
  }
}
