package io.integrationapi.functions;

import io.integrationapi.local.stack.StreamEvents;
import io.integrationapi.local.stack.TableStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import tools.jackson.databind.node.ObjectNode;

/** The records of a table's stream, as Lambda hands them to the recorder. */
final class Records {
  private final TableStream stream;
  private final Map<String, String> last = new HashMap<>();

  Records(Map<String, String> environment) {
    this.stream =
        new TableStream(
            URI.create(Objects.requireNonNull(environment.get("AWS_ENDPOINT_URL_DYNAMODB"))),
            Objects.requireNonNull(environment.get("TABLE_NAME")));
  }

  /** Those of integrations that came since the last call. */
  List<ObjectNode> take() {
    List<ObjectNode> taken = new ArrayList<>();
    String arn = stream.arn().orElseThrow();
    for (Shard shard : stream.shards(arn)) {
      String id = shard.shardId();
      @Nullable String next = stream.from(arn, id, last.get(id));
      boolean more = true;
      while (next != null && more) {
        TableStream.Page page = stream.read(next);
        for (Record record : page.records()) {
          last.put(id, record.dynamodb().sequenceNumber());
          ObjectNode json = StreamEvents.record(record, arn);
          if (json.at("/dynamodb/Keys/sk/S").asString("").startsWith("integration#")) {
            taken.add(json);
          }
        }
        next = page.next();
        more = !page.records().isEmpty();
      }
    }
    return taken;
  }
}
