package io.integrationapi.domain.integration;

/** What the store made of a {@link Copy}. */
public sealed interface CopyResult {
  /** It is done, or refused for good. */
  record Settled(Outcome outcome) implements CopyResult {}

  /**
   * Refused: the source is no longer in the state that was copied.
   *
   * @param source the state that it is in
   */
  record SourceChanged(Integration source) implements CopyResult {}

  /** Refused: the connector was registered meanwhile, so the copy must be a managed one. */
  record ConnectorRegistered() implements CopyResult {}
}
