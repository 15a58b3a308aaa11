package io.integrationapi.functions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902 on RFC 6901, for the {@link Model}. */
final class ModelPatch {
  private static final Set<String> OPERATIONS =
      Set.of("add", "remove", "replace", "move", "copy", "test");

  /** What the public API always has. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "settings", ModelJson.object(),
          "install", Api.array(),
          "flowGroupings", Api.array(),
          "apiGroupings", Api.array());

  private final Set<String> defaults = new HashSet<>();
  private JsonNode tree;
  private final Set<String> touched = new HashSet<>();

  private ModelPatch(JsonNode tree) {
    this.tree = tree;
  }

  /** What comes of a patch: a tree or none, and the members of the top that it wrote. */
  record Outcome(@Nullable JsonNode tree, Set<String> touched) {}

  /** Whether it is a JSON Patch at all, whatever it is applied to. */
  static boolean isPatch(JsonNode patch) {
    return patch.isArray() && patch.values().stream().allMatch(ModelPatch::isOperation);
  }

  private static boolean isOperation(JsonNode operation) {
    String op = operation.path("op").isString() ? operation.path("op").stringValue() : "";
    boolean hasFrom = !Set.of("move", "copy").contains(op) || isPointer(operation.path("from"));
    boolean hasValue = !Set.of("add", "replace", "test").contains(op) || operation.has("value");
    return OPERATIONS.contains(op)
        && isPointer(operation.path("path"))
        && hasFrom
        && hasValue
        && !(op.equals("move") && isIntoItself(operation));
  }

  /** RFC 6902 section 4.4 forbids it whatever the document is. */
  private static boolean isIntoItself(JsonNode move) {
    List<String> from = tokens(move.path("from").stringValue());
    List<String> path = tokens(move.path("path").stringValue());
    return path.size() > from.size() && path.subList(0, from.size()).equals(from);
  }

  private static boolean isPointer(JsonNode node) {
    return node.isString() && node.stringValue().matches("(/([^~/]|~[01])*)*");
  }

  /** All operations, or no tree if one of them cannot be done. */
  static Outcome apply(JsonNode document, JsonNode patch) {
    ModelPatch state = new ModelPatch(document.deepCopy());
    DEFAULTS.keySet().stream().filter(name -> !document.has(name)).forEach(state.defaults::add);
    boolean done = patch.values().stream().allMatch(state::step);
    return new Outcome(done ? state.tree : null, state.touched);
  }

  /** Takes from a patched document what is there only because a patch may count on it. */
  static void dropEmptyDefaults(JsonNode before, ObjectNode after) {
    DEFAULTS.forEach((name, empty) -> {
      if (!before.has(name) && after.path(name).equals(empty)) {
        after.remove(name);
      }
    });
  }

  /** A member that is absent is empty to the first operation that names it. */
  private void count(String member) {
    if (defaults.remove(member) && tree instanceof ObjectNode object) {
      object.set(member, DEFAULTS.getOrDefault(member, tree).deepCopy());
    }
  }

  private boolean step(JsonNode operation) {
    String op = operation.path("op").stringValue();
    for (String pointer : List.of("from", "path")) {
      tokens(operation.path(pointer).asString("")).stream().limit(1).forEach(this::count);
    }
    List<String> path = tokens(operation.path("path").stringValue());
    if (!op.equals("test")) {
      touch(path);
    }
    return switch (op) {
      case "add" -> add(path, operation.path("value").deepCopy());
      case "remove" -> remove(path);
      case "replace" ->
          !at(path).isMissingNode() && replace(path, operation.path("value").deepCopy());
      case "test" ->
          !at(path).isMissingNode() && ModelJson.equal(at(path), operation.path("value"));
      default -> carry(op, tokens(operation.path("from").stringValue()), path);
    };
  }

  private boolean carry(String op, List<String> from, List<String> path) {
    JsonNode value = at(from).deepCopy();
    if (value.isMissingNode()) {
      return false;
    }
    if (op.equals("copy")) {
      return add(path, value);
    }
    touch(from);
    return path.equals(from) || (remove(from) && add(path, value));
  }

  private void touch(List<String> path) {
    touched.add(path.isEmpty() ? "" : path.getFirst());
  }

  private static List<String> tokens(String pointer) {
    List<String> tokens = new ArrayList<>();
    if (!pointer.isEmpty()) {
      for (String token : pointer.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return tokens;
  }

  private JsonNode at(List<String> path) {
    JsonNode node = tree;
    for (String token : path) {
      if (node instanceof ArrayNode array) {
        int index = index(token, array.size() - 1);
        node = index < 0 ? MissingNode.getInstance() : array.path(index);
      } else {
        node = node.path(token);
      }
    }
    return node;
  }

  private static int index(String token, int last) {
    return token.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(token) <= last
        ? Integer.parseInt(token)
        : -1;
  }

  private boolean add(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      tree = value;
      defaults.clear();
      return true;
    }
    JsonNode parent = at(path.subList(0, path.size() - 1));
    String token = path.getLast();
    if (parent instanceof ArrayNode array) {
      int index = token.equals("-") ? array.size() : index(token, array.size());
      if (index >= 0) {
        array.insert(index, value);
      }
      return index >= 0;
    }
    if (parent instanceof ObjectNode object) {
      object.set(token, value);
      return true;
    }
    return false;
  }

  private boolean replace(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      tree = value;
      defaults.clear();
      return true;
    }
    JsonNode parent = at(path.subList(0, path.size() - 1));
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(path.getLast()), value);
    } else if (parent instanceof ObjectNode object) {
      object.set(path.getLast(), value);
    }
    return true;
  }

  private boolean remove(List<String> path) {
    if (at(path).isMissingNode()) {
      return false;
    }
    if (path.isEmpty()) {
      tree = MissingNode.getInstance();
      return true;
    }
    JsonNode parent = at(path.subList(0, path.size() - 1));
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(path.getLast()));
    } else if (parent instanceof ObjectNode object) {
      object.remove(path.getLast());
    }
    return true;
  }
}
