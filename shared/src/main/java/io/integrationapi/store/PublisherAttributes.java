package io.integrationapi.store;

import io.integrationapi.domain.integration.Member;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.json.Json;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** The members that the publisher writes, each as an attribute of its name. */
final class PublisherAttributes {
  private PublisherAttributes() {}

  /** In a new item. */
  static void put(Map<String, AttributeValue> item, PublisherMembers publisherMembers) {
    publisherMembers
        .values()
        .forEach((member, value) -> item.put(member.key(), attribute(member, value)));
  }

  /** Of an item, or of a part of one. */
  static PublisherMembers of(Map<String, AttributeValue> item) {
    return of(item, PublisherMembers.NONE);
  }

  /**
   * Of an item.
   *
   * @param known values that are at hand; where the item holds the same one, it is not read again
   */
  static PublisherMembers of(Map<String, AttributeValue> item, PublisherMembers known) {
    Map<Member, Json> values = new EnumMap<>(Member.class);
    for (Member member : Member.PUBLISHERS) {
      AttributeValue attribute = item.get(member.key());
      if (attribute != null) {
        values.put(member, json(member, attribute, known.get(member)));
      }
    }
    return new PublisherMembers(values);
  }

  static AttributeValue attribute(Member member, Json value) {
    return switch (member.kind()) {
      case TEXT, MODE -> AttributeValue.fromS(value.tree().stringValue());
      case FLAG -> AttributeValue.fromBool(value.tree().booleanValue());
      case STEPS -> AttributeValue.fromS(value.text());
    };
  }

  private static Json json(Member member, AttributeValue attribute, @Nullable Json known) {
    return switch (member.kind()) {
      case TEXT, MODE -> Json.of(StringNode.valueOf(attribute.s()));
      case FLAG -> Json.of(BooleanNode.valueOf(attribute.bool()));
      case STEPS -> Json.ofText(attribute.s()).orSame(known);
    };
  }
}
