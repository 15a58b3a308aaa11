package io.integrationapi.store;

import io.integrationapi.domain.invocation.Retries.Cause;
import io.integrationapi.domain.invocation.Retries.Try;
import io.integrationapi.store.StoreCalls.Reply;
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

/**
 * Writes that happen together or not at all. Its client request token makes DynamoDB recognise a
 * repetition for ten minutes, so a lost answer neither doubles it nor makes it refuse itself.
 *
 * <p>An attempt that was lost may arrive behind a refusal. Where that refusal does not rule the
 * attempt out for good, it must mean that the outcome is unknown ({@link #ifLost}).
 *
 * @param <R> what a refusal means
 */
final class Transaction<R> {
  private final List<Step<R>> steps = new ArrayList<>();
  private Supplier<Optional<R>> alreadyKnown = Optional::empty;
  private @Nullable R ifLost;
  private boolean lost;

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

  /** What a refusal means after an attempt was lost, which may arrive behind it. */
  Transaction<R> ifLost(R meaning) {
    ifLost = meaning;
    return this;
  }

  /**
   * Carries it out, and tries again when it met another one on the same item.
   *
   * @param done what success means
   * @param unknown what it means that conflicting writes left no time
   * @throws io.integrationapi.domain.invocation.StoreUnavailableException if it may have been
   *     carried out or not
   */
  R run(StoreCalls calls, R done, R unknown) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .clientRequestToken(UUID.randomUUID().toString())
            .transactItems(steps.stream().map(Step::item).toList())
            .build();
    return calls.repeat(() -> next(calls, request, done, unknown));
  }

  private Try<R> next(StoreCalls calls, TransactWriteItemsRequest request, R done, R unknown) {
    return switch (calls.once(client -> client.transactWriteItems(request))) {
      case Reply.Answer<?> _ -> Try.done(done);
      case Reply.Cancelled<?>(List<CancellationReason> reasons, RuntimeException cause) ->
          Try.done(lost && ifLost != null ? ifLost : refused(reasons, cause));
      case Reply.NotDone<?>(Cause why, List<CancellationReason> reasons, RuntimeException cause) ->
          why == Cause.CONFLICT
              ? alreadyKnown
                  .get()
                  .map(Try::done)
                  .orElseGet(() -> Try.again(why, () -> contended(reasons, unknown)))
              : Try.again(why, StoreCalls.unavailable(cause));
      case Reply.Lost<?>(RuntimeException cause) -> {
        lost = true;
        yield Try.again(Cause.NO_ANSWER, StoreCalls.unavailable(cause));
      }
      case Reply.Refused<?> _ -> throw new IllegalStateException("a transaction is cancelled");
    };
  }

  private R contended(List<CancellationReason> reasons, R unknown) {
    for (int i = 0; i < Math.min(reasons.size(), steps.size()) && !lost; i++) {
      R meaning = steps.get(i).onContended();
      if (meaning != null && StoreCalls.isConflict(reasons.get(i))) {
        return meaning;
      }
    }
    return unknown;
  }

  private R refused(List<CancellationReason> reasons, RuntimeException cause) {
    for (int i = 0; i < reasons.size(); i++) {
      if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
        return steps.get(i).onRefused().apply(reasons.get(i).item());
      }
    }
    throw cause;
  }
}
