package io.integrationapi.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.HistoryEvent;
import io.integrationapi.domain.history.HistorySettings;
import io.integrationapi.domain.history.RecordChanges;
import io.integrationapi.domain.history.RecordChanges.StreamRecord;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.Configuration;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.Labels;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of changes in the history, by the images that the items really had. */
@EveryStore
class RecordChangesTest {
  private static final Map<String, String> ENVIRONMENT = TestStore.environment();
  private static final String TABLE = requireNonNull(ENVIRONMENT.get("TABLE_NAME"));
  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofMillis(20));

  private final Random random = new Random();
  private Instant now = Instant.parse("2026-11-26T01:00:00Z");
  private final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final DynamoDbClient client =
      DynamoDbClients.create(
          line,
          Duration.ofSeconds(10),
          Region.US_EAST_1,
          StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
          URI.create(requireNonNull(ENVIRONMENT.get("AWS_ENDPOINT_URL_DYNAMODB"))));
  private final DynamoDbStore store =
      new DynamoDbStore(client, TABLE, PATIENT, new ClockAndRandom(() -> now, random), _ -> {});
  private final IntegrationRepository integrations = store.integrations();
  private final History history = store.history();
  private final RecordChanges recorder =
      new RecordChanges(store.changeReader(), history, new HistorySettings(90));

  private final Principal alice =
      new Principal.Account(new AccountId("alice-" + random.nextLong()), Scope.FULL);
  private final List<StreamRecord> stream = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  @Test
  void each_change_has_a_row_in_their_order() {
    IntegrationId id = create("One");
    rename(id, "Two");
    lock(id, true);
    lock(id, false);
    delete(id);

    assertEquals(List.of(), record(stream));

    assertEquals(
        List.of(
            HistoryEvent.DELETE,
            HistoryEvent.UNLOCK,
            HistoryEvent.LOCK,
            HistoryEvent.UPDATE,
            HistoryEvent.CREATE),
        events(id));
    HistoryEntry update = audit(id).get(3);
    assertEquals(
        "[{\"fieldPath\":\"name\",\"oldValue\":\"One\",\"newValue\":\"Two\"}]",
        update.fieldChanges().list().text());
    assertEquals(new Author.Bearer(alice, null, "label"), audit(id).getFirst().by());
    assertEquals(
        "Two",
        history
            .find(alice, id, update.id())
            .orElseThrow()
            .state()
            .document()
            .tree()
            .path("name")
            .stringValue());
    assertEquals(List.of(), failures);
  }

  @Test
  void deletion_leaves_nothing_behind_once_it_is_recorded() {
    IntegrationId id = create("One");
    delete(id);
    assertEquals(false, item(id).isEmpty());

    record(stream);

    assertEquals(Map.of(), item(id));
  }

  @Test
  void a_batch_that_comes_twice_changes_no_row() {
    IntegrationId id = create("One");
    rename(id, "Two");
    record(stream);
    List<Map<String, AttributeValue>> rows = rows(id);

    now = now.plusSeconds(60);
    record(stream);

    assertEquals(4, rows.size());
    assertEquals(rows, rows(id));
  }

  @Test
  void an_integration_stops_at_the_record_that_cannot_be_kept_and_others_go_on() {
    IntegrationId stopped = create("One");
    IntegrationId other = create("Other");
    rename(stopped, "Two");
    rename(other, "Other two");
    rename(stopped, "Three");
    // Each create is two puts; the third record's fail until the policy gives up.
    List<Integer> sent = new ArrayList<>();
    line.failWith(number -> {
      sent.add(number);
      return sent.size() > 4 && failures.isEmpty() ? Fault.THROTTLED : Fault.NONE;
    });

    List<String> failed = record(stream);
    line.failWith(_ -> Fault.NONE);

    assertEquals(List.of(stream.get(2).sequenceNumber(), stream.get(4).sequenceNumber()), failed);
    assertEquals(List.of(HistoryEvent.CREATE), events(stopped));
    assertEquals(List.of(HistoryEvent.UPDATE, HistoryEvent.CREATE), events(other));

    assertEquals(List.of(), record(stream.subList(2, 5)));
    assertEquals(
        List.of(HistoryEvent.UPDATE, HistoryEvent.UPDATE, HistoryEvent.CREATE), events(stopped));
  }

  @Test
  void rows_that_are_missing_are_told_on_every_page_and_once() {
    IntegrationId id = create("One");
    for (int i = 0; i < 4; i++) {
      rename(id, "Name " + i);
    }
    record(List.of(stream.get(0), stream.get(1), stream.get(4)));

    List<HistoryEvent> expected =
        List.of(HistoryEvent.UPDATE, HistoryEvent.GAP, HistoryEvent.UPDATE, HistoryEvent.CREATE);
    assertEquals(expected, events(id));
    List<HistoryEvent> paged = new ArrayList<>();
    History.Listed page = new History.Listed(null);
    do {
      page =
          history
              .list(
                  alice,
                  id,
                  new History.Request(History.View.AUDIT, 1, page.next()),
                  entry -> paged.add(entry.event()))
              .orElseThrow();
    } while (page.next() != null);
    assertEquals(expected, paged);
  }

  @Test
  void what_cannot_be_read_is_a_row_that_says_so() {
    IntegrationId id = create("One");
    StreamRecord record = stream.getFirst();
    ((ObjectNode) record.content().path("dynamodb").path("NewImage"))
        .putObject("configuration")
        .put("BOOL", true);

    assertEquals(List.of(), record(stream));

    assertEquals(List.of(HistoryEvent.UNREADABLE), events(id));
    assertEquals(1, failures.size());
  }

  @Test
  void memory_of_a_revoked_attempt_is_no_change() {
    IntegrationId id = create("One");
    Map<String, AttributeValue> before = item(id);
    Map<String, AttributeValue> after = new HashMap<>(before);
    after.put("revoked", AttributeValue.fromSs(List.of("f".repeat(24))));
    add(before, after);

    assertEquals(List.of(), record(stream));

    assertEquals(List.of(HistoryEvent.CREATE), events(id));
  }

  @Test
  void state_that_was_there_before_changes_were_numbered_can_be_had_back() {
    IntegrationId id = create("One");
    Map<String, AttributeValue> old = new HashMap<>(item(id));
    old.remove("changeNumber");
    client.putItem(put -> put.tableName(TABLE).item(old));
    stream.clear();
    rename(id, "Two");

    record(stream);

    List<HistoryEntry> revisions = list(id, History.View.REVISIONS);
    assertEquals(
        List.of(HistoryEvent.UPDATE, HistoryEvent.BASELINE),
        revisions.stream().map(HistoryEntry::event).toList());
    assertEquals(
        "One",
        history
            .find(alice, id, revisions.getLast().id())
            .orElseThrow()
            .state()
            .document()
            .tree()
            .path("name")
            .stringValue());
  }

  @Test
  void the_largest_state_is_kept_whatever_it_holds() {
    StringBuilder noise = new StringBuilder();
    while (noise.length() < 116_000) {
      noise.append((char) (0x4E00 + random.nextInt(0x5000)));
    }
    IntegrationId id = create("One");
    change(id, new Labels("One", noise.toString(), null), null);

    assertEquals(List.of(), record(stream));

    HistoryEntry update = audit(id).getFirst();
    assertEquals(true, update.fieldChanges().truncated());
    assertEquals(
        noise.toString(),
        history
            .find(alice, id, update.id())
            .orElseThrow()
            .state()
            .document()
            .tree()
            .path("description")
            .stringValue());
  }

  @Test
  void a_stranger_finds_no_history() {
    IntegrationId id = create("One");
    record(stream);
    Principal bob = new Principal.Account(new AccountId("bob"), Scope.FULL);

    assertEquals(
        true,
        history
            .list(bob, id, new History.Request(History.View.AUDIT, 10, null), _ -> true)
            .isEmpty());
    assertEquals(true, history.find(bob, id, audit(id).getFirst().id()).isEmpty());
  }

  private List<String> record(List<StreamRecord> batch) {
    return recorder.record(batch, failures::add);
  }

  private IntegrationId create(String name) {
    Authorship authorship = authorship();
    IntegrationId id = IntegrationId.next(now, random);
    integrations.create(
        new Integration(
            id,
            ((Principal.Account) alice).id(),
            now,
            null,
            null,
            false,
            new Labels(name, null, null),
            new Configuration(JsonNodeFactory.instance.objectNode()),
            PublisherMembers.NONE,
            null,
            authorship),
        null);
    add(Map.of(), item(id));
    return id;
  }

  private void rename(IntegrationId id, String name) {
    change(id, new Labels(name, null, null), null);
  }

  private void lock(IntegrationId id, boolean locked) {
    Labels labels = integrations.find(alice, id).orElseThrow().labels();
    change(id, labels, PublisherMembers.of(null, null, locked, null));
  }

  private void change(
      IntegrationId id,
      Labels labels,
      @org.jspecify.annotations.Nullable PublisherMembers publisherMembers) {
    Map<String, AttributeValue> before = item(id);
    assertInstanceOf(
        Outcome.Done.class,
        integrations.change(
            alice,
            new Change(
                id,
                labels,
                new Configuration(JsonNodeFactory.instance.objectNode()),
                publisherMembers,
                null,
                false,
                false,
                null,
                Precondition.NONE,
                authorship())));
    add(before, item(id));
  }

  private void delete(IntegrationId id) {
    Map<String, AttributeValue> before = item(id);
    assertInstanceOf(
        Outcome.Gone.class, integrations.delete(alice, id, Precondition.NONE, authorship()));
    add(before, item(id));
  }

  private Authorship authorship() {
    now = now.plusMillis(1);
    return new Authorship(
        new Author.Bearer(alice, null, "label"), now, Revision.next(now, random), "request");
  }

  private Map<String, AttributeValue> item(IntegrationId id) {
    return client
        .getItem(get ->
            get.tableName(TABLE)
                .consistentRead(true)
                .key(Keys.integration(((Principal.Account) alice).id(), id)))
        .item();
  }

  private List<Map<String, AttributeValue>> rows(IntegrationId id) {
    return client
        .query(query ->
            query
                .tableName(TABLE)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(
                        ":pk",
                        AttributeValue.fromS(Keys.history(((Principal.Account) alice).id(), id)))))
        .items();
  }

  private List<HistoryEvent> events(IntegrationId id) {
    return audit(id).stream().map(HistoryEntry::event).toList();
  }

  private List<HistoryEntry> audit(IntegrationId id) {
    return list(id, History.View.AUDIT);
  }

  private List<HistoryEntry> list(IntegrationId id, History.View view) {
    List<HistoryEntry> entries = new ArrayList<>();
    var _ =
        history.list(alice, id, new History.Request(view, 100, null), entries::add).orElseThrow();
    return entries;
  }

  private void add(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    ObjectNode images = record.putObject("dynamodb");
    images.put("SequenceNumber", Integer.toString(stream.size()));
    images.put("ApproximateCreationDateTime", now.getEpochSecond());
    Map<String, AttributeValue> any = before.isEmpty() ? after : before;
    ObjectNode keys = images.putObject("Keys");
    for (String name : List.of("pk", "sk")) {
      keys.putObject(name).put("S", requireNonNull(any.get(name)).s());
    }
    image(images, "OldImage", before);
    image(images, "NewImage", after);
    // As Lambda hands it over: through text.
    stream.add(
        new StreamRecord(
            Integer.toString(stream.size()), JsonText.readTrusted(JsonText.write(record))));
  }

  private static void image(ObjectNode images, String name, Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return;
    }
    ObjectNode image = images.putObject(name);
    item.forEach((attribute, value) -> {
      ObjectNode typed = image.putObject(attribute);
      switch (value.type()) {
        case S -> typed.put("S", value.s());
        case N -> typed.put("N", value.n());
        case BOOL -> typed.put("BOOL", value.bool());
        case SS -> value.ss().forEach(typed.putArray("SS")::add);
        default -> throw new IllegalStateException("an integration has no " + value.type());
      }
    });
  }
}
