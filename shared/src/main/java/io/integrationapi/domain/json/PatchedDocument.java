package io.integrationapi.domain.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A document on which the operations of a patch are carried out one after the other. */
final class PatchedDocument {
  /**
   * What all copies of one patch may take, in documents of the largest size: repeated copying
   * doubles a document each time.
   */
  private static final long MAX_COPIES = 10;

  /**
   * How many places the elements of arrays may be moved by, for what is put in or taken out before
   * them: a second's work or less. Real patches come nowhere near it.
   */
  private static final long MAX_SHIFTS = 1_000_000_000;

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,6}");

  private static final String NO_SUCH_MEMBER = "there is no such member";

  private final JsonLimits limits;
  private final Map<String, JsonNode> defaults = new HashMap<>();
  private JsonNode tree;
  private long copiedBytes;
  private long shifts;

  /**
   * @param defaults members that appear where the document does not have them, as soon as an
   *     operation names a place at or in them; one that looks at the whole document never sees them
   */
  PatchedDocument(ObjectNode document, Map<String, JsonNode> defaults, JsonLimits limits) {
    this.limits = limits;
    tree = document.deepCopy();
    defaults.forEach((name, value) -> {
      if (!document.has(name)) {
        this.defaults.put(name, value);
      }
    });
  }

  JsonNode tree() {
    return tree;
  }

  /**
   * Carries out one operation.
   *
   * @param index where it stands in the patch
   * @return why it could not be, or nothing
   */
  Optional<Fault> apply(JsonPatch.Operation operation, int index) {
    operation.pointers().forEach(this::letAppear);
    String words = JsonPatch.ordinal(index) + ", " + operation.words() + ": ";
    if (operation instanceof JsonPatch.Operation.Copy(JsonPointer from, var _)) {
      Optional<Fault> refusal = countCopy(from, words);
      if (refusal.isPresent()) {
        return refusal;
      }
    }

    String failure =
        switch (operation) {
          case JsonPatch.Operation.Add(JsonPointer path, JsonNode value) ->
              add(path, value.deepCopy());
          case JsonPatch.Operation.Remove(JsonPointer path) -> remove(path);
          case JsonPatch.Operation.Replace(JsonPointer path, JsonNode value) ->
              replace(path, value.deepCopy());
          case JsonPatch.Operation.Move(JsonPointer from, JsonPointer path) -> move(from, path);
          case JsonPatch.Operation.Copy(JsonPointer from, JsonPointer path) -> copy(from, path);
          case JsonPatch.Operation.Test(JsonPointer path, JsonNode value) -> test(path, value);
        };

    if (shifts > MAX_SHIFTS) {
      return Optional.of(
          new Fault(
              FaultCode.INVALID_PATCH,
              words
                  + "the patch inserts and removes so many elements of large arrays that it moves"
                  + " others by more than the limit of 1,000,000,000 places."));
    }
    return Optional.ofNullable(failure)
        .map(why -> new Fault(FaultCode.PATCH_FAILED, words + why + ".", JsonPatch.field(index)));
  }

  private void letAppear(JsonPointer pointer) {
    if (!pointer.isRoot() && tree instanceof ObjectNode object) {
      String name = pointer.tokens().getFirst();
      JsonNode value = defaults.remove(name);
      if (value != null) {
        object.putIfAbsent(name, value.deepCopy());
      }
    }
  }

  /** What forbids the copy of what is there: it must be of a size and depth to walk through. */
  private Optional<Fault> countCopy(JsonPointer from, String words) {
    JsonNode found = find(from);
    if (found == null) {
      return Optional.empty();
    }
    if (JsonValues.nestDeeperThan(limits.maxDepth(), found)) {
      return Optional.of(
          new Fault(
              FaultCode.INVALID_FIELD,
              words
                  + "what it copies nests deeper than the limit of "
                  + limits.maxDepth()
                  + " levels."));
    }
    copiedBytes += JsonText.sizeInBytes(found);
    return copiedBytes > MAX_COPIES * limits.maxBytes()
        ? Optional.of(Fault.tooLarge(limits.maxBytes()))
        : Optional.empty();
  }

  // Each of the following answers null, or why it cannot be done.

  private @Nullable String add(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      return replaceDocument(value);
    }
    return switch (find(path.parent())) {
      case ObjectNode object -> {
        object.set(path.last(), value);
        yield null;
      }
      case ArrayNode array -> {
        int index = path.last().equals("-") ? array.size() : index(path.last(), array.size() + 1);
        if (index >= 0) {
          shifts += array.size() - index;
          array.insert(index, value);
        }
        yield index >= 0 ? null : "the array has no such place";
      }
      case null -> thereIsNo(path.parent());
      default -> JsonPatch.words(path.parent()) + " is neither an object nor an array";
    };
  }

  private @Nullable String remove(JsonPointer path) {
    if (path.isRoot()) {
      return "the document itself cannot be removed";
    }
    return at(
        path,
        object -> object.remove(path.last()),
        (array, index) -> {
          shifts += array.size() - index;
          array.remove(index);
        });
  }

  private @Nullable String replace(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      return replaceDocument(value);
    }
    return at(path, object -> object.set(path.last(), value), (array, i) -> array.set(i, value));
  }

  private @Nullable String replaceDocument(JsonNode value) {
    tree = value;
    defaults.clear();
    return null;
  }

  private @Nullable String move(JsonPointer from, JsonPointer path) {
    JsonNode value = find(from);
    if (value == null) {
      return thereIsNo(from);
    }
    if (from.equals(path)) {
      return null;
    }
    String failure = remove(from);
    return failure == null ? add(path, value) : failure;
  }

  private @Nullable String copy(JsonPointer from, JsonPointer path) {
    JsonNode value = find(from);
    return value == null ? thereIsNo(from) : add(path, value.deepCopy());
  }

  private @Nullable String test(JsonPointer path, JsonNode value) {
    JsonNode found = find(path);
    if (found == null) {
      return NO_SUCH_MEMBER;
    }
    return JsonValues.areEqual(value, found) ? null : "the value there is another";
  }

  private static String thereIsNo(JsonPointer pointer) {
    return "there is no " + JsonPatch.words(pointer);
  }

  private interface InArray {
    void apply(ArrayNode array, int index);
  }

  /** Does something to a member or an element that is there. */
  private @Nullable String at(JsonPointer path, Consumer<ObjectNode> inObject, InArray inArray) {
    return switch (find(path.parent())) {
      case ObjectNode object when object.has(path.last()) -> {
        inObject.accept(object);
        yield null;
      }
      case ArrayNode array when index(path.last(), array.size()) >= 0 -> {
        inArray.apply(array, index(path.last(), array.size()));
        yield null;
      }
      case null, default -> NO_SUCH_MEMBER;
    };
  }

  private @Nullable JsonNode find(JsonPointer path) {
    JsonNode found = tree;
    for (String token : path.tokens()) {
      found =
          switch (found) {
            case ObjectNode object -> object.get(token);
            case ArrayNode array when index(token, array.size()) >= 0 ->
                array.get(index(token, array.size()));
            case null, default -> null;
          };
    }
    return found;
  }

  /** An index below the bound as RFC 6901 section 4 writes it, without leading zeros; else -1. */
  private static int index(String token, int bound) {
    if (!INDEX.matcher(token).matches()) {
      return -1;
    }
    int index = Integer.parseInt(token);
    return index < bound ? index : -1;
  }
}
