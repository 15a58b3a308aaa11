package io.integrationapi.store;

import io.integrationapi.domain.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The memory of an item for its own writes. The SDK repeats a request whose answer was lost, and
 * the repetition finds the item as the first attempt left it: without a memory it would be refused
 * because of itself, or be carried out over whoever came between. So each write leaves its revision
 * in one of {@value #COUNT} attributes, chosen by the revision, and requires that it is not there
 * yet; on a refusal the old item shows whether it was.
 *
 * <p>A slot that another write took in the short while between two attempts hides the first one.
 * Its revision tells when it was taken, so that this is noticed, and nothing is claimed then.
 */
final class WriteSlots {
  /** 32 slots cost 0.8 KB of an item; another write takes a given one of them once in 32. */
  private static final int COUNT = 32;

  /** How far the clocks of two functions may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private WriteSlots() {}

  static String slotOf(Revision revision) {
    return "w" + Math.floorMod(revision.value().hashCode(), COUNT);
  }

  /** What an item remembers of a write. */
  enum Memory {
    /** The write was carried out. */
    CARRIED_OUT,
    /** It was not. */
    NOT_CARRIED_OUT,
    /** Another write took the slot since the write was first sent. */
    OVERWRITTEN
  }

  static Memory recall(Map<String, AttributeValue> item, Revision revision, Instant sentAt) {
    Optional<Revision> inSlot =
        Optional.ofNullable(item.get(slotOf(revision)))
            .map(AttributeValue::s)
            .flatMap(Revision::parse);
    if (inSlot.isEmpty()) {
      return Memory.NOT_CARRIED_OUT;
    }
    if (inSlot.get().equals(revision)) {
      return Memory.CARRIED_OUT;
    }
    return inSlot.get().madeAt().isBefore(sentAt.minus(CLOCK_SKEW))
        ? Memory.NOT_CARRIED_OUT
        : Memory.OVERWRITTEN;
  }
}
