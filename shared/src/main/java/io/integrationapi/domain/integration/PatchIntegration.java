package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Retries;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.JsonPatch;
import io.integrationapi.domain.json.JsonValues;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON Patch to the document as GET answers it, all or nothing (contract section 3). */
public final class PatchIntegration {

  private static final Set<String> NOTHING = Set.of();

  private final IntegrationRepository integrations;
  private final ClockAndRandom clockAndRandom;
  private final Retries retries;

  public PatchIntegration(
      IntegrationRepository integrations, ClockAndRandom clockAndRandom, Retries retries) {
    this.integrations = integrations;
    this.clockAndRandom = clockAndRandom;
    this.retries = retries;
  }

  /**
   * Reads, applies, and writes on the condition that nothing was written between; if something was,
   * does it again while there is time. Two store requests when nobody comes between.
   *
   * @return {@link Outcome.Done} or a refusal
   */
  public Outcome patch(
      Principal principal,
      IntegrationId id,
      JsonPatch patch,
      Precondition precondition,
      Authorship authorship) {
    return retries.repeat(() -> {
      Optional<Integration> current = integrations.find(principal, id);
      if (current.isEmpty()) {
        return Try.done(new Outcome.Missing());
      }
      if (!precondition.allows(current.get().revision())) {
        return Try.done(new Outcome.Stale());
      }
      return switch (change(principal, current.get(), patch, precondition, authorship)) {
        case Validated.Invalid<Change>(List<Fault> faults) -> Try.done(new Outcome.Invalid(faults));
        case Validated.Valid<Change>(Change change) -> write(principal, change);
      };
    });
  }

  private Try<Outcome> write(Principal principal, Change change) {
    if (!change.fits()) {
      return Try.done(TooLarge.REFUSAL);
    }
    return integrations.change(principal, change) instanceof Outcome outcome
        ? Try.done(outcome)
        : Try.again(Retries.Cause.OUTDATED, Outcome.Unknown::new);
  }

  private Validated<Change> change(
      Principal principal,
      Integration current,
      JsonPatch patch,
      Precondition precondition,
      Authorship authorship) {
    boolean publishes = current.isPublishedBy(principal);
    ObjectNode before = Document.of(current);
    return patch
        .applyTo(before, Document.LIMITS)
        .then(after -> draft(before, after, current.id(), publishes))
        .map(draft ->
            new Change(
                current.id(),
                draft.labels(),
                draft.configuration(),
                publishes ? draft.publisherMembers() : null,
                current.connectorId(),
                current.managed(),
                principal instanceof Principal.Connector,
                current.revision(),
                precondition,
                authorship.renewed(clockAndRandom)));
  }

  /** What the patched document says, or all that is wrong with it. */
  private static Validated<Draft> draft(
      ObjectNode before, JsonNode after, IntegrationId id, boolean publishes) {
    if (!after.isObject()) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD, "The patch must leave a JSON object as the document.");
    }
    List<Fault> faults = new ArrayList<>();
    Set<String> others = publishes ? NOTHING : Members.PUBLISHERS;
    Stream.of(Members.SERVERS, Set.of(Members.CONNECTOR_ID), others)
        .flatMap(Set::stream)
        .sorted()
        .forEach(name -> checkUnchanged(before, after, name, faults));
    return DraftReader.forExisting(after, id)
        .then(draft -> {
          Set<String> told = faults.stream().map(Fault::field).collect(Collectors.toSet());
          draft.faults(publishes).stream()
              .filter(fault -> !told.contains(fault.field()))
              .forEach(faults::add);
          return faults.isEmpty() ? Validated.valid(draft) : new Validated.Invalid<>(faults);
        });
  }

  private static void checkUnchanged(
      ObjectNode before, JsonNode after, String name, List<Fault> faults) {
    JsonNode absent = MissingNode.getInstance();
    JsonNode was = DraftReader.present(before, name).orElse(absent);
    JsonNode is = DraftReader.present(after, name).orElse(absent);
    if (!JsonValues.areEqual(was, is)) {
      faults.add(new Fault(FaultCode.IMMUTABLE_FIELD, "You may not change " + name + ".", name));
    }
  }
}
