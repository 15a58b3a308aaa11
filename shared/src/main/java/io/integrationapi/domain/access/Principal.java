package io.integrationapi.domain.access;

/** Whose token came with a request, and what it lets them do (contract section 1). */
public sealed interface Principal {
  /** What the token lets its bearer do. */
  Scope scope();

  /** The user of an account: reaches the integrations of that account. */
  record Account(AccountId id, Scope scope) implements Principal {}

  /**
   * The publisher of a SmartConnector: reaches the integrations that carry its id, in any account.
   */
  record Connector(ConnectorId id, Scope scope) implements Principal {}
}
