package io.integrationapi.edge;

import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which members of the documents a list answers: {@code include} and {@code exclude} of contract
 * section 3. A dot leads into an object, and into each object of an array.
 */
public final class Selection {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._,]*");

  /** All members. */
  static final Selection EVERYTHING = new Selection(Kind.EXCLUDE, new Node(), "");

  private enum Kind {
    INCLUDE,
    EXCLUDE
  }

  /** The paths as a tree; a leaf names a member whole. */
  private record Node(Map<String, Node> children) {
    Node() {
      this(new LinkedHashMap<>());
    }

    boolean isLeaf() {
      return children.isEmpty();
    }

    void add(String path) {
      Node node = this;
      boolean fresh = true;
      for (String name : path.split("\\.", -1)) {
        fresh = !node.children.containsKey(name);
        Node next = node.children.computeIfAbsent(name, _ -> new Node());
        if (!fresh && next.isLeaf()) {
          return; // A shorter path names the whole member already.
        }
        node = next;
      }
      if (!fresh) {
        node.children.clear();
      }
    }
  }

  private final Kind kind;
  private final Node paths;
  private final String query;

  private Selection(Kind kind, Node paths, String query) {
    this.kind = kind;
    this.paths = paths;
    this.query = query;
  }

  static Validated<Selection> read(ProxyRequest request) {
    Optional<String> include = request.query("include").filter(sent -> !sent.isEmpty());
    Optional<String> exclude = request.query("exclude").filter(sent -> !sent.isEmpty());
    if (include.isPresent() && exclude.isPresent()) {
      return invalid("include and exclude cannot be used together.", "exclude");
    }
    if (include.isPresent()) {
      return read(Kind.INCLUDE, "include", include.get(), "_id,name,");
    }
    return exclude.isPresent()
        ? read(Kind.EXCLUDE, "exclude", exclude.get(), "")
        : Validated.valid(EVERYTHING);
  }

  private static Validated<Selection> read(Kind kind, String name, String list, String always) {
    if (!ALLOWED.matcher(list).matches()) {
      return invalid(
          name + " may hold only letters, digits, '.', '_' and ',' between the names.", name);
    }
    Node paths = new Node();
    for (String path : (always + list).split(",", -1)) {
      if (!path.isEmpty()) {
        paths.add(path);
      }
    }
    return Validated.valid(new Selection(kind, paths, name + "=" + list.replace(",", "%2C")));
  }

  private static Validated<Selection> invalid(String message, String field) {
    return Validated.invalid(FaultCode.INVALID_QUERY_PARAMS, message, field);
  }

  /** Itself as a query, percent-encoded. */
  String query() {
    return query;
  }

  /** The document with the members that were asked for, in its order. */
  ObjectNode of(ObjectNode document) {
    return (ObjectNode) select(document, paths);
  }

  private JsonNode select(JsonNode value, Node node) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode selected = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
          Node child = node.children.get(member.getKey());
          boolean whole = kind == Kind.INCLUDE ? child != null && child.isLeaf() : child == null;
          if (whole) {
            selected.set(member.getKey(), member.getValue());
          } else if (child != null && !child.isLeaf()) {
            if (kind == Kind.EXCLUDE || member.getValue().isContainer()) {
              selected.set(member.getKey(), select(member.getValue(), child));
            }
          }
        }
        yield selected;
      }
      case ArrayNode array -> {
        ArrayNode selected = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array.values()) {
          if (kind == Kind.EXCLUDE || element.isContainer()) {
            selected.add(select(element, node));
          }
        }
        yield selected;
      }
      default -> value;
    };
  }
}
