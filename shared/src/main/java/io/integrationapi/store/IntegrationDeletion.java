package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The write that deletes an integration: a transaction, since a deleted item remembers nothing by
 * which a repetition could be recognised.
 */
final class IntegrationDeletion {
  private final StoreCalls calls;
  private final TransactItems items;

  IntegrationDeletion(StoreCalls calls, TransactItems items) {
    this.calls = calls;
    this.items = items;
  }

  /** Behind an attempt that was lost no refusal is final: the lock may end before it arrives. */
  Outcome delete(AccountId account, IntegrationId id, Precondition precondition) {
    Expression expression =
        new Expression().require(Conditions.EXISTS).require(Conditions.UNLOCKED);
    Conditions.require(expression, precondition);
    return new Transaction<Outcome>()
        .add(items.delete(Keys.integration(account, id), expression), IntegrationDeletion::refused)
        .ifLost(new Outcome.Unknown())
        .run(calls, new Outcome.Gone(), new Outcome.Unknown());
  }

  private static Outcome refused(Map<String, AttributeValue> found) {
    return IntegrationMapper.isIntegration(found)
        ? IntegrationMapper.lock(found)
            .<Outcome>map(Outcome.Locked::new)
            .orElseGet(Outcome.Stale::new)
        : new Outcome.Missing();
  }
}
