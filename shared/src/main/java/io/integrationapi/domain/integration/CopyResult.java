package io.integrationapi.domain.integration;

/** What the store made of a {@link Copy}: an outcome, or why it must be made anew. */
public sealed interface CopyResult permits Outcome, CopyResult.SourceChanged, ConnectorRegistered {
  /**
   * Refused: the source is no longer in the state that was copied.
   *
   * @param source the state that it is in
   */
  record SourceChanged(Integration source) implements CopyResult {}
}
