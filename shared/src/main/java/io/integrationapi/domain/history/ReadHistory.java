package io.integrationapi.domain.history;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.JsonDiff;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads the history (contract section 9). While none is kept, the lists of an integration that is
 * there are empty and no revision exists, whatever was kept before.
 */
public final class ReadHistory {
  private final History history;
  private final HistorySettings settings;

  public ReadHistory(History history, HistorySettings settings) {
    this.history = history;
    this.settings = settings;
  }

  /** Hands out rows; nothing if the integration is not reached and never was. */
  public Optional<History.Listed> list(
      Principal principal,
      IntegrationId id,
      History.Request request,
      Page.Room<HistoryEntry> room) {
    return settings.isOn()
        ? history.list(principal, id, request, room)
        : history.present(principal, id).map(_ -> new History.Listed(null));
  }

  /** One row with its state; nothing if it is not reached or not kept. */
  public Optional<KeptRevision> find(Principal principal, IntegrationId id, RevisionId revisionId) {
    return settings.isOn() ? history.find(principal, id, revisionId) : Optional.empty();
  }

  /**
   * The JSON Patch that leads from one state to another, exactly.
   *
   * @param to the other state, or null for the present one
   * @return nothing if one of the two is not there
   */
  public Optional<ArrayNode> difference(
      Principal principal, IntegrationId id, RevisionId from, @Nullable RevisionId to) {
    return find(principal, id, from)
        .flatMap(revision ->
            document(principal, id, to)
                .map(other -> JsonDiff.between(revision.state().document().tree(), other)));
  }

  private Optional<JsonNode> document(
      Principal principal, IntegrationId id, @Nullable RevisionId revisionId) {
    return revisionId == null
        ? history.present(principal, id).map(present -> Document.of(present.integration()))
        : find(principal, id, revisionId).map(revision -> revision.state().document().tree());
  }
}
