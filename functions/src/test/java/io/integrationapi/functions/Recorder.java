package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.history.RecordChanges.StreamRecord;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records what became of the integrations of some accounts, as the table's stream tells it: with
 * the item before and the item after each change. It must be asked after every change.
 */
final class Recorder {
  private final Api api;
  private final DynamoDbClient client;
  private final Map<String, Map<String, AttributeValue>> seen = new HashMap<>();
  private final List<Caller> accounts;
  private int sequence;

  Recorder(Api api, Caller... accounts) {
    this.api = api;
    this.client = api.client();
    this.accounts = List.of(accounts);
  }

  /** Makes the rows of what has changed since. */
  void record() {
    record(pending());
  }

  /** The records of what has changed since, which are then to be recorded by the caller. */
  List<StreamRecord> pending() {
    List<StreamRecord> records = new ArrayList<>();
    for (Caller account : accounts) {
      Map<String, Map<String, AttributeValue>> now = new HashMap<>();
      for (Map<String, AttributeValue> item : api.items(client, account)) {
        now.put(key(item), item);
      }
      TreeSet<String> keys = new TreeSet<>(now.keySet());
      seen.keySet().stream().filter(key -> key.startsWith(prefix(account))).forEach(keys::add);
      for (String key : keys) {
        Map<String, AttributeValue> before = seen.getOrDefault(key, Map.of());
        Map<String, AttributeValue> after = now.getOrDefault(key, Map.of());
        if (!before.equals(after)) {
          records.add(streamRecord(before, after));
        }
        seen.put(key, after);
      }
    }
    return records;
  }

  void record(List<StreamRecord> records) {
    List<Throwable> failures = new ArrayList<>();
    assertEquals(List.of(), api.components.recordChanges().record(records, failures::add));
    assertEquals(List.of(), failures);
  }

  private static String prefix(Caller account) {
    return "account#" + account.id() + "\n";
  }

  private static String key(Map<String, AttributeValue> item) {
    return requireNonNull(item.get("pk")).s() + "\n" + requireNonNull(item.get("sk")).s();
  }

  private StreamRecord streamRecord(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    String number = Integer.toString(++sequence);
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    ObjectNode images = record.putObject("dynamodb");
    images.put("SequenceNumber", number);
    images.put("ApproximateCreationDateTime", 1_764_000_000);
    Map<String, AttributeValue> any = before.isEmpty() ? after : before;
    ObjectNode keys = images.putObject("Keys");
    for (String name : List.of("pk", "sk")) {
      keys.putObject(name).put("S", requireNonNull(any.get(name)).s());
    }
    image(images, "OldImage", before);
    image(images, "NewImage", after);
    return new StreamRecord(number, JsonText.readTrusted(JsonText.write(record)));
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
