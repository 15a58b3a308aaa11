package io.integrationapi.domain.history;

/** A row of the history with the state that it names. */
public record KeptRevision(HistoryEntry entry, KeptState state) {}
