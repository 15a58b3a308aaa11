package io.integrationapi.store;

import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.DocumentSize;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.OtherConnector;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.TooLarge;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tells from the item as it was which part of a change's condition it did not meet. */
final class ChangeRefusal {
  private ChangeRefusal() {}

  /** What the publisher's members may have, in bytes, beside what an account's change sets. */
  static int room(Change change) {
    return DocumentSize.MAX_MEMBER_BYTES
        - change.contentBytes()
        - DocumentSize.of(change.connectorId());
  }

  /**
   * Whether a connector's id that the change does not know of might be too much for the document.
   */
  static boolean mayNotFit(Change change) {
    return change.connectorId() == null
        && change.contentBytes() + change.publisherBytes() + DocumentSize.MAX_CONNECTOR_BYTES
            > DocumentSize.MAX_MEMBER_BYTES;
  }

  /**
   * What the refusal means.
   *
   * @param item as it was when the change was refused; empty if there was none
   */
  static ChangeResult of(Change change, Map<String, AttributeValue> item) {
    if (!IntegrationMapper.isIntegration(item)) {
      return new Outcome.Missing();
    }
    Integration found = IntegrationMapper.fromItem(item);

    // A change that was computed from another state says nothing about this one: first of all.
    if (change.basis() != null && !change.basis().equals(found.revision())) {
      return new ChangeResult.Outdated();
    }
    if (change.managed() != found.managed()
        || (change.connectorId() == null && found.connectorId() != null && mayNotFit(change))) {
      return new ChangeResult.WrongGuess(found.managed(), found.connectorId());
    }
    if (change.connectorId() != null && !change.connectorId().equals(found.connectorId())) {
      return new Outcome.Invalid(OtherConnector.FAULT);
    }
    // RFC 9110 section 13.2.1: a precondition counts only where the request would succeed without
    // it.
    boolean changesConfiguration =
        !change.configuration().digest().equals(found.configuration().digest());
    if (found.lock().isPresent() && !change.underLock() && changesConfiguration) {
      return new Outcome.Locked(found.lock().get());
    }
    if (!change.precondition().allows(found.revision())) {
      return new Outcome.Stale();
    }
    if (isSame(change, found)) {
      return new Outcome.Done(found);
    }
    return change.publisherMembers() == null
            && DocumentSize.of(found.publisherMembers()) > room(change)
        ? TooLarge.REFUSAL
        : new Outcome.Unknown();
  }

  /** Whether all that the change would set stands there already, to the letter. */
  private static boolean isSame(Change change, Integration found) {
    PublisherMembers set = change.publisherMembers();
    PublisherMembers kept = found.publisherMembers();
    return change.labels().equals(found.labels())
        && change.configuration().equals(found.configuration())
        && (set == null
            || (Objects.equals(set.version(), kept.version())
                && Objects.equals(set.steps(), kept.steps())
                && (set.mode() == null || set.mode() == kept.mode())
                && (set.updateInProgress() == null
                    || set.updateInProgress().equals(kept.updateInProgress()))));
  }
}
