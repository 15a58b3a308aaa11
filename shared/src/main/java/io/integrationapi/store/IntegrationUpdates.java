package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Change;
import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.domain.invocation.Metrics;
import io.integrationapi.domain.invocation.Metrics.Metric;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
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
            expression(change),
            change.authorship(),
            ReturnValue.ALL_NEW);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut(var item) -> {
        countLock(change, item);
        yield new Outcome.Done(IntegrationMapper.fromItem(item, change));
      }
      case GuardedUpdate.Result.CarriedOutEarlier(var now) -> {
        countLock(change, now);
        yield new Outcome.Done(IntegrationMapper.fromItem(now, change));
      }
      case GuardedUpdate.Result.Refused(var item) -> {
        ChangeResult refusal = ChangeRefusal.of(change, item);
        if (refusal instanceof ChangeResult.Outdated) {
          metrics.count(Metric.CONFLICTS_REPEATED);
        }
        yield refusal;
      }
      case GuardedUpdate.Result.Unknown() -> new Outcome.Unknown();
    };
  }

  UpdateStart begin(AccountId account, IntegrationId id, Authorship authorship) {
    GuardedUpdate.Result result =
        update.send(
            Keys.integration(account, id), beginning(authorship), authorship, ReturnValue.NONE);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut _, GuardedUpdate.Result.CarriedOutEarlier _ -> {
        metrics.count(Metric.LOCKS_BEGUN);
        yield UpdateStart.STARTED;
      }
      case GuardedUpdate.Result.Refused(var item) ->
          IntegrationMapper.isManaged(item)
              ? UpdateStart.ALREADY_IN_PROGRESS
              : UpdateStart.NOT_FOUND;
      case GuardedUpdate.Result.Unknown() -> UpdateStart.UNAVAILABLE;
    };
  }

  /** Ends the lock, if it is still the one that began then. */
  boolean endLock(AccountId account, IntegrationId id, Lock lock, Authorship authorship) {
    GuardedUpdate.Result result =
        update.send(Keys.integration(account, id), ending(lock), authorship, ReturnValue.NONE);
    return switch (result) {
      case GuardedUpdate.Result.CarriedOut _, GuardedUpdate.Result.CarriedOutEarlier _ -> {
        metrics.count(Metric.LOCKS_ENDED);
        yield true;
      }
      case GuardedUpdate.Result.Refused _ -> false;
      case GuardedUpdate.Result.Unknown() ->
          throw new StoreUnavailableException("nobody knows whether the lock was ended");
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
    } else if (change.authorship().at().equals(IntegrationMapper.lockedSince(item))) {
      metrics.count(Metric.LOCKS_BEGUN);
    }
  }

  private static Expression expression(Change change) {
    Expression expression = new Expression().require(Conditions.EXISTS);
    setContent(expression, change);
    if (change.publisherMembers() == null) {
      expression.require(Conditions.ROOM).value(":room", number(ChangeRefusal.room(change)));
    } else {
      setPublisherMembers(expression, change, change.publisherMembers());
    }
    expression
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
    return expression.require(Conditions.CHANGES.formatted(String.join(" AND ", same(change))));
  }

  /**
   * What holds if all that the change would set stands there already ({@link Conditions#CHANGES}).
   */
  private static List<String> same(Change change) {
    List<String> same = new ArrayList<>();
    same.add("#name = :name");
    same.add("#configuration = :configuration");
    same.add(same("description", change.labels().description()));
    same.add(same("readme", change.labels().readme()));
    PublisherMembers set = change.publisherMembers();
    if (set != null) {
      set.forEachWritten((member, value) -> same.add(same(member.key(), value)));
    }
    return same;
  }

  private static String same(String name, @Nullable Object value) {
    return value == null ? "attribute_not_exists(#" + name + ")" : "#" + name + " = :" + name;
  }

  private static Expression beginning(Authorship authorship) {
    return new Expression()
        .require(Conditions.EXISTS)
        .require(Conditions.UNLOCKED)
        .require(Conditions.MANAGED)
        .value(":managed", AttributeValue.fromBool(true))
        .set("#updateInProgress = :true")
        .value(":true", AttributeValue.fromBool(true))
        .set("#lockedSince = :lockedSince")
        .value(":lockedSince", Document.time(authorship.at()));
  }

  private static Expression ending(Lock lock) {
    return endedLock(new Expression().require(Conditions.EXISTS).require(Conditions.SAME_LOCK))
        .set("#updateInProgress = :updateInProgress")
        .value(":updateInProgress", AttributeValue.fromBool(false))
        .value(":lockedSince", Document.time(lock.since()));
  }

  /** Leaves behind which lock was ended, or an empty text if none was held. */
  private static Expression endedLock(Expression expression) {
    return expression
        .set("#endedLock = if_not_exists(#lockedSince, :none)")
        .value(":none", "")
        .remove("#lockedSince");
  }

  private static void setContent(Expression expression, Change change) {
    expression
        .set("#name = :name")
        .value(":name", change.labels().name())
        .setOrRemove("description", string(change.labels().description()))
        .setOrRemove("readme", string(change.labels().readme()))
        .set("#configuration = :configuration")
        .value(":configuration", change.configuration().json().text())
        .set("#configurationDigest = :configurationDigest")
        .value(":configurationDigest", change.configuration().digest())
        .set("#contentBytes = :contentBytes")
        .value(":contentBytes", number(change.contentBytes()));
  }

  private static void setPublisherMembers(
      Expression expression, Change change, PublisherMembers publisherMembers) {
    expression
        .set("#publicationBytes = :publicationBytes")
        .value(":publicationBytes", number(change.publisherBytes()));
    publisherMembers.forEachWritten((member, value) ->
        expression.setOrRemove(
            member.key(), value == null ? null : PublisherAttributes.attribute(member, value)));

    Boolean updateInProgress = publisherMembers.updateInProgress();
    if (updateInProgress == null) {
      return;
    }
    if (updateInProgress) {
      expression
          .set("#lockedSince = if_not_exists(#lockedSince, :lockedSince)")
          .value(":lockedSince", Document.time(change.authorship().at()));
    } else {
      endedLock(expression);
    }
  }

  private static @Nullable AttributeValue string(@Nullable String value) {
    return value == null ? null : AttributeValue.fromS(value);
  }

  private static AttributeValue number(int value) {
    return AttributeValue.fromN(Integer.toString(value));
  }
}
