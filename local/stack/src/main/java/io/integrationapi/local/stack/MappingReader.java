package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which function gets a table's stream. A member that it does not know is a fault, since a
 * laptop would do something else than AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html">AWS::Lambda::EventSourceMapping</a>
 */
final class MappingReader {

  private static final List<String> MEMBERS =
      List.of(
          "EventSourceArn",
          "FunctionName",
          "StartingPosition",
          "BatchSize",
          "MaximumBatchingWindowInSeconds",
          "ParallelizationFactor",
          "BisectBatchOnFunctionError",
          "FunctionResponseTypes",
          "MaximumRetryAttempts",
          "MaximumRecordAgeInSeconds",
          "FilterCriteria");

  /** What a laptop does, and nothing else. */
  private static final Map<String, String> FIXED =
      Map.of(
          "StartingPosition", "TRIM_HORIZON",
          "MaximumBatchingWindowInSeconds", "0",
          "ParallelizationFactor", "1",
          "MaximumRecordAgeInSeconds", "-1");

  private static final Pattern STREAM =
      Pattern.compile("arn:aws:dynamodb:[^:]+:\\d+:table/([^/]+)/stream/[^/]+");

  private static final int BATCH_SIZE = 100;
  private static final int WITHOUT_END = -1;

  private MappingReader() {}

  static EventSourceMapping read(
      String id, Fields properties, Collection<LambdaFunction> functions, Intrinsics intrinsics) {
    properties
        .values()
        .forEach((name, value) -> {
          if (!MEMBERS.contains(name)) {
            throw value.fault("is in a mapping, of which a laptop knows " + MEMBERS);
          }
        });
    Fields known = intrinsics.only(properties, MEMBERS.toArray(String[]::new));
    FIXED.forEach((name, wanted) ->
        known
            .get(name)
            .filter(value -> !value.asText().equals(wanted))
            .ifPresent(value -> {
              throw value.fault("is " + value.asText() + ", where a laptop knows " + wanted);
            }));

    return new EventSourceMapping(
        id,
        function(known, functions),
        table(known),
        known.number("BatchSize", BATCH_SIZE),
        known.flag("BisectBatchOnFunctionError"),
        known.items("FunctionResponseTypes").stream()
            .anyMatch(type -> type.asText().equals("ReportBatchItemFailures")),
        known.number("MaximumRetryAttempts", WITHOUT_END),
        known.fields("FilterCriteria").items("Filters").stream()
            .map(filter -> filter.asFields().requiredText("Pattern"))
            .toList());
  }

  private static String function(Fields mapping, Collection<LambdaFunction> functions) {
    String name = mapping.requiredText("FunctionName");
    return functions.stream()
        .filter(function -> Names.refersTo(name, function.name()))
        .map(LambdaFunction::logicalId)
        .findFirst()
        .orElseThrow(() -> mapping.fault("has a FunctionName that is no function's: " + name));
  }

  private static String table(Fields mapping) {
    String arn = mapping.requiredText("EventSourceArn");
    Matcher stream = STREAM.matcher(arn);
    if (!stream.matches()) {
      throw mapping.fault("has an EventSourceArn that is no table's stream: " + arn);
    }
    return stream.group(1);
  }
}
