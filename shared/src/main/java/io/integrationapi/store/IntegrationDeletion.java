package io.integrationapi.store;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The write that deletes an integration: a transaction, since a deleted item remembers nothing by
 * which a repetition could be recognised. It puts in the item's place what says who deleted it, for
 * the recorder, which takes it away when it has recorded that ({@link StreamImages}); it is no
 * integration to any reader, and expires.
 */
final class IntegrationDeletion {
  /** The recorder reads it from the stream, which keeps it for a day; it is of no other use. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final StoreCalls calls;
  private final TransactItems items;

  IntegrationDeletion(StoreCalls calls, TransactItems items) {
    this.calls = calls;
    this.items = items;
  }

  /** Behind an attempt that was lost no refusal is final: the lock may end before it arrives. */
  Outcome delete(
      AccountId account, IntegrationId id, Precondition precondition, Authorship authorship) {
    Expression expression =
        new Expression().require(Conditions.EXISTS).require(Conditions.UNLOCKED);
    Conditions.require(expression, precondition);
    return new Transaction<Outcome>()
        .add(items.put(deletion(account, id, authorship), expression), IntegrationDeletion::refused)
        .ifLost(new Outcome.Unknown())
        .run(calls, new Outcome.Gone(), new Outcome.Unknown());
  }

  private static Map<String, AttributeValue> deletion(
      AccountId account, IntegrationId id, Authorship authorship) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.integration(account, id));
    AuthorshipAttributes.putDeletion(item, authorship);
    item.put(
        HistoryItems.EXPIRES, ChangeNumbers.number(authorship.at().plus(KEPT).getEpochSecond()));
    return item;
  }

  private static Outcome refused(Map<String, AttributeValue> found) {
    return IntegrationMapper.isIntegration(found)
        ? IntegrationMapper.lock(found)
            .<Outcome>map(Outcome.Locked::new)
            .orElseGet(Outcome.Stale::new)
        : new Outcome.Missing();
  }
}
