package io.integrationapi.domain.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Patch (RFC 6902) that leads from one value to another, exactly: the order of members and
 * the spelling of numbers included. Of the two ways to change a container, by its parts or as a
 * whole, it takes the shorter one.
 *
 * <p>A patch adds members at the end of an object. A member that must come behind a new one is
 * moved there by way of a name that the object does not have.
 */
public final class JsonDiff {
  private JsonDiff() {}

  /** The operations; none if the two have one text. */
  public static ArrayNode between(JsonNode from, JsonNode to) {
    ArrayNode patch = array();
    diff("", from, to).forEach(patch::add);
    return patch;
  }

  /** Whether two values have one text. */
  public static boolean areSame(JsonNode a, JsonNode b) {
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size() && haveSameMembers(a, b);
    }
    if (a.isArray() && b.isArray()) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!areSame(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a.isContainer() || b.isContainer()) {
      return false;
    }
    if (a.isString() && b.isString()) {
      return a.stringValue().equals(b.stringValue());
    }
    return JsonText.write(a).equals(JsonText.write(b));
  }

  private static boolean haveSameMembers(JsonNode a, JsonNode b) {
    Iterator<Map.Entry<String, JsonNode>> others = b.properties().iterator();
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      Map.Entry<String, JsonNode> other = others.next();
      if (!member.getKey().equals(other.getKey())
          || !areSame(member.getValue(), other.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static List<ObjectNode> diff(String path, JsonNode from, JsonNode to) {
    if (areSame(from, to)) {
      return List.of();
    }
    List<ObjectNode> whole = List.of(operation("replace", path, to));
    List<ObjectNode> parts = whole;
    if (from instanceof ObjectNode a && to instanceof ObjectNode b) {
      parts = ofObjects(path, a, b);
    } else if (from instanceof ArrayNode a && to instanceof ArrayNode b) {
      parts = ofArrays(path, a, b);
    }
    return size(parts) < size(whole) ? parts : whole;
  }

  private static List<ObjectNode> ofObjects(String path, ObjectNode from, ObjectNode to) {
    int kept = lengthOfKept(from, to);
    List<ObjectNode> patch = new ArrayList<>();
    for (String name : from.propertyNames()) {
      if (!to.has(name)) {
        patch.add(operation("remove", at(path, name)));
      }
    }

    String between = at(path, freeName(from, to));
    int place = 0;
    for (Map.Entry<String, JsonNode> member : to.properties()) {
      String name = at(path, member.getKey());
      JsonNode before = from.get(member.getKey());
      if (place++ < kept) {
        patch.addAll(diff(name, from.get(member.getKey()), member.getValue()));
      } else if (before == null) {
        patch.add(operation("add", name, member.getValue()));
      } else {
        patch.addAll(toTheEnd(name, between, before, member.getValue()));
      }
    }
    return patch;
  }

  private static List<ObjectNode> toTheEnd(
      String name, String between, JsonNode before, JsonNode after) {
    List<ObjectNode> moved = new ArrayList<>(diff(name, before, after));
    moved.add(operation("move", between).put("from", name));
    moved.add(operation("move", name).put("from", between));
    List<ObjectNode> anew = List.of(operation("remove", name), operation("add", name, after));
    return size(moved) < size(anew) ? moved : anew;
  }

  /** How many of the first members stand in that order already: the others come behind them. */
  private static int lengthOfKept(ObjectNode from, ObjectNode to) {
    Map<String, Integer> places = new HashMap<>();
    for (String name : from.propertyNames()) {
      places.put(name, places.size());
    }
    int kept = 0;
    int last = -1;
    for (String name : to.propertyNames()) {
      Integer place = places.get(name);
      if (place == null || place < last) {
        break;
      }
      last = place;
      kept++;
    }
    return kept;
  }

  private static String freeName(ObjectNode from, ObjectNode to) {
    String name = "_";
    while (from.has(name) || to.has(name)) {
      name += "_";
    }
    return name;
  }

  /** What begins and ends alike stays; what is between is compared place by place. */
  private static List<ObjectNode> ofArrays(String path, ArrayNode from, ArrayNode to) {
    int most = Math.min(from.size(), to.size());
    int head = 0;
    while (head < most && areSame(from.get(head), to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < most - head
        && areSame(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
      tail++;
    }

    List<ObjectNode> patch = new ArrayList<>();
    int both = most - tail;
    for (int i = head; i < both; i++) {
      patch.addAll(diff(path + "/" + i, from.get(i), to.get(i)));
    }
    for (int i = from.size() - tail - 1; i >= both; i--) {
      patch.add(operation("remove", path + "/" + i));
    }
    for (int i = both; i < to.size() - tail; i++) {
      patch.add(operation("add", path + "/" + i, to.get(i)));
    }
    return patch;
  }

  private static String at(String path, String name) {
    return path + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static ObjectNode operation(String op, String path) {
    return JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
  }

  private static ObjectNode operation(String op, String path, JsonNode value) {
    ObjectNode operation = operation(op, path);
    operation.set("value", value);
    return operation;
  }

  private static long size(List<ObjectNode> operations) {
    return operations.stream().mapToLong(JsonText::sizeInBytes).sum();
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
