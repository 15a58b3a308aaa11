package io.integrationapi.store;

import io.integrationapi.domain.integration.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The memory of an item for the writes that made it. A request whose answer was lost is sent again,
 * and finds the item as the first attempt left it: without a memory it would be refused because of
 * itself, or be carried out over whoever came between. So an item keeps the revisions of its last
 * {@value #COUNT} writes, the newest as its own, the others behind it, each write moving them on by
 * one place; on a refusal the old item shows whether the write is among them.
 *
 * <p>Revisions sort by time. If even the oldest one that is remembered is younger than the first
 * attempt, that attempt may have been there and be forgotten; then nothing is done and nothing is
 * claimed.
 */
final class RecentWrites {
  /** 16 revisions cost 0.4 KB of an item. */
  private static final int COUNT = 16;

  /**
   * How much older than its arrival a revision can be: writers that collide try for 5 s, the last
   * call takes up to 4 s, its last attempt may arrive 1 s late, and the clocks of functions differ.
   */
  private static final Duration LONGEST_FLIGHT = Duration.ofSeconds(11);

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

  /** An attempt that was given up may arrive late, behind the one that took its place. */
  static void requireNotCarriedOut(Expression expression) {
    String among =
        IntStream.range(1, COUNT)
            .mapToObj(i -> " OR #w" + i + " = :revision")
            .collect(Collectors.joining("", "#revision = :revision", ""));
    expression.require("NOT (" + among + ")");
  }

  /** An earlier attempt may have been carried out and be forgotten, so many others wrote since. */
  static void requireNotForgotten(Expression expression, Instant sentAt) {
    expression
        .require("attribute_not_exists(#" + OLDEST + ") OR #" + OLDEST + " < :since")
        .value(":since", since(sentAt));
  }

  /** The write that left the item as it is. */
  static Revision latest(Map<String, AttributeValue> item) {
    return new Revision(revisionOf(item, "revision"));
  }

  /** What an item remembers of a write. */
  enum Memory {
    /** The write was carried out. */
    CARRIED_OUT,
    /** It was not. */
    NOT_CARRIED_OUT,
    /** All that is remembered came after the write was first sent. */
    FORGOTTEN
  }

  static Memory recall(Map<String, AttributeValue> item, Revision revision, Instant sentAt) {
    if (revisionOf(item, "revision").equals(revision.value())
        || IntStream.range(1, COUNT)
            .anyMatch(i -> revisionOf(item, "w" + i).equals(revision.value()))) {
      return Memory.CARRIED_OUT;
    }
    return revisionOf(item, OLDEST).compareTo(since(sentAt)) < 0
        ? Memory.NOT_CARRIED_OUT
        : Memory.FORGOTTEN;
  }

  private static String revisionOf(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null ? "" : value.s();
  }

  private static String since(Instant sentAt) {
    return Revision.firstAt(sentAt.minus(LONGEST_FLIGHT)).value();
  }
}
