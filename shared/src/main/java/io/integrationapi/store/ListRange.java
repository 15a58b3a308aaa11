package io.integrationapi.store;

import static java.util.Objects.requireNonNull;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Where a list stands in the table, or in the index.
 *
 * @param index null for the table
 * @param prefix what stands before the id in its key
 */
record ListRange(
    @Nullable String index,
    String partitionName,
    String partition,
    String sortName,
    String prefix) {
  /** Before every id; a key that is compared is never empty. */
  private static final String FIRST = "0";

  /** Behind every id. */
  private static final String LAST = "g";

  static ListRange of(AccountId account) {
    return new ListRange(
        null, Keys.PARTITION, Keys.account(account), Keys.SORT, Keys.INTEGRATION_PREFIX);
  }

  static ListRange of(ConnectorId connectorId) {
    return new ListRange(Keys.CONNECTOR_INDEX, "connectorId", connectorId.value(), "id", "");
  }

  /** A query for what of the list comes behind the place. An index cannot be consistent. */
  QueryRequest.Builder from(Page.Position place, Page.Order order) {
    boolean ascending = order == Page.Order.ASCENDING;
    IntegrationId after = place.after();
    String from = ascending && after != null ? behind(after) : FIRST;
    String until = ascending || after == null ? LAST : before(after);
    if (place.last() != null) {
      until = place.last().value();
    }
    return QueryRequest.builder()
        .indexName(index)
        .consistentRead(index == null ? true : null)
        .scanIndexForward(ascending ? null : false)
        .keyConditionExpression("#partition = :partition AND #sort BETWEEN :from AND :until")
        .expressionAttributeNames(Map.of("#partition", partitionName, "#sort", sortName))
        .expressionAttributeValues(
            Map.of(
                ":partition",
                AttributeValue.fromS(partition),
                ":from",
                AttributeValue.fromS(prefix + from),
                // BETWEEN needs its bounds in order, also for a list that is at its end.
                ":until",
                AttributeValue.fromS(prefix + (until.compareTo(from) < 0 ? from : until))));
  }

  /** The id of an item of the list. */
  IntegrationId idOf(Map<String, AttributeValue> item) {
    return new IntegrationId(requireNonNull(item.get(sortName)).s().substring(prefix.length()));
  }

  /** A text behind the id and before every greater one. */
  private static String behind(IntegrationId id) {
    return id.value() + "0";
  }

  /**
   * A text behind every smaller id and before the id itself, which BETWEEN would count in. That it
   * is no id, when the last digit is 0 or a, does not matter.
   */
  private static String before(IntegrationId id) {
    int last = id.value().length() - 1;
    return id.value().substring(0, last) + (char) (id.value().charAt(last) - 1);
  }
}
