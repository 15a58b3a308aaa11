package io.integrationapi.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A patch of RFC 6902, checked for all that can be checked without a document. Members of an
 * operation that the RFC does not name are ignored, as it says.
 */
public final class JsonPatch {
  private static final Set<String> OPERATIONS =
      Set.of("add", "remove", "replace", "move", "copy", "test");

  private final List<Operation> operations;

  private JsonPatch(List<Operation> operations) {
    this.operations = operations;
  }

  /** One step; each is applied to what the one before it made. */
  sealed interface Operation {
    record Add(JsonPointer path, JsonNode value) implements Operation {}

    record Remove(JsonPointer path) implements Operation {}

    record Replace(JsonPointer path, JsonNode value) implements Operation {}

    record Move(JsonPointer from, JsonPointer path) implements Operation {}

    record Copy(JsonPointer from, JsonPointer path) implements Operation {}

    record Test(JsonPointer path, JsonNode value) implements Operation {}

    /** The places that it names. */
    default List<JsonPointer> pointers() {
      return switch (this) {
        case Add(JsonPointer path, var _) -> List.of(path);
        case Remove(JsonPointer path) -> List.of(path);
        case Replace(JsonPointer path, var _) -> List.of(path);
        case Move(JsonPointer from, JsonPointer path) -> List.of(from, path);
        case Copy(JsonPointer from, JsonPointer path) -> List.of(from, path);
        case Test(JsonPointer path, var _) -> List.of(path);
      };
    }

    /** What it does, and where, for a message; never a value, which may be a customer's. */
    default String words() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT)
          + " "
          + pointers().stream().map(JsonPatch::words).collect(Collectors.joining(" to "));
    }
  }

  /** Reads a body; what is no JSON Patch is {@link FaultCode#INVALID_PATCH}. */
  public static Validated<JsonPatch> read(JsonNode body) {
    if (!body.isArray()) {
      return Validated.invalid(
          FaultCode.INVALID_PATCH, "A JSON Patch is an array of operations (RFC 6902).");
    }
    List<Operation> operations = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      Reader reader = new Reader(body.get(i), i);
      Operation operation = reader.read();
      if (operation != null && reader.fault == null) {
        operations.add(operation);
      } else if (reader.fault != null) {
        faults.add(reader.fault);
      }
    }
    return faults.isEmpty()
        ? Validated.valid(new JsonPatch(List.copyOf(operations)))
        : new Validated.Invalid<>(faults);
  }

  /**
   * What the patch makes of a document, which is left as it is.
   *
   * @param defaults members that an operation finds where the document does not have them, with
   *     their values
   * @param limits of a document
   * @return the new document; or {@link FaultCode#PATCH_FAILED} if a path is not there or a test
   *     not met; or {@link FaultCode#DOCUMENT_TOO_LARGE} if its copies grow far beyond any document
   */
  public Validated<JsonNode> applyTo(
      ObjectNode document, Map<String, JsonNode> defaults, JsonLimits limits) {
    PatchedDocument patched = new PatchedDocument(document, defaults, limits);
    for (int i = 0; i < operations.size(); i++) {
      Optional<Fault> fault = patched.apply(operations.get(i), i);
      if (fault.isPresent()) {
        return new Validated.Invalid<>(List.of(fault.get()));
      }
    }
    return Validated.valid(patched.tree());
  }

  /** Where an operation stands in the patch, for a message: people count from one. */
  static String ordinal(int index) {
    return "operation " + (index + 1);
  }

  /** Where an operation stands in the patch, as a path. */
  static String field(int index) {
    return "[" + index + "]";
  }

  /** A place, for a message. */
  static String words(JsonPointer pointer) {
    return pointer.isRoot() ? "\"\"" : Excerpt.of(pointer.toString());
  }

  /** Reads one operation, up to its first fault. */
  private static final class Reader {
    private final JsonNode operation;
    private final String path;
    private String words;
    private @Nullable Fault fault;

    Reader(JsonNode operation, int index) {
      this.operation = operation;
      this.path = field(index);
      this.words = ordinal(index);
    }

    @Nullable Operation read() {
      if (!operation.isObject()) {
        return fail("it must be an object.", path);
      }
      String op = operation.path("op").asString("");
      if (!OPERATIONS.contains(op)) {
        return fail("op must be add, remove, replace, move, copy or test.", path + ".op");
      }
      words += ", " + op;
      return switch (op) {
        case "add" -> with(pointer("path"), value(), Operation.Add::new);
        case "remove" -> {
          JsonPointer target = pointer("path");
          yield target == null ? null : new Operation.Remove(target);
        }
        case "replace" -> with(pointer("path"), value(), Operation.Replace::new);
        case "move" -> {
          JsonPointer from = pointer("from");
          JsonPointer target = pointer("path");
          yield from != null && target != null && from.isProperPrefixOf(target)
              ? fail("nothing can be moved into itself.", path + ".path")
              : with(from, target, Operation.Move::new);
        }
        case "copy" -> with(pointer("from"), pointer("path"), Operation.Copy::new);
        default -> with(pointer("path"), value(), Operation.Test::new);
      };
    }

    private interface Maker<A, B> {
      Operation make(A first, B second);
    }

    private static <A, B> @Nullable Operation with(
        @Nullable A first, @Nullable B second, Maker<A, B> maker) {
      return first == null || second == null ? null : maker.make(first, second);
    }

    private @Nullable JsonPointer pointer(String name) {
      JsonNode sent = operation.path(name);
      Optional<JsonPointer> pointer =
          sent.isString() ? JsonPointer.parse(sent.stringValue()) : Optional.empty();
      if (pointer.isPresent()) {
        words +=
            (name.equals("path") && operation.has("from") ? " to " : " ")
                + JsonPatch.words(pointer.get());
      } else {
        fail(name + " must be a JSON Pointer (RFC 6901).", path + "." + name);
      }
      return pointer.orElse(null);
    }

    private @Nullable JsonNode value() {
      JsonNode value = operation.get("value");
      if (value == null) {
        fail("value is required.", path + ".value");
      }
      return value;
    }

    private @Nullable Operation fail(String message, String field) {
      if (fault == null) {
        fault = new Fault(FaultCode.INVALID_PATCH, words + ": " + message, field);
      }
      return null;
    }
  }
}
