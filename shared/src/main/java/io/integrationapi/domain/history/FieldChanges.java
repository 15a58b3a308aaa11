package io.integrationapi.domain.history;

import io.integrationapi.domain.json.Json;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.JsonValues;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON values in which two states of a document differ, each with its path as error messages
 * write it.
 *
 * @param list an array of {@code fieldPath}, {@code oldValue}, {@code newValue}; a value that is
 *     absent is left out
 * @param truncated whether there were more than {@value #MAX_BYTES} bytes of them
 */
public record FieldChanges(Json list, boolean truncated) {
  /** The most bytes of one row's changes. */
  public static final int MAX_BYTES = 64 * 1024;

  /** No change. */
  public static final FieldChanges NONE =
      new FieldChanges(Json.of(JsonNodeFactory.instance.arrayNode()), false);

  /** A member that every change changes says nothing. */
  private static final Set<String> SILENT = Set.of("lastModified");

  /** Between two documents. */
  public static FieldChanges between(ObjectNode before, ObjectNode after) {
    Collector collector = new Collector();
    for (String name : names(before, after)) {
      if (!SILENT.contains(name)) {
        collector.compare(name, before.get(name), after.get(name));
      }
    }
    return new FieldChanges(Json.of(collector.list), collector.truncated);
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    return names;
  }

  private static final class Collector {
    private final ArrayNode list = JsonNodeFactory.instance.arrayNode();
    private int bytes = "[]".length();
    private boolean truncated;

    void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
      if (before != null && after != null) {
        if (before.isObject() && after.isObject()) {
          for (String name : names(before, after)) {
            compare(path + "." + name, before.get(name), after.get(name));
          }
          return;
        }
        if (before.isArray() && after.isArray() && before.size() == after.size()) {
          for (int i = 0; i < before.size(); i++) {
            compare(path + "[" + i + "]", before.get(i), after.get(i));
          }
          return;
        }
        if (JsonValues.areEqual(before, after)) {
          return;
        }
      }
      add(path, before, after);
    }

    private void add(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
      ObjectNode change = JsonNodeFactory.instance.objectNode().put("fieldPath", path);
      if (before != null) {
        change.set("oldValue", before);
      }
      if (after != null) {
        change.set("newValue", after);
      }
      int more = JsonText.sizeInBytes(change) + ",".length();
      if (bytes + more > MAX_BYTES) {
        truncated = true;
        return;
      }
      bytes += more;
      list.add(change);
    }
  }
}
