package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.AccountId;
import io.integrationapi.domain.Change;
import io.integrationapi.domain.ChangeResult;
import io.integrationapi.domain.ConnectorId;
import io.integrationapi.domain.Document;
import io.integrationapi.domain.DocumentSize;
import io.integrationapi.domain.IntegrationId;
import io.integrationapi.domain.JsonText;
import io.integrationapi.domain.Lock;
import io.integrationapi.domain.Mode;
import io.integrationapi.domain.Outcome;
import io.integrationapi.domain.Principal;
import io.integrationapi.domain.Publication;
import io.integrationapi.domain.Revision;
import io.integrationapi.domain.UpdateStart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The writes that change a part of an integration: one conditional UpdateItem each. */
final class IntegrationUpdates {
  private final DynamoDbClient client;
  private final String table;
  private final StoreCalls calls;
  private final InstantSource clock;

  IntegrationUpdates(DynamoDbClient client, String table, StoreCalls calls, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.calls = calls;
    this.clock = clock;
  }

  ChangeResult change(Principal principal, AccountId account, Change change) {
    Expression expression = new Expression();
    setContent(expression, change);
    if (change.publication() == null) {
      expression.require(Conditions.ROOM).value(":room", number(ChangeRefusal.room(change)));
    } else {
      setPublication(expression, change.publication(), change.at());
    }
    stamp(expression, change.at(), change.revision());

    Conditions.requireReached(expression, principal);
    expression
        .require(Conditions.MANAGED)
        .value(":managed", AttributeValue.fromBool(change.managed()));
    if (!change.underLock()) {
      expression.require(Conditions.UNLOCKED_OR_SAME);
    }
    if (change.connectorId() != null) {
      expression
          .require(Conditions.SAME_CONNECTOR)
          .value(":connectorId", change.connectorId().value());
    }
    if (change.basis() != null) {
      expression.require(Conditions.UNCHANGED).value(":basis", change.basis().value());
    }
    Conditions.require(expression, change.precondition());

    Instant sentAt = clock.instant();
    try {
      return send(Keys.integration(account, change.id()), expression, ReturnValue.ALL_NEW)
          .<ChangeResult>map(response ->
              new ChangeResult.Settled(
                  new Outcome.Done(IntegrationMapper.fromItem(response.attributes()))))
          .orElseGet(() -> new ChangeResult.Settled(new Outcome.Contested()));
    } catch (ConditionalCheckFailedException e) {
      return ChangeRefusal.of(principal, change, e.item(), wasRepeated(e), sentAt);
    }
  }

  UpdateStart begin(
      ConnectorId connectorId, AccountId account, IntegrationId id, Lock lock, Revision revision) {
    Expression expression =
        new Expression()
            .require(Conditions.REACHED)
            .value(":reach", connectorId.value())
            .require(Conditions.UNLOCKED)
            .set("#updateInProgress = :true")
            .value(":true", AttributeValue.fromBool(true))
            .set("#lockedSince = :lockedSince")
            .value(":lockedSince", Document.time(lock.since()));
    stamp(expression, lock.since(), revision);

    Instant sentAt = clock.instant();
    try {
      return send(Keys.integration(account, id), expression, ReturnValue.NONE).isPresent()
          ? UpdateStart.STARTED
          : UpdateStart.UNAVAILABLE;
    } catch (ConditionalCheckFailedException e) {
      Map<String, AttributeValue> item = e.item();
      if (item.isEmpty()) {
        return UpdateStart.NOT_FOUND;
      }
      WriteSlots.Memory memory = WriteSlots.recall(item, revision, sentAt);
      if (memory == WriteSlots.Memory.CARRIED_OUT) {
        return UpdateStart.STARTED;
      }
      if (memory == WriteSlots.Memory.OVERWRITTEN && wasRepeated(e)) {
        return UpdateStart.UNAVAILABLE;
      }
      return IntegrationMapper.lockedSince(item) == null
          ? UpdateStart.NOT_FOUND
          : UpdateStart.ALREADY_IN_PROGRESS;
    }
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

  private static void setPublication(Expression expression, Publication publication, Instant at) {
    expression
        .setOrRemove("version", string(publication.version()))
        .setOrRemove(
            "install",
            publication.install() == null ? null : string(JsonText.write(publication.install())))
        .set("#publicationBytes = :publicationBytes")
        .value(":publicationBytes", number(DocumentSize.of(publication)));
    Mode mode = publication.mode();
    if (mode != null) {
      expression.set("#mode = :mode").value(":mode", mode.word());
    }
    Boolean updateInProgress = publication.updateInProgress();
    if (updateInProgress != null) {
      expression
          .set("#updateInProgress = :updateInProgress")
          .value(":updateInProgress", AttributeValue.fromBool(updateInProgress));
      if (updateInProgress) {
        expression
            .set("#lockedSince = if_not_exists(#lockedSince, :lockedSince)")
            .value(":lockedSince", Document.time(at));
      } else {
        expression.remove("#lockedSince");
      }
    }
  }

  /** What every write leaves, and what lets it be sent twice. */
  private static void stamp(Expression expression, Instant at, Revision revision) {
    expression
        .require(Conditions.EXISTS)
        .set("#lastModified = :lastModified")
        .value(":lastModified", Document.time(at))
        .set("#revision = :revision")
        .set("#" + WriteSlots.slotOf(revision) + " = :revision");
    Conditions.requireNotCarriedOut(expression, revision);
  }

  private Optional<UpdateItemResponse> send(
      Map<String, AttributeValue> key, Expression expression, ReturnValue returned) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key)
            .updateExpression(expression.update())
            .conditionExpression(expression.condition())
            .expressionAttributeNames(expression.names())
            .expressionAttributeValues(requireNonNull(expression.values()))
            .returnValues(returned)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return calls.write(() -> client.updateItem(request));
  }

  private static boolean wasRepeated(ConditionalCheckFailedException e) {
    Integer attempts = e.numAttempts();
    return attempts == null || attempts > 1;
  }

  private static @Nullable AttributeValue string(@Nullable String value) {
    return value == null ? null : AttributeValue.fromS(value);
  }

  private static AttributeValue number(int value) {
    return AttributeValue.fromN(Integer.toString(value));
  }
}
