package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/**
 * Reads a table of a template.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html">AWS::DynamoDB::Table</a>
 */
final class TableReader {

  private TableReader() {}

  static Table read(String id, Fields properties, Intrinsics intrinsics) {
    Fields known =
        intrinsics.only(
            properties,
            "TableName",
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "StreamSpecification",
            "TimeToLiveSpecification");

    var request =
        CreateTableRequest.builder()
            .tableName(known.text("TableName").orElse(id))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                fields(known, "AttributeDefinitions").stream().map(TableReader::attribute).toList())
            .keySchema(keys(known));

    // An empty list is not the same as none: DynamoDB refuses it.
    List<Fields> global = fields(known, "GlobalSecondaryIndexes");
    if (!global.isEmpty()) {
      request.globalSecondaryIndexes(global.stream().map(TableReader::globalIndex).toList());
    }
    List<Fields> local = fields(known, "LocalSecondaryIndexes");
    if (!local.isEmpty()) {
      request.localSecondaryIndexes(local.stream().map(TableReader::localIndex).toList());
    }
    known
        .fields("StreamSpecification")
        .text("StreamViewType")
        .ifPresent(view ->
            request.streamSpecification(
                StreamSpecification.builder().streamEnabled(true).streamViewType(view).build()));

    return new Table(request.build(), timeToLive(known.fields("TimeToLiveSpecification")));
  }

  private static AttributeDefinition attribute(Fields attribute) {
    String type = attribute.requiredText("AttributeType");
    if (ScalarAttributeType.fromValue(type) == ScalarAttributeType.UNKNOWN_TO_SDK_VERSION) {
      throw attribute.fault("has the AttributeType " + type + ", where a key is S, N or B");
    }
    return AttributeDefinition.builder()
        .attributeName(attribute.requiredText("AttributeName"))
        .attributeType(type)
        .build();
  }

  private static List<KeySchemaElement> keys(Fields owner) {
    List<KeySchemaElement> keys =
        fields(owner, "KeySchema").stream().map(TableReader::key).toList();
    if (keys.isEmpty()) {
      throw owner.fault("lacks KeySchema");
    }
    return keys;
  }

  private static KeySchemaElement key(Fields key) {
    String type = key.requiredText("KeyType");
    if (KeyType.fromValue(type) == KeyType.UNKNOWN_TO_SDK_VERSION) {
      throw key.fault("has the KeyType " + type + ", which is neither HASH nor RANGE");
    }
    return KeySchemaElement.builder()
        .attributeName(key.requiredText("AttributeName"))
        .keyType(type)
        .build();
  }

  private static GlobalSecondaryIndex globalIndex(Fields index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.requiredText("IndexName"))
        .keySchema(keys(index))
        .projection(projection(index.fields("Projection")))
        .build();
  }

  private static LocalSecondaryIndex localIndex(Fields index) {
    return LocalSecondaryIndex.builder()
        .indexName(index.requiredText("IndexName"))
        .keySchema(keys(index))
        .projection(projection(index.fields("Projection")))
        .build();
  }

  private static Projection projection(Fields projection) {
    var read = Projection.builder().projectionType(projection.requiredText("ProjectionType"));
    List<String> attributes =
        projection.items("NonKeyAttributes").stream().map(Value::asText).toList();
    if (!attributes.isEmpty()) {
      read.nonKeyAttributes(attributes);
    }
    return read.build();
  }

  private static Optional<String> timeToLive(Fields specification) {
    return specification.flag("Enabled") ? specification.text("AttributeName") : Optional.empty();
  }

  private static List<Fields> fields(Fields owner, String name) {
    return owner.items(name).stream().map(Value::asFields).toList();
  }
}
