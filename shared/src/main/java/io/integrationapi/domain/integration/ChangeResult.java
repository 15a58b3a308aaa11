package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import org.jspecify.annotations.Nullable;

/** What the store made of a {@link Change}: an outcome, or why it must be computed anew. */
public sealed interface ChangeResult
    permits Outcome, ChangeResult.WrongGuess, ChangeResult.Outdated {
  /**
   * Refused: it was made for a managed integration and this one is not, or the other way round; or
   * it leaves no room for a connector's id that it does not name. Neither of the two ever changes.
   *
   * @param managed whether the integration is
   * @param connectorId the integration's, or null
   */
  record WrongGuess(boolean managed, @Nullable ConnectorId connectorId) implements ChangeResult {}

  /** Refused: the integration is no longer in the state that the change was computed from. */
  record Outdated() implements ChangeResult {}
}
