package io.integrationapi.store;

import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.domain.integration.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conditions of the writes: each with the race that it closes. */
final class Conditions {
  /**
   * A delete came first; without it an update would make an item out of nothing. An item without a
   * revision is no integration's ({@link IntegrationCreation}).
   */
  static final String EXISTS = "attribute_exists(#revision)";

  /** The token is there; without it an update would make an item out of nothing. */
  static final String TOKEN_EXISTS = "attribute_exists(#pk)";

  /** Another item of this key came first; without it a put would replace it. */
  static final String ABSENT = "attribute_not_exists(#pk)";

  /** Somebody brought the integration back first. What a deletion left behind may be there. */
  static final String NO_INTEGRATION = "attribute_not_exists(#revision)";

  /** The integration was brought back, or deleted again, since this deletion was recorded. */
  static final String SAME_DELETION = "#deletion = :deletion AND attribute_not_exists(#revision)";

  /** Another delivery of the same change came first; what is kept never changes. */
  static final String NOT_KEPT = "attribute_not_exists(#pk)";

  /**
   * A publisher began an update after the writer last looked, and this would change the locked
   * part.
   */
  static final String UNLOCKED_OR_SAME =
      "attribute_not_exists(#lockedSince) OR #configurationDigest = :configurationDigest";

  /** A publisher began an update after the writer last looked. */
  static final String UNLOCKED = "attribute_not_exists(#lockedSince)";

  /** The publisher ended the lock, and perhaps began another, after the operator looked. */
  static final String SAME_LOCK = "#lockedSince = :lockedSince";

  /**
   * The write was made for the wrong publisher: only the item knows who it is, and an index that
   * named the item may lag.
   */
  static final String MANAGED = "#managed = :managed";

  /** The integration has another connector than the writer says. */
  static final String SAME_CONNECTOR = "#connectorId = :connectorId";

  /** The integration has a connector that the writer does not know of, and has no room for. */
  static final String NO_CONNECTOR = "attribute_not_exists(#connectorId)";

  /** Somebody wrote between the read that this write was computed from and now. */
  static final String UNCHANGED = "#revision = :basis";

  /**
   * The other writer's part grew since this writer last saw it: both together must keep the limit.
   */
  static final String ROOM = "#publicationBytes <= :room";

  /**
   * Not a race: a write that would leave all as it stands is none (contract section 2). The
   * condition stands where the change is at hand ({@link IntegrationUpdates}).
   */
  static final String CHANGES = "NOT (%s)";

  /** The record is there but its time is over, which the table's TTL may notice days later. */
  static final String ABSENT_OR_EXPIRED = "attribute_not_exists(#pk) OR #expires <= :now";

  /**
   * The key came to something before, or another attempt holds it. What this attempt came to stays,
   * too, when what held the key for it arrives late.
   */
  static final String FREE_OR_HELD =
      ABSENT_OR_EXPIRED + " OR (#holder = :holder AND attribute_not_exists(#integration))";

  /** The time is over for which the key was held, and another attempt holds it. */
  static final String HELD = "#holder = :holder";

  /** No item that exists satisfies it: for a caller's precondition that nothing can meet. */
  private static final String NEVER = "attribute_not_exists(#pk)";

  /** The most operands of DynamoDB's IN. */
  private static final int MAX_OPERANDS = 100;

  private Conditions() {}

  /** Another client wrote after this one read (RFC 9110 section 13.1). */
  static void require(Expression expression, Precondition precondition) {
    switch (precondition.ifMatch()) {
      case Tags.Absent(), Tags.Any() -> {}
      case Tags.OneOf(Set<Revision> revisions) ->
          expression.require(revisions.isEmpty() ? NEVER : isOneOf(expression, revisions, ":m"));
    }
    switch (precondition.ifNoneMatch()) {
      case Tags.Absent() -> {}
      case Tags.Any() -> expression.require(NEVER);
      case Tags.OneOf(Set<Revision> revisions) -> {
        if (!revisions.isEmpty()) {
          expression.require("NOT (" + isOneOf(expression, revisions, ":n") + ")");
        }
      }
    }
  }

  private static String isOneOf(Expression expression, Set<Revision> revisions, String prefix) {
    List<String> operands = new ArrayList<>();
    for (Revision revision : revisions) {
      String operand = prefix + operands.size();
      expression.value(operand, AttributeValue.fromS(revision.value()));
      operands.add(operand);
    }
    List<String> alternatives = new ArrayList<>();
    for (int from = 0; from < operands.size(); from += MAX_OPERANDS) {
      int to = Math.min(from + MAX_OPERANDS, operands.size());
      alternatives.add("#revision IN (" + String.join(", ", operands.subList(from, to)) + ")");
    }
    return String.join(" OR ", alternatives);
  }
}
