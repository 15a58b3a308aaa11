package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import org.jspecify.annotations.Nullable;

/**
 * What one write sets in an integration, and in which states of it the write may happen. Both go to
 * the store in one request, which decides (contract section 5): nothing is read for the decision.
 *
 * @param labels what they become
 * @param configuration what it becomes
 * @param publisherMembers what the publisher's members become, or null if the writer leaves them
 *     alone; in it a null {@code version} or {@code install} is erased, a null {@code mode} or
 *     {@code updateInProgress} stays
 * @param connectorId what the integration's must be, or null if the writer did not say
 * @param managed whether the write was made for a managed integration; it must be one exactly then
 * @param underLock whether it may change the configuration while an update is in progress
 * @param basis the state that the write was computed from, or null if it does not depend on any
 * @param precondition what the caller asked for
 * @param authorship who writes it, when, and the revision of the state that it makes
 * @param contentBytes the size of the labels and the configuration
 * @param publisherBytes the size of the publisher's members that it sets
 */
public record Change(
    IntegrationId id,
    Labels labels,
    Configuration configuration,
    @Nullable PublisherMembers publisherMembers,
    @Nullable ConnectorId connectorId,
    boolean managed,
    boolean underLock,
    @Nullable Revision basis,
    Precondition precondition,
    Authorship authorship,
    int contentBytes,
    int publisherBytes) {

  /** Counts the sizes. */
  public Change(
      IntegrationId id,
      Labels labels,
      Configuration configuration,
      @Nullable PublisherMembers publisherMembers,
      @Nullable ConnectorId connectorId,
      boolean managed,
      boolean underLock,
      @Nullable Revision basis,
      Precondition precondition,
      Authorship authorship) {
    this(
        id,
        labels,
        configuration,
        publisherMembers,
        connectorId,
        managed,
        underLock,
        basis,
        precondition,
        authorship,
        DocumentSize.of(labels, configuration),
        publisherMembers == null ? 0 : DocumentSize.of(publisherMembers));
  }

  /**
   * Whether what it sets keeps the limit of a document; the store looks at what it leaves alone.
   */
  public boolean fits() {
    return contentBytes + publisherBytes + DocumentSize.of(connectorId)
        <= DocumentSize.MAX_MEMBER_BYTES;
  }
}
