package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.EventSourceMapping;
import io.integrationapi.local.stack.StreamEvents;
import io.integrationapi.local.stack.TableStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small event source mapping: reads the stream of a table, and gives its records to a function as
 * the template says, in a thread of its own. What was taken is taken for good, however the process
 * ends; what was not comes again with the next.
 */
final class StreamPump implements AutoCloseable {

  /** Lambda asks four times a second. */
  private static final Duration POLL = Duration.ofMillis(250);

  private static final Duration RELIST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(5);

  /** An event has 6 MB at most; the rest is for what is around the records. */
  private static final int BATCH_BYTES = 6_000_000;

  private final EventSourceMapping mapping;
  private final TableStream stream;
  private final Checkpoint checkpoint;
  private final EventFilter filter;
  private final BatchDelivery delivery;
  private final Thread thread;

  /** Of the pump's own thread, as all that follows. */
  private String arn = "";

  private List<Shard> shards = new ArrayList<>();
  private boolean listed;
  private long listedAt;

  /** Where the reading of each shard goes on. */
  private final Map<String, String> places = new HashMap<>();

  private volatile boolean closed;

  /**
   * Makes one that does nothing before it is started.
   *
   * @throws IllegalArgumentException if the mapping's patterns use what a laptop does not know
   */
  StreamPump(
      EventSourceMapping mapping,
      TableStream stream,
      Checkpoint checkpoint,
      BatchDelivery.Function function) {
    this.mapping = mapping;
    this.stream = stream;
    this.checkpoint = checkpoint;
    this.filter = new EventFilter(mapping.patterns());
    this.delivery = new BatchDelivery(mapping, function);
    this.thread = Thread.ofPlatform().daemon().name(mapping.logicalId()).unstarted(this::run);
  }

  static String sequenceNumber(JsonNode record) {
    return record.path("dynamodb").path("SequenceNumber").asString("");
  }

  void start() {
    thread.start();
  }

  /** Ends it; a batch that is under way comes again. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stream.close();
  }

  private void run() {
    try {
      while (!closed) {
        try {
          follow();
          Thread.sleep(POLL);
        } catch (RuntimeException | IOException e) {
          if (closed) {
            return;
          }
          // The store may be busy, or the disk full: what is not taken stays in the stream.
          Log.line(mapping.logicalId() + " pauses: " + e.getClass().getName());
          places.clear();
          listed = false;
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads every shard of the stream until nothing more is there at the moment. */
  private void follow() throws IOException, InterruptedException {
    if (!listed || System.nanoTime() - listedAt > RELIST.toNanos()) {
      list();
    }
    for (Shard shard : List.copyOf(shards)) {
      // What follows a shard is in order only when that one is at its end.
      boolean waits =
          shards.stream().anyMatch(other -> other.shardId().equals(shard.parentShardId()));
      if (!waits && read(shard.shardId())) {
        shards.remove(shard);
        listed = false;
      }
    }
  }

  private void list() {
    Optional<String> present = stream.arn();
    if (present.isEmpty()) {
      return;
    }
    if (!present.get().equals(arn)) {
      arn = present.get();
      places.clear();
      checkpoint.follow(arn);
    }
    shards = new ArrayList<>(stream.shards(arn));
    shards.removeIf(shard -> checkpoint.isAtEnd(shard.shardId()));
    listedAt = System.nanoTime();
    listed = true;
  }

  /** Returns whether the shard is at its end. */
  private boolean read(String shard) throws IOException, InterruptedException {
    @Nullable String next = places.get(shard);
    if (next == null) {
      next = from(shard);
    }
    boolean more = true;
    while (next != null && more) {
      TableStream.Page page;
      try {
        page = stream.read(next);
      } catch (ExpiredIteratorException e) {
        // A batch took longer than the place lasts where the reading would go on.
        next = from(shard);
        continue;
      }
      take(shard, page.records());
      next = page.next();
      // A page may be empty though more follow; then the next poll reads on.
      more = !page.records().isEmpty();
    }
    if (next == null) {
      places.remove(shard);
      checkpoint.end(shard);
      return true;
    }
    places.put(shard, next);
    return false;
  }

  private String from(String shard) {
    try {
      return stream.from(arn, shard, checkpoint.last(shard));
    } catch (TrimmedDataAccessException e) {
      Log.line("Changes are missing in the stream of " + mapping.table() + ": they were too old.");
      checkpoint.forget(shard);
      return stream.from(arn, shard, null);
    }
  }

  private void take(String shard, List<Record> records) throws IOException, InterruptedException {
    List<ObjectNode> batch = new ArrayList<>();
    int bytes = 0;
    for (Record record : records) {
      ObjectNode json = StreamEvents.record(record, arn);
      if (!filter.takes(json)) {
        continue;
      }
      int size = json.toString().getBytes(StandardCharsets.UTF_8).length;
      if (batch.size() == mapping.batchSize() || (!batch.isEmpty() && bytes + size > BATCH_BYTES)) {
        deliver(shard, batch);
        batch.clear();
        bytes = 0;
      }
      batch.add(json);
      bytes += size;
    }
    deliver(shard, batch);
    if (!records.isEmpty()) {
      checkpoint.taken(shard, records.getLast().dynamodb().sequenceNumber());
    }
  }

  private void deliver(String shard, List<ObjectNode> batch)
      throws IOException, InterruptedException {
    delivery.deliver(List.copyOf(batch), record -> checkpoint.taken(shard, sequenceNumber(record)));
  }
}
