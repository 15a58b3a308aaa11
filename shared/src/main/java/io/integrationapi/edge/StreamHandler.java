package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.domain.history.RecordChanges.StreamRecord;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.rollout.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes batches of the records of the table's stream, and answers which of them must come again
 * (Lambda's developer guide, "Configuring partial batch response with DynamoDB and Lambda"). No
 * exception leaves it: Lambda would write its message into the log, and that may quote a document.
 */
public abstract class StreamHandler implements RequestStreamHandler, Probe {
  private static final String FAILURES = "batchItemFailures";

  /** It stands for the whole batch. */
  private static final List<String> ALL = List.of("");

  private final EmbeddedMetrics metrics;

  protected StreamHandler(EmbeddedMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Does the job.
   *
   * @param failures told of what went wrong
   * @return the sequence numbers of the records that must come again
   */
  protected abstract List<String> take(List<StreamRecord> batch, Consumer<Throwable> failures);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Log log = new Log(context, context.getAwsRequestId());
    byte[] event = input.readAllBytes();
    List<String> failed = Deadline.within(ApiHandler.BUDGET, () -> takeOrFail(event, log));
    output.write(JsonText.writeBytes(answer(failed)));
    metrics.flush(log);
  }

  /** No records: a writer cannot prove more without writing. */
  @Override
  public final byte[] probe() {
    return "{\"Records\":[]}".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public final boolean isProven(byte[] answer) {
    JsonNode failures = JsonText.readTrusted(answer).path(FAILURES);
    return failures.isArray() && failures.isEmpty();
  }

  private List<String> takeOrFail(byte[] event, Log log) {
    try {
      return take(records(event), log::failure);
    } catch (RuntimeException e) {
      log.failure(e);
      return ALL;
    }
  }

  private static List<StreamRecord> records(byte[] event) {
    List<StreamRecord> records = new ArrayList<>();
    for (JsonNode record : JsonText.readTrusted(event).path("Records").values()) {
      records.add(new StreamRecord(record.at("/dynamodb/SequenceNumber").stringValue(), record));
    }
    return records;
  }

  private static ObjectNode answer(List<String> failed) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = answer.putArray(FAILURES);
    failed.forEach(number -> failures.addObject().put("itemIdentifier", number));
    return answer;
  }
}
