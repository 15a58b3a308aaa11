package io.integrationapi.store;

import io.integrationapi.domain.invocation.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Writes that happen together or not at all. Its client request token makes DynamoDB recognise a
 * repetition for ten minutes, so a lost answer neither doubles it nor makes it refuse itself.
 *
 * @param <R> what a refusal means
 */
final class Transaction<R> {
  private final List<Step<R>> steps = new ArrayList<>();
  private Supplier<Optional<R>> alreadyKnown = Optional::empty;

  /**
   * @param onRefused what it means that this step's condition failed, from the item as it is; an
   *     empty map if there is none
   * @param onContended what it means that conflicting writes never let this step through, or null
   *     if nothing in particular
   */
  private record Step<R>(
      TransactWriteItem item,
      Function<Map<String, AttributeValue>, R> onRefused,
      @Nullable R onContended) {}

  /** Adds a write; of several that are refused the one that was added first counts. */
  Transaction<R> add(TransactWriteItem item, Function<Map<String, AttributeValue>, R> onRefused) {
    steps.add(new Step<>(item, onRefused, null));
    return this;
  }

  /** The same, for a write of which it means something that others are in its way. */
  Transaction<R> add(
      TransactWriteItem item, Function<Map<String, AttributeValue>, R> onRefused, R onContended) {
    steps.add(new Step<>(item, onRefused, onContended));
    return this;
  }

  /** Looks for an answer that makes a repetition needless, each time that a conflict is met. */
  Transaction<R> unless(Supplier<Optional<R>> known) {
    alreadyKnown = known;
    return this;
  }

  /**
   * Carries it out. What the SDK does not repeat by itself is repeated here: a transaction that met
   * another one on the same item.
   *
   * @param done what success means
   * @param contested what it means that conflicting writes used up the retry budget
   * @throws io.integrationapi.domain.invocation.StoreUnavailableException if it may have been
   *     carried out or not
   */
  R run(StoreCalls calls, R done, R contested) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .clientRequestToken(UUID.randomUUID().toString())
            .transactItems(steps.stream().map(Step::item).toList())
            .build();
    RetryPolicy.Retries retries = calls.retries();
    while (true) {
      List<CancellationReason> conflicts;
      try {
        calls.send(client -> client.transactWriteItems(request));
        return done;
      } catch (TransactionInProgressException e) {
        conflicts = List.of();
      } catch (TransactionCanceledException e) {
        if (!StoreCalls.isContention(e)) {
          return refused(e);
        }
        conflicts = e.cancellationReasons();
      }
      Optional<R> known = alreadyKnown.get();
      if (known.isPresent()) {
        return known.get();
      }
      if (!retries.again()) {
        return contended(conflicts, contested);
      }
      calls.countConflict();
    }
  }

  private R contended(List<CancellationReason> reasons, R contested) {
    for (int i = 0; i < Math.min(reasons.size(), steps.size()); i++) {
      R meaning = steps.get(i).onContended();
      if (meaning != null && StoreCalls.isConflict(reasons.get(i))) {
        return meaning;
      }
    }
    return contested;
  }

  private R refused(TransactionCanceledException e) {
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
        return steps.get(i).onRefused().apply(reasons.get(i).item());
      }
    }
    throw e;
  }
}
