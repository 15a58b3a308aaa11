package io.integrationapi.local.stack;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads the stream of a table of an emulated DynamoDB, which any credentials may do. */
public final class TableStream implements AutoCloseable {

  private static final String ANY = "local";

  private final URI store;
  private final String table;
  private @Nullable DynamoDbStreamsClient client;

  /**
   * Asks nothing yet.
   *
   * @param store where the emulated DynamoDB answers
   */
  public TableStream(URI store, String table) {
    this.store = store;
    this.table = table;
  }

  /**
   * Records, in their order.
   *
   * @param next where to go on; null at the end of a shard
   */
  public record Page(List<Record> records, @Nullable String next) {}

  /** The ARN of the table's latest stream; empty if it has none. */
  public Optional<String> arn() {
    List<Stream> streams = client().listStreams(request -> request.tableName(table)).streams();
    // Each begins with the time at which it was made.
    return streams.stream().map(Stream::streamArn).max(String::compareTo);
  }

  /** The shards of a stream, each behind its parent. */
  public List<Shard> shards(String arn) {
    List<Shard> unsorted = new ArrayList<>();
    @Nullable String last = null;
    do {
      String from = last;
      StreamDescription page =
          client()
              .describeStream(request -> request.streamArn(arn).exclusiveStartShardId(from))
              .streamDescription();
      unsorted.addAll(page.shards());
      last = page.lastEvaluatedShardId();
    } while (last != null);

    List<Shard> sorted = new ArrayList<>();
    while (!unsorted.isEmpty()) {
      Shard next =
          unsorted.stream().filter(it -> !hasParent(it, unsorted)).findFirst().orElseThrow();
      unsorted.remove(next);
      sorted.add(next);
    }
    return sorted;
  }

  /**
   * Where to read a shard from.
   *
   * @param after the sequence number of the last record that was taken; null for the oldest
   * @throws software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException if what
   *     follows it is no longer there
   */
  public String from(String arn, String shard, @Nullable String after) {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder()
            .streamArn(arn)
            .shardId(shard)
            .shardIteratorType(
                after == null
                    ? ShardIteratorType.TRIM_HORIZON
                    : ShardIteratorType.AFTER_SEQUENCE_NUMBER);
    if (after != null) {
      request.sequenceNumber(after);
    }
    return client().getShardIterator(request.build()).shardIterator();
  }

  /** Reads on. */
  public Page read(String from) {
    GetRecordsResponse response = client().getRecords(request -> request.shardIterator(from));
    return new Page(response.records(), response.nextShardIterator());
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  /** Made when it is needed: a laptop's first answer does not wait for it. */
  private synchronized DynamoDbStreamsClient client() {
    if (client == null) {
      client =
          DynamoDbStreamsClient.builder()
              .endpointOverride(store)
              .region(Region.of(Names.REGION))
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create(ANY, ANY)))
              .httpClient(UrlConnectionHttpClient.create())
              .build();
    }
    return client;
  }

  private static boolean hasParent(Shard shard, List<Shard> among) {
    return among.stream().anyMatch(other -> other.shardId().equals(shard.parentShardId()));
  }
}
