package io.integrationapi.store;

import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.invocation.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The memory of an item for the writes that made it. It keeps the revisions of its last {@value
 * #COUNT} writes: the newest as its own, the others behind it, each write moving them on by one
 * place. And it keeps the revisions of attempts that were revoked ({@link GuardedUpdate}), which no
 * other write moves on. An attempt whose revision is among either is not carried out.
 */
final class RecentWrites {
  /** 16 revisions cost 0.4 KB of an item. */
  private static final int COUNT = 16;

  /** How far the clocks of two functions may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(3);

  /** More than that are cut down to it: 0.8 KB of an item. */
  private static final int MAX_REVOKED = 32;

  private static final String OLDEST = "w" + (COUNT - 1);

  private RecentWrites() {}

  /** Puts the revision in front and moves the others on. */
  static void remember(Expression expression, Revision revision) {
    expression
        .set("#revision = :revision")
        .value(":revision", revision.value())
        .set("#w1 = #revision")
        .value(":none", "");
    for (int i = 2; i < COUNT; i++) {
      expression.set("#w" + i + " = if_not_exists(#w" + (i - 1) + ", :none)");
    }
  }

  /** An attempt arrives twice, or arrives late, behind the one that took its place. */
  static void requireNeitherCarriedOutNorRevoked(Expression expression) {
    String among =
        IntStream.range(1, COUNT)
            .mapToObj(i -> " OR #w" + i + " = :revision")
            .collect(Collectors.joining("", "#revision = :revision", ""));
    expression
        .require("NOT (" + among + ")")
        .require("attribute_not_exists(#revoked) OR NOT contains(#revoked, :revision)");
  }

  /** From when this is written on, no attempt of that revision is carried out. */
  static Expression revoking(Revision revision) {
    return new Expression()
        .add("#revoked :revoked")
        .value(":revoked", AttributeValue.fromSs(List.of(revision.value())));
  }

  /** Keeps the newest of the revoked revisions, if the item has too many. */
  static void cutRevoked(Expression expression, Map<String, AttributeValue> item) {
    AttributeValue revoked = item.get("revoked");
    if (revoked != null && revoked.ss().size() > MAX_REVOKED) {
      List<String> byAge = revoked.ss().stream().sorted().toList();
      expression
          .delete("#revoked :forgotten")
          .value(":forgotten", AttributeValue.fromSs(byAge.subList(0, byAge.size() - MAX_REVOKED)));
    }
  }

  /** What an item remembers of a write. */
  enum Memory {
    /** The write was carried out. */
    CARRIED_OUT,
    /** It was not. */
    NOT_CARRIED_OUT,
    /** All that is remembered may have come after the write was first sent. */
    FORGOTTEN
  }

  /** Whether that write left the item as it is. */
  static boolean latestIs(Map<String, AttributeValue> item, Revision revision) {
    return revisionOf(item, "revision").equals(revision.value());
  }

  /** Whether that write is among the item's last ones. */
  static boolean remembers(Map<String, AttributeValue> item, Revision revision) {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> revisionOf(item, i == 0 ? "revision" : "w" + i))
        .anyMatch(revision.value()::equals);
  }

  /**
   * @param sentAt when the write was first sent
   * @param policy bounds how much older than its arrival a revision can be
   */
  static Memory recall(
      Map<String, AttributeValue> item, Revision revision, Instant sentAt, RetryPolicy policy) {
    if (remembers(item, revision)) {
      return Memory.CARRIED_OUT;
    }
    Duration flight = policy.budget().plus(policy.attempt()).plus(CLOCK_SKEW);
    return revisionOf(item, OLDEST).compareTo(Revision.firstAt(sentAt.minus(flight)).value()) < 0
        ? Memory.NOT_CARRIED_OUT
        : Memory.FORGOTTEN;
  }

  private static String revisionOf(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null ? "" : value.s();
  }
}
