package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.json.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a request says an integration should be, checked for all that can be checked
 * without knowing the integration. Which faults count depends on who publishes it: what an account
 * sends for a publisher's member is accepted and not applied (contract section 2). A member at
 * fault has no meaningful value here.
 *
 * @param connectorId as sent, or null if it was not
 * @param contentFaults what is wrong with all but the publisher's members
 * @param publisherFaults what is wrong with the publisher's members
 */
public record Draft(
    Labels labels,
    Configuration configuration,
    PublisherMembers publisherMembers,
    @Nullable ConnectorId connectorId,
    List<Fault> contentFaults,
    List<Fault> publisherFaults) {

  /** All that is wrong with it for a writer who publishes the integration, or does not. */
  public List<Fault> faults(boolean publishes) {
    return publishes
        ? Stream.concat(contentFaults.stream(), publisherFaults.stream()).toList()
        : contentFaults;
  }
}
