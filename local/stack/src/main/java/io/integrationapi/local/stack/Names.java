package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Items;
import io.integrationapi.local.stack.Value.Text;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What {@code Ref} and {@code Fn::GetAtt} give on a laptop: a parameter's value, a pseudo
 * parameter, or a name made of the logical id. A resource that is given a name has that one.
 */
final class Names {

  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";

  private final Fields template;
  private final Map<String, String> parameters;
  private final UnaryOperator<Value> resolve;

  Names(Fields template, Map<String, String> parameters, UnaryOperator<Value> resolve) {
    this.template = template;
    this.parameters = parameters;
    this.resolve = resolve;
  }

  /** What refers to a function, whichever way: the ARN without a version or an alias. */
  static String functionArn(String name) {
    return "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + name;
  }

  /** Whether an ARN is that function's, of whichever version. */
  static boolean refersTo(String arn, String function) {
    return arn.equals(functionArn(function)) || arn.startsWith(functionArn(function) + ":");
  }

  /** What refers to a table's stream. The real one ends in the time at which it was made. */
  static String streamArn(String table) {
    return tableArn(table) + "/stream/local";
  }

  private static String tableArn(String table) {
    return "arn:aws:dynamodb:" + REGION + ":" + ACCOUNT + ":table/" + table;
  }

  /** The value of a {@code Ref}; empty for {@code AWS::NoValue}. */
  Optional<Value> ref(Value argument) {
    String name = argument.asText();
    if (name.equals("AWS::NoValue")) {
      return Optional.empty();
    }

    Optional<Value> parameter = template.fields("Parameters").get(name);
    if (parameter.isPresent()) {
      return Optional.of(valueOf(name, parameter.get().asFields(), argument));
    }
    return Optional.of(
        new Text(argument.at(), pseudoParameter(name).orElseGet(() -> nameOf(argument, name))));
  }

  /** The value of a {@code Fn::GetAtt}, given as {@code LogicalId.Attribute}. */
  String attribute(Value at, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      throw at.fault("names no attribute of " + path);
    }
    String logicalId = path.substring(0, dot);
    String attribute = path.substring(dot + 1);
    Fields resource = resource(at, logicalId);
    String name = nameOf(at, logicalId);

    String type = type(resource);
    if (type.endsWith("::Function")) {
      return switch (attribute) {
        case "Arn" -> functionArn(name);
        // SAM's own attributes, of AutoPublishAlias.
        case "Alias", "Version" -> functionArn(name) + ":live";
        default -> path;
      };
    }
    if (type.equals("AWS::DynamoDB::Table")) {
      return attribute.equals("StreamArn") ? streamArn(name) : tableArn(name);
    }
    return path;
  }

  private Value valueOf(String name, Fields parameter, Value at) {
    Value value =
        Optional.ofNullable(parameters.get(name))
            .<Value>map(given -> new Text(parameter.at(), given))
            .or(() -> parameter.get("Default"))
            .orElseThrow(() -> at.fault("needs the parameter " + name + ", which has no Default"));
    boolean list = parameter.text("Type").filter(type -> type.contains("List")).isPresent();
    if (!list) {
      return value;
    }
    return new Items(
        value.at(),
        Arrays.stream(value.asText().split(",", -1))
            .<Value>map(item -> new Text(value.at(), item.strip()))
            .toList());
  }

  private static Optional<String> pseudoParameter(String name) {
    return switch (name) {
      case "AWS::Region" -> Optional.of(REGION);
      case "AWS::Partition" -> Optional.of("aws");
      case "AWS::URLSuffix" -> Optional.of("amazonaws.com");
      case "AWS::AccountId" -> Optional.of(ACCOUNT);
      case "AWS::StackName" -> Optional.of("local");
      case "AWS::StackId" ->
          Optional.of("arn:aws:cloudformation:" + REGION + ":" + ACCOUNT + ":stack/local/local");
      // What SAM makes for the deployments of functions, and a template may refer to.
      case "ServerlessDeploymentApplication" -> Optional.of(name);
      default -> Optional.empty();
    };
  }

  private String nameOf(Value at, String name) {
    if (name.contains(".")) {
      return attribute(at, name);
    }
    Fields resource = resource(at, name);
    Fields properties = resource.fields("Properties");
    String type = type(resource);
    String property =
        type.endsWith("::Function")
            ? "FunctionName"
            : type.equals("AWS::DynamoDB::Table") ? "TableName" : "";
    return properties.get(property).map(resolve).map(Value::asText).orElse(name);
  }

  private Fields resource(Value at, String logicalId) {
    return template
        .fields("Resources")
        .get(logicalId)
        .map(Value::asFields)
        .orElseThrow(
            () -> at.fault("refers to " + logicalId + ", which is no parameter and no resource"));
  }

  private static String type(Fields resource) {
    return resource.requiredText("Type");
  }
}
