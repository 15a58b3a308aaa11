package io.integrationapi.domain.integration;

/** What the store made of a new integration: an outcome, or why it must be made anew. */
public sealed interface CreateResult permits Outcome, ConnectorRegistered {}
