package io.integrationapi.functions;

import io.integrationapi.functions.Api.Reply;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the {@link Model} expects of an answer: a success, or a refusal for one of the reasons that
 * apply. Which of several reasons is told the contract leaves open, but for one thing: of the
 * members at fault all are told.
 */
final class Expected {
  /** Any member may be named. */
  static final String ANY = "any";

  private final Set<Fault> faults = new LinkedHashSet<>();
  private final Set<Fault> possible = new LinkedHashSet<>();

  private record Fault(int status, String code, String field) {}

  Expected refuse(int status, String code) {
    return refuse(status, code, ANY);
  }

  Expected refuse(int status, String code, String field) {
    faults.add(new Fault(status, code, field));
    return this;
  }

  /** A reason that may be told beside, or in place of, those that must. */
  void perhaps(int status, String code, String field) {
    possible.add(new Fault(status, code, field));
  }

  boolean refuses() {
    return !faults.isEmpty();
  }

  /** Holds a refusal against the reasons; null if it is one of them. */
  @Nullable String judgeRefusal(Reply reply, Function<JsonNode, @Nullable String> lock) {
    Set<String> told = new TreeSet<>();
    Set<String> codes = new TreeSet<>();
    for (JsonNode error : reply.json().path("errors").values()) {
      String code = error.path("code").asString();
      codes.add(code);
      told.add(code + " " + error.path("field").asString(""));
      if (code.equals("update_in_progress") && lock.apply(error) != null) {
        return lock.apply(error);
      }
    }

    for (String code : codes) {
      Set<Fault> meant =
          faults.stream()
              .filter(fault -> fault.status() == reply.status() && fault.code().equals(code))
              .collect(Collectors.toSet());
      Set<Fault> allowed =
          possible.stream()
              .filter(fault -> fault.status() == reply.status() && fault.code().equals(code))
              .collect(Collectors.toSet());
      if (meant.isEmpty() && allowed.isEmpty()) {
        return "refused " + reply.status() + " " + told + ", expected " + this;
      }
      Set<String> fields =
          meant.stream().map(fault -> code + " " + fault.field()).collect(Collectors.toSet());
      Set<String> more =
          allowed.stream().map(fault -> code + " " + fault.field()).collect(Collectors.toSet());
      Set<String> toldOfCode =
          told.stream().filter(entry -> entry.startsWith(code + " ")).collect(Collectors.toSet());
      fields.addAll(more);
      if (!fields.contains(code + " " + ANY) && !fields.containsAll(toldOfCode)) {
        return "told " + told + ", expected " + this;
      }
      fields.removeAll(more);
      if (!fields.contains(code + " " + ANY) && !toldOfCode.containsAll(fields)) {
        return "told only " + told + ", expected " + this;
      }
    }
    // Members at fault are told together, whichever of the two codes they have.
    if (codes.contains("missing_required_field") || codes.contains("invalid_field")) {
      for (String code : Set.of("missing_required_field", "invalid_field")) {
        if (faults.stream().anyMatch(fault -> fault.code().equals(code)) && !codes.contains(code)) {
          return "told only " + told + ", expected " + this;
        }
      }
    }
    return codes.isEmpty() ? "a refusal without a code, expected " + this : null;
  }

  @Override
  public String toString() {
    return faults + (possible.isEmpty() ? "" : " or " + possible);
  }
}
