package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import io.integrationapi.domain.JsonText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON lines to the function's log. */
final class Log {
  private static final String OWN_CODE = "io.integrationapi.";

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
      for (StackTraceElement frame : cause.getStackTrace()) {
        // The frames of the SDK between its first and ours say nothing.
        if (frames.isEmpty() || frame.getClassName().startsWith(OWN_CODE)) {
          frames.add(frame.toString());
        }
      }
    }
    context.getLogger().log(JsonText.write(line) + "\n");
  }
}
