package io.integrationapi.functions;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code include} and {@code exclude} leave of a document, for the {@link Model}. */
final class ModelProjection {
  private ModelProjection() {}

  static ObjectNode of(ObjectNode document, @Nullable String include, @Nullable String exclude) {
    if (include != null) {
      Set<String> names = names(include);
      names.addAll(Set.of("_id", "name"));
      return kept(document, names);
    }
    return exclude == null ? document : without(document, names(exclude));
  }

  private static Set<String> names(String list) {
    return Stream.of(list.split(",", -1))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> inside(Set<String> names, String member) {
    return names.stream()
        .filter(name -> name.startsWith(member + "."))
        .map(name -> name.substring(member.length() + 1))
        .collect(Collectors.toSet());
  }

  private static ObjectNode kept(JsonNode object, Set<String> names) {
    ObjectNode kept = ModelJson.object();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Set<String> inner = inside(names, member.getKey());
      if (names.contains(member.getKey())) {
        kept.set(member.getKey(), member.getValue());
      } else if (!inner.isEmpty() && member.getValue().isObject()) {
        // The contract leaves open what is answered of an object that has none of them.
        kept.set(member.getKey(), kept(member.getValue(), inner));
      }
    }
    return kept;
  }

  private static ObjectNode without(JsonNode object, Set<String> names) {
    ObjectNode rest = ModelJson.object();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Set<String> inner = inside(names, member.getKey());
      if (!names.contains(member.getKey())) {
        boolean whole = inner.isEmpty() || !member.getValue().isObject();
        rest.set(member.getKey(), whole ? member.getValue() : without(member.getValue(), inner));
      }
    }
    return rest;
  }
}
