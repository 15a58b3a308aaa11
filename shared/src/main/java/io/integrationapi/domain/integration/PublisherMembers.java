package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/**
 * The members that the publisher alone writes. In a body an absent value says that the member was
 * not sent; in an integration, that it has no value.
 *
 * @param values of those of {@link Member#PUBLISHERS} that have one
 */
public record PublisherMembers(Map<Member, Json> values) {
  /** Nothing of it was sent, or nothing has a value. */
  public static final PublisherMembers NONE = new PublisherMembers(Map.of());

  public PublisherMembers {
    Map<Member, Json> copy = new EnumMap<>(Member.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** Those that the rules of this program know. */
  public static PublisherMembers of(
      @Nullable Mode mode,
      @Nullable String version,
      @Nullable Boolean updateInProgress,
      @Nullable ArrayNode install) {
    return NONE.with(Member.MODE, mode == null ? null : Json.of(StringNode.valueOf(mode.word())))
        .with(Member.VERSION, version == null ? null : Json.of(StringNode.valueOf(version)))
        .with(
            Member.UPDATE_IN_PROGRESS,
            updateInProgress == null ? null : Json.of(BooleanNode.valueOf(updateInProgress)))
        .with(Member.INSTALL, install == null ? null : Json.of(install));
  }

  /** The same with another value of one member, or with none. */
  PublisherMembers with(Member member, @Nullable Json value) {
    Map<Member, Json> copy = new EnumMap<>(Member.class);
    copy.putAll(values);
    if (value == null) {
      copy.remove(member);
    } else {
      copy.put(member, value);
    }
    return new PublisherMembers(copy);
  }

  PublisherMembers withMode(Mode mode) {
    return with(Member.MODE, Json.of(StringNode.valueOf(mode.word())));
  }

  /** The value of a member, or null. */
  public @Nullable Json get(Member member) {
    return values.get(member);
  }

  public @Nullable Mode mode() {
    Json mode = get(Member.MODE);
    return mode == null ? null : Mode.parse(mode.tree().stringValue()).orElseThrow();
  }

  public @Nullable String version() {
    Json version = get(Member.VERSION);
    return version == null ? null : version.tree().stringValue();
  }

  public @Nullable Boolean updateInProgress() {
    Json updateInProgress = get(Member.UPDATE_IN_PROGRESS);
    return updateInProgress == null ? null : updateInProgress.tree().booleanValue();
  }

  /** The steps, which nobody may change, or null. */
  public @Nullable ArrayNode install() {
    Json install = get(Member.INSTALL);
    return install == null ? null : (ArrayNode) install.tree();
  }

  /**
   * Calls the action for each member that a write of this sets, with its value, and for each that
   * it erases, with null; not for those that it leaves alone.
   */
  public void forEachWritten(BiConsumer<Member, @Nullable Json> action) {
    for (Member member : Member.PUBLISHERS) {
      Json value = get(member);
      if (value != null || !member.staysWhenOmitted()) {
        action.accept(member, value);
      }
    }
  }

  /** Whether a write of this would leave the other as it is. */
  public boolean leaves(PublisherMembers other) {
    return Member.PUBLISHERS.stream()
        .allMatch(member ->
            Objects.equals(get(member), other.get(member))
                || (get(member) == null && member.staysWhenOmitted()));
  }
}
