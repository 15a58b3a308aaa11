package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.DocumentSize;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import io.integrationapi.domain.json.JsonText;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The writes that change a part of an integration: one conditional UpdateItem each. */
final class IntegrationUpdates {
  private final GuardedUpdate update;
  private final Metrics metrics;

  IntegrationUpdates(GuardedUpdate update, Metrics metrics) {
    this.update = update;
    this.metrics = metrics;
  }

  ChangeResult change(AccountId account, Change change) {
    GuardedUpdate.Result result =
        update.send(
            Keys.integration(account, change.id()),
            () -> expression(change),
            change.revision(),
            ReturnValue.ALL_NEW);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut(var item) -> {
        countLock(change, item);
        yield settled(new Outcome.Done(IntegrationMapper.fromItem(item)));
      }
      case GuardedUpdate.Result.CarriedOutEarlier(var now) -> {
        countLock(change, now);
        yield settled(new Outcome.Done(ChangeRefusal.asWritten(change, now)));
      }
      case GuardedUpdate.Result.Refused(var item) -> {
        ChangeResult refusal = ChangeRefusal.of(change, item);
        if (refusal instanceof ChangeResult.Outdated) {
          metrics.count(Metric.CONFLICTS_REPEATED);
        }
        yield refusal;
      }
      case GuardedUpdate.Result.Contested(), GuardedUpdate.Result.Unknown() ->
          settled(new Outcome.Contested());
    };
  }

  UpdateStart begin(AccountId account, IntegrationId id, Lock lock, Revision revision) {
    GuardedUpdate.Result result =
        update.send(
            Keys.integration(account, id), () -> expression(lock), revision, ReturnValue.NONE);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut _, GuardedUpdate.Result.CarriedOutEarlier _ -> {
        metrics.count(Metric.LOCKS_BEGUN);
        yield UpdateStart.STARTED;
      }
      case GuardedUpdate.Result.Refused(var item) ->
          IntegrationMapper.isManaged(item)
              ? UpdateStart.ALREADY_IN_PROGRESS
              : UpdateStart.NOT_FOUND;
      case GuardedUpdate.Result.Contested(), GuardedUpdate.Result.Unknown() ->
          UpdateStart.UNAVAILABLE;
    };
  }

  /** Ends the lock, if it is still the one that began then. */
  boolean endLock(AccountId account, IntegrationId id, Lock lock, Instant at, Revision revision) {
    GuardedUpdate.Result result =
        update.send(
            Keys.integration(account, id), () -> ending(lock, at), revision, ReturnValue.NONE);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut _, GuardedUpdate.Result.CarriedOutEarlier _ -> {
        metrics.count(Metric.LOCKS_ENDED);
        yield true;
      }
      case GuardedUpdate.Result.Refused _ -> false;
      case GuardedUpdate.Result.Contested(), GuardedUpdate.Result.Unknown() ->
          throw new StoreUnavailableException("it cannot be known whether the lock was ended");
    };
  }

  private void countLock(Change change, Map<String, AttributeValue> item) {
    PublisherMembers publisherMembers = change.publisherMembers();
    if (publisherMembers == null || publisherMembers.updateInProgress() == null) {
      return;
    }
    if (!publisherMembers.updateInProgress()) {
      if (!requireNonNull(item.get("endedLock")).s().isEmpty()) {
        metrics.count(Metric.LOCKS_ENDED);
      }
    } else if (change.at().equals(IntegrationMapper.lockedSince(item))) {
      metrics.count(Metric.LOCKS_BEGUN);
    }
  }

  private static Expression expression(Change change) {
    Expression expression = new Expression();
    setContent(expression, change);
    if (change.publisherMembers() == null) {
      expression.require(Conditions.ROOM).value(":room", number(ChangeRefusal.room(change)));
    } else {
      setPublication(expression, change.publisherMembers(), change.at());
    }
    expression
        .set("#lastModified = :lastModified")
        .value(":lastModified", Document.time(change.at()))
        .require(Conditions.MANAGED)
        .value(":managed", AttributeValue.fromBool(change.managed()));
    if (!change.underLock()) {
      expression.require(Conditions.UNLOCKED_OR_SAME);
    }
    if (ChangeRefusal.mayNotFit(change)) {
      expression.require(Conditions.NO_CONNECTOR);
    } else if (change.connectorId() != null) {
      expression
          .require(Conditions.SAME_CONNECTOR)
          .value(":connectorId", change.connectorId().value());
    }
    if (change.basis() != null) {
      expression.require(Conditions.UNCHANGED).value(":basis", change.basis().value());
    }
    Conditions.require(expression, change.precondition());
    return expression;
  }

  private static Expression expression(Lock lock) {
    return new Expression()
        .require(Conditions.UNLOCKED)
        .require(Conditions.MANAGED)
        .value(":managed", AttributeValue.fromBool(true))
        .set("#updateInProgress = :true")
        .value(":true", AttributeValue.fromBool(true))
        .set("#lockedSince = :lockedSince")
        .value(":lockedSince", Document.time(lock.since()))
        .set("#lastModified = :lastModified")
        .value(":lastModified", Document.time(lock.since()));
  }

  private static Expression ending(Lock lock, Instant at) {
    return unlocked(new Expression().require(Conditions.SAME_LOCK))
        .value(":lockedSince", Document.time(lock.since()))
        .set("#lastModified = :lastModified")
        .value(":lastModified", Document.time(at));
  }

  /** Leaves behind which lock was ended, or an empty text if none was held. */
  private static Expression unlocked(Expression expression) {
    return expression
        .set("#updateInProgress = :updateInProgress")
        .value(":updateInProgress", AttributeValue.fromBool(false))
        .set("#endedLock = if_not_exists(#lockedSince, :none)")
        .value(":none", "")
        .remove("#lockedSince");
  }

  private static void setContent(Expression expression, Change change) {
    String configuration = JsonText.write(change.configuration().members());
    expression
        .set("#name = :name")
        .value(":name", change.labels().name())
        .setOrRemove("description", string(change.labels().description()))
        .setOrRemove("readme", string(change.labels().readme()))
        .set("#configuration = :configuration")
        .value(":configuration", configuration)
        .set("#configurationDigest = :configurationDigest")
        .value(":configurationDigest", change.configuration().digest())
        .set("#contentBytes = :contentBytes")
        .value(":contentBytes", number(change.contentBytes()));
  }

  private static void setPublication(
      Expression expression, PublisherMembers publisherMembers, Instant at) {
    expression
        .setOrRemove("version", string(publisherMembers.version()))
        .setOrRemove(
            "install",
            publisherMembers.install() == null
                ? null
                : string(JsonText.write(publisherMembers.install())))
        .set("#publicationBytes = :publicationBytes")
        .value(":publicationBytes", number(DocumentSize.of(publisherMembers)));
    Mode mode = publisherMembers.mode();
    if (mode != null) {
      expression.set("#mode = :mode").value(":mode", mode.word());
    }
    Boolean updateInProgress = publisherMembers.updateInProgress();
    if (updateInProgress == null) {
      return;
    }
    if (!updateInProgress) {
      unlocked(expression);
      return;
    }
    expression
        .set("#updateInProgress = :updateInProgress")
        .value(":updateInProgress", AttributeValue.fromBool(true))
        .set("#lockedSince = if_not_exists(#lockedSince, :lockedSince)")
        .value(":lockedSince", Document.time(at));
  }

  private static ChangeResult settled(Outcome outcome) {
    return new ChangeResult.Settled(outcome);
  }

  private static @Nullable AttributeValue string(@Nullable String value) {
    return value == null ? null : AttributeValue.fromS(value);
  }

  private static AttributeValue number(int value) {
    return AttributeValue.fromN(Integer.toString(value));
  }
}
