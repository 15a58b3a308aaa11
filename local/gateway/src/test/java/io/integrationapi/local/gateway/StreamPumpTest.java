package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.stack.EmbeddedDynamoDb;
import io.integrationapi.local.stack.EventSourceMapping;
import io.integrationapi.local.stack.TableStream;
import io.integrationapi.local.stack.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a function gets of a table's stream, with a function that a test writes itself. */
class StreamPumpTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Template TEMPLATE =
      Template.parse(
          """
          Resources:
            Things:
              Type: AWS::DynamoDB::Table
              Properties:
                AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
                KeySchema: [{ AttributeName: pk, KeyType: HASH }]
                StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
            Follower:
              Type: AWS::Serverless::Function
              Properties: { Handler: follower, AutoPublishAlias: live }
            Mapping:
              Type: AWS::Lambda::EventSourceMapping
              Properties:
                EventSourceArn: !GetAtt Things.StreamArn
                FunctionName: !Ref Follower.Alias
                StartingPosition: TRIM_HORIZON
                BatchSize: 8
                BisectBatchOnFunctionError: true
                FunctionResponseTypes: [ReportBatchItemFailures]
                FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"thing"}]}}}}' }] }
          """,
          "template.yaml");
  private static final EventSourceMapping MAPPING = TEMPLATE.mappings().getFirst();

  private final BlockingQueue<List<JsonNode>> batches = new LinkedBlockingQueue<>();

  /** Answers a batch; null if the function fails. */
  private volatile Function<List<JsonNode>, @Nullable String> follower =
      _ -> "{\"batchItemFailures\":[]}";

  private final EmbeddedDynamoDb store = start();
  private final DynamoDbClient client = Stores.client(store.endpoint().toString());
  private final List<StreamPump> pumps = new ArrayList<>();
  @TempDir private Path folder;

  private static EmbeddedDynamoDb start() {
    try {
      EmbeddedDynamoDb started = EmbeddedDynamoDb.inMemory();
      started.createTables(TEMPLATE.tables());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    pumps.forEach(StreamPump::close);
    client.close();
    store.close();
  }

  @Test
  void a_change_arrives_within_a_second_as_lambda_hands_it_over() throws Exception {
    pump();
    put("thing", "one");
    put("thing", "two");

    List<JsonNode> records = take(2);

    JsonNode record = records.getLast();
    assertEquals("MODIFY", record.path("eventName").asString());
    assertEquals("aws:dynamodb", record.path("eventSource").asString());
    assertEquals("1.1", record.path("eventVersion").asString());
    assertTrue(record.path("eventID").isString());
    assertTrue(record.path("awsRegion").isString());
    assertTrue(record.path("eventSourceARN").asString().contains(":table/Things/stream/"));
    JsonNode change = record.path("dynamodb");
    assertEquals("{\"pk\":{\"S\":\"thing\"}}", change.path("Keys").toString());
    assertEquals("one", change.at("/OldImage/value/S").asString());
    assertEquals("two", change.at("/NewImage/value/S").asString());
    assertEquals("NEW_AND_OLD_IMAGES", change.path("StreamViewType").asString());
    assertTrue(change.path("SequenceNumber").isString());
    assertTrue(change.path("SizeBytes").isNumber());
    assertTrue(change.path("ApproximateCreationDateTime").isNumber());
  }

  @Test
  void what_no_pattern_matches_is_left_out_and_the_rest_is_in_order() throws Exception {
    for (int i = 0; i < 20; i++) {
      put(i % 2 == 0 ? "thing" : "other", Integer.toString(i));
    }
    pump();

    assertEquals(numbers(0, 2, 4, 6, 8, 10, 12, 14, 16, 18), values(take(10)));
    assertEquals(List.of(), List.copyOf(batches));
  }

  @Test
  void a_batch_that_is_taken_in_part_goes_on_from_the_first_that_is_not() throws Exception {
    var calls = new ArrayList<List<String>>();
    follower =
        batch -> {
          calls.add(values(batch));
          // The second call takes what the first did not.
          return calls.size() > 1
              ? "{\"batchItemFailures\":[]}"
              : failures(batch.get(2), batch.get(1));
        };
    for (int i = 0; i < 4; i++) {
      put("thing", Integer.toString(i));
    }
    pump();
    take(7);

    assertEquals(List.of(numbers(0, 1, 2, 3), numbers(1, 2, 3)), calls);
  }

  @Test
  void a_batch_that_the_function_fails_on_is_halved_and_stays_in_order() throws Exception {
    var taken = new ArrayList<String>();
    var tries = new ArrayList<Integer>();
    follower =
        batch -> {
          // It cannot bear the one with the number 5 beside others, nor at first alone.
          if (values(batch).contains("5") && (batch.size() > 1 || tries.size() < 4)) {
            tries.add(batch.size());
            return null;
          }
          taken.addAll(values(batch));
          return "{}";
        };
    for (int i = 0; i < 8; i++) {
      put("thing", Integer.toString(i));
    }
    pump();
    awaitUntil(() -> taken.size() == 8);

    assertEquals(numbers(0, 1, 2, 3, 4, 5, 6, 7), taken);
    assertEquals(List.of(8, 4, 2, 1), tries);
  }

  @Test
  void an_identifier_that_is_no_records_fails_the_whole_batch() throws Exception {
    var calls = new ArrayList<Integer>();
    follower =
        batch -> {
          calls.add(batch.size());
          return calls.size() == 1
              ? "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}"
              : "{\"batchItemFailures\":[]}";
        };
    put("thing", "0");
    put("thing", "1");
    pump();
    awaitUntil(() -> calls.size() == 3);

    assertEquals(List.of(2, 1, 1), calls);
  }

  @Test
  void next_pump_goes_on_where_this_one_was_ended() throws Exception {
    for (int i = 0; i < 3; i++) {
      put("thing", Integer.toString(i));
    }
    pump();
    take(3);
    awaitUntil(() -> Files.exists(checkpoint()));
    String before = Files.readString(checkpoint());
    pumps.removeLast().close();
    put("thing", "3");

    pump();

    assertEquals(numbers(3), values(take(1)));
    awaitUntil(() -> !Files.readString(checkpoint()).equals(before));
  }

  /** It is killed after the function has taken one of two records. */
  @Test
  void what_was_taken_of_a_batch_is_not_given_again_to_the_next_pump() throws Exception {
    put("thing", "0");
    put("thing", "1");
    follower = batch -> failures(batch.getLast());
    pump();
    awaitUntil(() -> batches.size() > 2);
    pumps.removeLast().close();
    batches.clear();
    follower = _ -> "{\"batchItemFailures\":[]}";

    pump();

    assertEquals(numbers(1), values(take(1)));
  }

  @Test
  void without_a_checkpoint_that_can_be_read_everything_comes_again() throws Exception {
    put("thing", "0");
    Files.writeString(checkpoint(), "{\"stream\":\"arn:");

    pump();

    assertEquals(numbers(0), values(take(1)));
  }

  @Test
  void it_ends_soon_though_the_function_never_takes_anything() throws Exception {
    follower = _ -> null;
    put("thing", "0");
    pump();
    awaitUntil(() -> batches.size() > 1);

    long start = System.nanoTime();
    pumps.removeLast().close();

    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4));
  }

  @Test
  void a_pattern_that_a_laptop_does_not_know_is_said() {
    for (String pattern : List.of("{\"a\":[{\"exists\":true}]}", "{\"a\":1}")) {
      assertThrows(IllegalArgumentException.class, () -> new EventFilter(List.of(pattern)));
    }
  }

  private void pump() {
    var pump =
        new StreamPump(
            MAPPING,
            new TableStream(store.endpoint(), MAPPING.table()),
            new Checkpoint(Optional.of(checkpoint())),
            this::invoke);
    pumps.add(pump);
    pump.start();
  }

  private Invocation invoke(byte[] event) {
    List<JsonNode> records = List.copyOf(JSON.readTree(event).path("Records").values());
    @Nullable String answer = follower.apply(records);
    batches.add(records);
    return answer == null
        ? new Invocation.Failed("java.lang.Error", "null")
        : new Invocation.Answered(answer.getBytes(StandardCharsets.UTF_8));
  }

  private Path checkpoint() {
    return folder.resolve("checkpoint.json");
  }

  private void put(String key, String value) {
    client.putItem(request ->
        request
            .tableName("Things")
            .item(Map.of("pk", AttributeValue.fromS(key), "value", AttributeValue.fromS(value))));
  }

  /** The records of as many invocations as it takes. */
  private List<JsonNode> take(int count) throws InterruptedException {
    List<JsonNode> records = new ArrayList<>();
    while (records.size() < count) {
      @Nullable List<JsonNode> batch = batches.poll(10, TimeUnit.SECONDS);
      assertTrue(batch != null, () -> "only " + records);
      records.addAll(batch);
    }
    return records;
  }

  private static List<String> values(List<JsonNode> records) {
    return records.stream()
        .map(record -> record.at("/dynamodb/NewImage/value/S").asString())
        .toList();
  }

  private static List<String> numbers(int... numbers) {
    return IntStream.of(numbers).mapToObj(Integer::toString).toList();
  }

  private static String failures(JsonNode... records) {
    var answer = JSON.createObjectNode();
    for (JsonNode record : records) {
      answer
          .withArray("batchItemFailures")
          .addObject()
          .put("itemIdentifier", StreamPump.sequenceNumber(record));
    }
    return answer.toString();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void awaitUntil(Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(15), "it never came");
      Thread.sleep(20);
    }
  }
}
