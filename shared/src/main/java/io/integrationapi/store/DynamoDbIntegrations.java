package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.CreateResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.UpdateStart;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The integrations in the table that the package's page draws. */
final class DynamoDbIntegrations implements IntegrationRepository {
  private final IntegrationReads reads;
  private final IntegrationLists lists;
  private final IntegrationUpdates updates;
  private final IntegrationCreation creation;
  private final IntegrationDeletion deletion;
  private final IdempotencyRecords records;

  DynamoDbIntegrations(
      IntegrationReads reads,
      IntegrationLists lists,
      IntegrationUpdates updates,
      IntegrationCreation creation,
      IntegrationDeletion deletion,
      IdempotencyRecords records) {
    this.reads = reads;
    this.lists = lists;
    this.updates = updates;
    this.creation = creation;
    this.deletion = deletion;
    this.records = records;
  }

  @Override
  public Optional<Integration> find(Principal principal, IntegrationId id) {
    return account(principal, id).flatMap(account -> reads.find(account, id));
  }

  @Override
  public Optional<Page.Position> list(
      Principal principal, Page.Request request, Page.Room<Integration> room) {
    return switch (principal) {
      case Principal.Account(AccountId id, var _) -> lists.ofAccount(id, request, room);
      case Principal.Connector(ConnectorId id, var _) -> lists.ofConnector(id, request, room);
    };
  }

  @Override
  public Optional<Page.Position> installBase(
      ConnectorId connectorId, Page.Request request, Page.Room<InstallBaseEntry> room) {
    return lists.installBase(connectorId, request, room);
  }

  @Override
  public CreateResult create(Integration integration, @Nullable IdempotencyClaim claim) {
    return creation.create(integration, claim);
  }

  @Override
  public ChangeResult change(Principal principal, Change change) {
    return account(principal, change.id())
        .map(account -> updates.change(account, change))
        .orElseGet(Outcome.Missing::new);
  }

  @Override
  public Outcome delete(
      Principal principal, IntegrationId id, Precondition precondition, Authorship authorship) {
    return account(principal, id)
        .map(account -> deletion.delete(account, id, precondition, authorship))
        .orElseGet(Outcome.Missing::new);
  }

  @Override
  public CopyResult copy(Copy copy, @Nullable IdempotencyClaim claim) {
    return creation.copy(copy, claim);
  }

  @Override
  public Optional<Outcome> findEarlier(IdempotencyClaim claim) {
    return records.findEarlier(claim);
  }

  @Override
  public UpdateStart beginUpdate(
      ConnectorId connectorId, IntegrationId id, Supplier<Authorship> authorship) {
    return reads
        .locate(connectorId, id)
        .map(account -> updates.begin(account, id, authorship.get()))
        .orElse(UpdateStart.NOT_FOUND);
  }

  /**
   * Whose partition to look in; a connector has to ask the index. That may name an integration
   * which is gone, but never one that is another connector's: an integration keeps its connector
   * for life.
   */
  private Optional<AccountId> account(Principal principal, IntegrationId id) {
    return switch (principal) {
      case Principal.Account(AccountId account, var _) -> Optional.of(account);
      case Principal.Connector(ConnectorId connector, var _) -> reads.locate(connector, id);
    };
  }
}
