package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.integration.ConnectorRegistered;
import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.CopyResult;
import io.integrationapi.domain.integration.CreateResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The writes that make an integration. A new one is a conditional put. What depends on another
 * item, such as a key's record or the source of a copy, is one transaction.
 *
 * <p>A transaction's refusal is final, also behind an attempt that was lost: a source's revision
 * does not come back, a connector stays registered, and a key's record stays longer than any
 * attempt is on its way.
 */
final class IntegrationCreation {
  private final StoreCalls calls;
  private final GuardedPut put;
  private final TransactItems items;
  private final IdempotencyRecords records;
  private final Metrics metrics;

  IntegrationCreation(
      StoreCalls calls,
      GuardedPut put,
      TransactItems items,
      IdempotencyRecords records,
      Metrics metrics) {
    this.calls = calls;
    this.put = put;
    this.items = items;
    this.records = records;
    this.metrics = metrics;
  }

  CreateResult create(Integration integration, @Nullable IdempotencyClaim claim) {
    CreateResult result =
        claim == null && !dependsOnRegistration(integration)
            ? new Outcome.Done(put.send(integration))
            : transact(integration, claim);
    boolean made =
        result instanceof Outcome.Done(Integration done)
            && done.revision().equals(integration.revision());
    if (made && integration.lock().isPresent()) {
      metrics.count(Metric.LOCKS_BEGUN);
    }
    return result;
  }

  private CreateResult transact(Integration integration, @Nullable IdempotencyClaim claim) {
    Transaction<CreateResult> transaction = new Transaction<>();
    if (claim != null) {
      transaction
          .add(
              records.put(claim, integration),
              found -> records.earlier(claim, found),
              new Outcome.InProgress())
          .unless(() -> records.findEarlier(claim).map(outcome -> outcome));
    }
    if (dependsOnRegistration(integration)) {
      transaction.add(connectorAbsent(integration), _ -> new ConnectorRegistered());
    }
    return transaction
        .add(absent(integration), found -> ownEarlier(integration.revision(), found))
        .run(calls, new Outcome.Done(integration), new Outcome.Unknown());
  }

  CopyResult copy(Copy copy, @Nullable IdempotencyClaim claim) {
    Integration integration = copy.integration();
    Transaction<CopyResult> transaction = new Transaction<>();
    if (claim != null) {
      transaction
          .add(
              records.put(claim, integration),
              found -> records.earlier(claim, found),
              new Outcome.InProgress())
          .unless(() -> records.findEarlier(claim).map(outcome -> outcome));
    }
    transaction.add(sourceUnchanged(copy), found -> sourceRefused(copy, found));
    if (dependsOnRegistration(integration)) {
      transaction.add(connectorAbsent(integration), _ -> new ConnectorRegistered());
    }
    return transaction
        .add(absent(integration), found -> ownEarlier(integration.revision(), found))
        .run(calls, new Outcome.Done(integration), new Outcome.Unknown());
  }

  /** It is self-managed only as long as its connector is not registered (contract section 1). */
  private static boolean dependsOnRegistration(Integration integration) {
    return integration.connectorId() != null && !integration.managed();
  }

  private TransactWriteItem absent(Integration integration) {
    return items.put(
        IntegrationMapper.toItem(integration), new Expression().require(Conditions.ABSENT));
  }

  private TransactWriteItem sourceUnchanged(Copy copy) {
    Integration source = copy.source();
    Expression expression =
        new Expression()
            .require(Conditions.UNCHANGED)
            .value(":basis", source.revision().value())
            .require(Conditions.UNLOCKED);
    Conditions.require(expression, copy.precondition());
    return items.check(Keys.integration(source.account(), source.id()), expression);
  }

  private TransactWriteItem connectorAbsent(Integration integration) {
    return items.check(
        Keys.connector(requireNonNull(integration.connectorId())),
        new Expression().require(Conditions.ABSENT));
  }

  /** The fresh id is there already: this very write made it, before its content was made anew. */
  private static Outcome ownEarlier(Revision revision, Map<String, AttributeValue> found) {
    Integration integration = IntegrationMapper.fromItem(found);
    if (!integration.revision().equals(revision)) {
      throw new IllegalStateException("two integrations were given one id");
    }
    return new Outcome.Done(integration);
  }

  private CopyResult sourceRefused(Copy copy, Map<String, AttributeValue> found) {
    if (!IntegrationMapper.isIntegration(found)) {
      return new Outcome.Missing();
    }
    Integration now = IntegrationMapper.fromItem(found);
    if (now.lock().isPresent()) {
      return new Outcome.Locked(now.lock().get());
    }
    if (!copy.precondition().allows(now.revision())) {
      return new Outcome.Stale();
    }
    metrics.count(Metric.CONFLICTS_REPEATED);
    return new CopyResult.SourceChanged(now);
  }
}
