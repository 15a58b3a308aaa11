package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Fault;
import java.util.List;

/** The outcome of a write that was asked for. */
public sealed interface Outcome extends CreateResult, ChangeResult, CopyResult {
  /**
   * It is done.
   *
   * @param integration the document as this write left it; as it is now, if it is known to be done
   *     only from what it left behind
   */
  record Done(Integration integration) implements Outcome {}

  /** It is done, and there is nothing left to show: the integration is deleted. */
  record Gone() implements Outcome {}

  /** It was not done, and has changed nothing. */
  sealed interface Refusal extends Outcome {}

  /** The caller reaches no integration of that id. */
  record Missing() implements Refusal {}

  /** A managed update is in progress (contract section 5). */
  record Locked(Lock lock) implements Refusal {}

  /** The document is not in a state that the caller's precondition allows (RFC 9110 section 13). */
  record Stale() implements Refusal {}

  /**
   * The caller's words are wrong for this integration.
   *
   * @param faults at least one, all of one status
   */
  record Invalid(List<Fault> faults) implements Refusal {
    public Invalid(Fault fault) {
      this(List.of(fault));
    }
  }

  /** The same request under the same key is being carried out at this moment. */
  record InProgress() implements Refusal {}

  /**
   * Nobody knows whether it was done: an answer of the store was lost and cannot be had any more,
   * or others wrote at the same time until there was no time left. The caller may try again.
   */
  record Unknown() implements Outcome {}
}
