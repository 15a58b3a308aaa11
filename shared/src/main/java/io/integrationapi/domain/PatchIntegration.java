package io.integrationapi.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON Patch to the document as GET answers it, all or nothing (contract section 3). */
public final class PatchIntegration {
  private static final Set<String> NEVER_WRITTEN =
      Set.of(
          Members.ID,
          Members.LAST_MODIFIED,
          Members.CREATED_AT,
          Members.SOURCE_ID,
          Members.CONNECTOR_ID);

  private final IntegrationRepository integrations;
  private final ClockAndIds clockAndIds;
  private final RetryPolicy retryPolicy;

  public PatchIntegration(
      IntegrationRepository integrations, ClockAndIds clockAndIds, RetryPolicy retryPolicy) {
    this.integrations = integrations;
    this.clockAndIds = clockAndIds;
    this.retryPolicy = retryPolicy;
  }

  /**
   * Reads, applies, and writes on the condition that nothing was written between; if something was,
   * does it again while the retry policy allows. Two store requests when nobody comes between.
   *
   * @return {@link Outcome.Done} or a refusal
   */
  public Outcome patch(
      Principal principal, IntegrationId id, JsonPatch patch, Precondition precondition) {
    RetryPolicy.Retries retries = retryPolicy.begin(clockAndIds.random());
    do {
      Optional<Integration> current = integrations.find(principal, id);
      if (current.isEmpty()) {
        return new Outcome.Missing();
      }
      if (!precondition.allows(current.get().revision())) {
        return new Outcome.Stale();
      }

      Validated<Change> change = change(principal, current.get(), patch, precondition);
      switch (change) {
        case Validated.Invalid<Change>(List<Fault> faults) -> {
          return new Outcome.Invalid(faults);
        }
        case Validated.Valid<Change>(Change value) -> {
          if (!value.fits()) {
            return TooLarge.REFUSAL;
          }
          if (integrations.change(principal, value)
              instanceof ChangeResult.Settled(Outcome outcome)) {
            return outcome;
          }
        }
      }
    } while (retries.again());
    return new Outcome.Contested();
  }

  private Validated<Change> change(
      Principal principal, Integration current, JsonPatch patch, Precondition precondition) {
    boolean publishes = current.isPublishedBy(principal);
    ObjectNode before = Document.of(current);
    return patch
        .applyTo(before)
        .then(after -> unlessForbidden(before, after, publishes))
        .then(after -> DraftReader.forExisting(after, current.id()))
        .then(draft ->
            draft.faults(publishes).isEmpty()
                ? Validated.valid(draft)
                : new Validated.Invalid<Draft>(draft.faults(publishes)))
        .map(draft ->
            new Change(
                current.id(),
                draft.labels(),
                draft.configuration(),
                publishes ? draft.publication() : null,
                current.connectorId(),
                current.managed(),
                principal instanceof Principal.Connector,
                current.revision(),
                precondition,
                clockAndIds.now(),
                clockAndIds.nextRevision()));
  }

  private static Validated<JsonNode> unlessForbidden(
      ObjectNode before, JsonNode after, boolean publishes) {
    if (!after.isObject()) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD, "The patch must leave a JSON object as the document.");
    }
    List<Fault> faults = new ArrayList<>();
    NEVER_WRITTEN.stream().sorted().forEach(name -> checkUnchanged(before, after, name, faults));
    if (!publishes) {
      Members.PUBLISHERS.stream()
          .sorted()
          .forEach(name -> checkUnchanged(before, after, name, faults));
    }
    return faults.isEmpty() ? Validated.valid(after) : new Validated.Invalid<>(faults);
  }

  private static void checkUnchanged(
      ObjectNode before, JsonNode after, String name, List<Fault> faults) {
    if (!DraftReader.present(before, name).equals(DraftReader.present(after, name))) {
      faults.add(new Fault(FaultCode.IMMUTABLE_FIELD, name + " is not yours to change.", name));
    }
  }
}
