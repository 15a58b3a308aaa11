package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.EventSourceMapping;
import io.integrationapi.local.stack.StreamEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a batch of records to a function until it has taken them, as Lambda does: a batch that it
 * fails on is halved, one that it takes in part goes on from the first record that it did not take,
 * and between two tries there is a pause that grows.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     Configuring partial batch response with DynamoDB and Lambda</a>
 */
final class BatchDelivery {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EventSourceMapping mapping;
  private final Function function;

  /** Told of what was taken. */
  interface Progress {
    /** The batch was taken up to that record. */
    void taken(ObjectNode record) throws IOException;
  }

  /** What gets the records. */
  interface Function {
    Invocation invoke(byte[] event);
  }

  BatchDelivery(EventSourceMapping mapping, Function function) {
    this.mapping = mapping;
    this.function = function;
  }

  /**
   * Returns when the batch was taken, or given up where the mapping limits the tries.
   *
   * @throws InterruptedException if it was told to end
   */
  void deliver(List<ObjectNode> batch, Progress progress) throws IOException, InterruptedException {
    List<ObjectNode> rest = batch;
    Duration pause = FIRST_PAUSE;
    int tries = 0;
    while (!rest.isEmpty()) {
      int taken = invoke(rest);
      if (Thread.interrupted()) {
        throw new InterruptedException("told to end");
      }
      if (taken > 0) {
        progress.taken(rest.get(taken - 1));
        rest = rest.subList(taken, rest.size());
        pause = FIRST_PAUSE;
        tries = 0;
      } else if (taken < 0 && mapping.bisects() && rest.size() > 1) {
        int half = rest.size() / 2;
        Thread.sleep(pause);
        deliver(rest.subList(0, half), progress);
        rest = rest.subList(half, rest.size());
        continue;
      }
      if (!rest.isEmpty()) {
        tries++;
        if (mapping.retries() >= 0 && tries > mapping.retries()) {
          progress.taken(rest.getLast());
          return;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  /** How many records, from the first, were taken; -1 if the function failed. */
  private int invoke(List<ObjectNode> batch) {
    byte[] event = StreamEvents.event(batch).toString().getBytes(StandardCharsets.UTF_8);
    return switch (function.invoke(event)) {
      case Invocation.Answered answered -> taken(batch, answered.output());
      case Invocation.Failed _, Invocation.TimedOut _ -> -1;
    };
  }

  private int taken(List<ObjectNode> batch, byte[] answer) {
    if (!mapping.reportsFailures()) {
      return batch.size();
    }
    Set<String> failed = new HashSet<>();
    try {
      for (JsonNode failure : JSON.readTree(answer).path("batchItemFailures").values()) {
        failed.add(failure.path("itemIdentifier").asString(""));
      }
    } catch (JacksonException e) {
      return -1;
    }
    if (failed.isEmpty()) {
      return batch.size();
    }
    // An identifier that is no record's stands for the whole batch.
    List<String> numbers = batch.stream().map(StreamPump::sequenceNumber).toList();
    return numbers.containsAll(failed)
        ? IntStream.range(0, numbers.size())
            .filter(index -> failed.contains(numbers.get(index)))
            .findFirst()
            .orElseThrow()
        : -1;
  }
}
