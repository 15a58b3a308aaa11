package io.integrationapi.store;

import io.integrationapi.domain.integration.Authorship;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The numbers of an integration's changes: each write sets the next one, in the same request.
 * Neither the revisions, which are made from the clocks of many functions, nor the stream, which
 * another table would begin anew, tell the order as surely.
 *
 * <p>The first number is a time, in thousandths of a millisecond. So an integration that is brought
 * back has higher numbers than it had before it was deleted, and one that was written before
 * changes were numbered begins in the same way.
 */
final class ChangeNumbers {
  static final String ATTRIBUTE = "changeNumber";
  private static final long PER_MILLISECOND = 1000;

  private ChangeNumbers() {}

  /** In a new item. */
  static void begin(Map<String, AttributeValue> item, Authorship authorship) {
    item.put(ATTRIBUTE, number(firstAt(authorship.at())));
  }

  /** In an update. */
  static void increase(Expression expression, Authorship authorship) {
    expression
        .set("#changeNumber = if_not_exists(#changeNumber, :changesBegin) + :oneChange")
        .value(":changesBegin", number(firstAt(authorship.at())))
        .value(":oneChange", number(1));
  }

  /** The number that an item has, or null. */
  static @Nullable Long of(Map<String, AttributeValue> item) {
    AttributeValue number = item.get(ATTRIBUTE);
    return number == null ? null : Long.valueOf(number.n());
  }

  static long firstAt(Instant time) {
    return time.toEpochMilli() * PER_MILLISECOND;
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
