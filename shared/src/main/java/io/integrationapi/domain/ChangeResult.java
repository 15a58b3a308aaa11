package io.integrationapi.domain;

/** What the store made of a {@link Change}. */
public sealed interface ChangeResult {
  /** It is done, or refused for good. */
  record Settled(Outcome outcome) implements ChangeResult {}

  /** Refused: it was made for a managed integration and this one is not, or the other way round. */
  record OtherPublisher() implements ChangeResult {}

  /** Refused: the integration is no longer in the state that the change was computed from. */
  record Outdated() implements ChangeResult {}
}
