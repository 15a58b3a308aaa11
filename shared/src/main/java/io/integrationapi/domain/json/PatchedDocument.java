package io.integrationapi.domain.json;

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

  private static final Fault TOO_MANY_SHIFTS =
      new Fault(
          FaultCode.INVALID_PATCH,
          "The patch inserts and removes so many elements of large arrays that it moves others by"
              + " more than the limit of 1,000,000,000 places.");

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,6}");

  private final JsonLimits limits;
  private JsonNode tree;
  private long copiedBytes;
  private long shifts;

  PatchedDocument(JsonNode document, JsonLimits limits) {
    this.limits = limits;
    tree = document.deepCopy();
  }

  JsonNode tree() {
    return tree;
  }

  /**
   * Carries out one operation.
   *
   * @param field where it stands in the patch
   * @return why it could not be, or nothing
   */
  Optional<Fault> apply(JsonPatch.Operation operation, String field) {
    if (operation instanceof JsonPatch.Operation.Copy(JsonPointer from, var _)) {
      Optional<Fault> refusal = countCopy(from);
      if (refusal.isPresent()) {
        return refusal;
      }
    }

    boolean done =
        switch (operation) {
          case JsonPatch.Operation.Add(JsonPointer path, JsonNode value) ->
              add(path, value.deepCopy());
          case JsonPatch.Operation.Remove(JsonPointer path) -> !path.isRoot() && remove(path);
          case JsonPatch.Operation.Replace(JsonPointer path, JsonNode value) ->
              replace(path, value.deepCopy());
          case JsonPatch.Operation.Move(JsonPointer from, JsonPointer path) -> move(from, path);
          case JsonPatch.Operation.Copy(JsonPointer from, JsonPointer path) -> {
            JsonNode found = find(from);
            yield found != null && add(path, found.deepCopy());
          }
          case JsonPatch.Operation.Test(JsonPointer path, JsonNode value) -> {
            JsonNode found = find(path);
            yield found != null && JsonValues.areEqual(value, found);
          }
        };

    if (shifts > MAX_SHIFTS) {
      return Optional.of(TOO_MANY_SHIFTS);
    }
    return done
        ? Optional.empty()
        : Optional.of(
            new Fault(
                FaultCode.PATCH_FAILED,
                switch (operation) {
                  case JsonPatch.Operation.Test _ -> "The document does not pass this test.";
                  case JsonPatch.Operation.Remove(JsonPointer path) when path.isRoot() ->
                      "The document itself cannot be removed.";
                  default -> "The path does not exist in the document.";
                },
                field));
  }

  /** What forbids the copy of what is there: it must be of a size and depth to walk through. */
  private Optional<Fault> countCopy(JsonPointer from) {
    JsonNode found = find(from);
    if (found == null) {
      return Optional.empty();
    }
    if (JsonValues.nestDeeperThan(limits.maxDepth(), found)) {
      return Optional.of(
          new Fault(
              FaultCode.INVALID_FIELD,
              "The patch copies what nests deeper than the limit of "
                  + limits.maxDepth()
                  + " levels."));
    }
    copiedBytes += JsonText.sizeInBytes(found);
    return copiedBytes > MAX_COPIES * limits.maxBytes()
        ? Optional.of(Fault.tooLarge(limits.maxBytes()))
        : Optional.empty();
  }

  private boolean add(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      tree = value;
      return true;
    }
    return switch (find(path.parent())) {
      case ObjectNode object -> {
        object.set(path.last(), value);
        yield true;
      }
      case ArrayNode array -> {
        int index = path.last().equals("-") ? array.size() : index(path.last(), array.size() + 1);
        if (index >= 0) {
          shifts += array.size() - index;
          array.insert(index, value);
        }
        yield index >= 0;
      }
      case null, default -> false;
    };
  }

  private boolean remove(JsonPointer path) {
    return at(
        path,
        object -> object.remove(path.last()),
        (array, index) -> {
          shifts += array.size() - index;
          array.remove(index);
        });
  }

  private boolean replace(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      tree = value;
      return true;
    }
    return at(path, object -> object.set(path.last(), value), (array, i) -> array.set(i, value));
  }

  private boolean move(JsonPointer from, JsonPointer path) {
    JsonNode value = find(from);
    if (value == null || from.equals(path)) {
      return value != null;
    }
    return remove(from) && add(path, value);
  }

  private interface InArray {
    void apply(ArrayNode array, int index);
  }

  /** Does something to a member or an element that is there; false if it is not. */
  private boolean at(JsonPointer path, Consumer<ObjectNode> inObject, InArray inArray) {
    return switch (find(path.parent())) {
      case ObjectNode object when object.has(path.last()) -> {
        inObject.accept(object);
        yield true;
      }
      case ArrayNode array when index(path.last(), array.size()) >= 0 -> {
        inArray.apply(array, index(path.last(), array.size()));
        yield true;
      }
      case null, default -> false;
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
