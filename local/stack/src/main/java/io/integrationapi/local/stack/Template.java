package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Text;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A SAM template, as far as a laptop serves it: functions, the routes that lead to them, one REST
 * API, the tables, and the functions that get the tables' streams.
 *
 * <p>Parameters have their defaults, unless other values are given, and these must satisfy the
 * template's {@code Rules}; {@code Ref}, {@code Fn::Sub}, {@code Fn::GetAtt} and the like give
 * names that are the same in every run (region us-east-1, account 000000000000). What a laptop has
 * no use for, such as alarms or schedules, is not looked at. A resource whose {@code Condition}
 * does not hold is not there.
 *
 * <p>Limits: routes are {@code Events} of type {@code Api} on functions, not paths of a {@code
 * DefinitionBody}; an authorizer is a Lambda authorizer of type TOKEN.
 */
public final class Template {

  /** SAM's own default. */
  private static final int TIMEOUT_SECONDS = 3;

  private static final int MEMORY_MEGABYTES = 128;

  private final Map<String, LambdaFunction> functions;
  private final List<Table> tables;
  private final List<EventSourceMapping> mappings;
  private final Optional<RestApi> api;
  private final Function<String, List<Permission>> policies;
  private final String file;

  private Template(
      Map<String, LambdaFunction> functions,
      List<Table> tables,
      List<EventSourceMapping> mappings,
      Optional<RestApi> api,
      Function<String, List<Permission>> policies,
      String file) {
    this.functions = functions;
    this.tables = tables;
    this.mappings = mappings;
    this.api = api;
    this.policies = policies;
    this.file = file;
  }

  /**
   * Reads a template whose parameters have their defaults.
   *
   * @throws TemplateException if there is none, or if it cannot be served
   */
  public static Template read(Path file) {
    return read(file, Map.of());
  }

  /**
   * Reads a template.
   *
   * @param parameters the values of those parameters that have another than their default
   * @throws TemplateException if there is none, or if it cannot be served
   */
  public static Template read(Path file, Map<String, String> parameters) {
    String name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), name, parameters);
    } catch (NoSuchFileException e) {
      throw new TemplateException(file.toString(), "is not there");
    } catch (MalformedInputException e) {
      throw new TemplateException(name, "is no UTF-8");
    } catch (IOException e) {
      throw new TemplateException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads the text of a template.
   *
   * @param name what messages call it
   * @throws TemplateException if it cannot be served
   */
  public static Template parse(String yaml, String name) {
    return parse(yaml, name, Map.of());
  }

  /**
   * Reads the text of a template.
   *
   * @param name what messages call it
   * @param parameters the values of those parameters that have another than their default
   * @throws TemplateException if it cannot be served, or if its {@code Rules} refuse the values
   */
  public static Template parse(String yaml, String name, Map<String, String> parameters) {
    Fields template = Yaml.read(yaml, name).asFields();
    var intrinsics = new Intrinsics(template, parameters);
    RuleReader.check(template.fields("Rules"), intrinsics);
    var resources = present(template, intrinsics);

    var functions = new LinkedHashMap<String, LambdaFunction>();
    ofType(resources, "AWS::Serverless::Function")
        .forEach((id, resource) ->
            functions.put(
                id, function(id, properties(template, "Function", resource), intrinsics)));

    List<Table> tables =
        ofType(resources, "AWS::DynamoDB::Table").entrySet().stream()
            .map(table ->
                TableReader.read(table.getKey(), table.getValue().fields("Properties"), intrinsics))
            .toList();

    List<EventSourceMapping> mappings =
        ofType(resources, "AWS::Lambda::EventSourceMapping").entrySet().stream()
            .map(mapping ->
                MappingReader.read(
                    mapping.getKey(),
                    mapping.getValue().fields("Properties"),
                    functions.values(),
                    intrinsics))
            .toList();

    var api = new ApiReader(intrinsics, functions);
    ofType(resources, "AWS::Serverless::Function").forEach(api::events);
    ofType(resources, "AWS::Serverless::Api")
        .forEach((id, resource) -> api.api(id, properties(template, "Api", resource)));

    return new Template(
        functions,
        tables,
        mappings,
        api.read(),
        id -> PolicyReader.read(id, resources, intrinsics),
        name);
  }

  /** Its functions by logical id, in the template's order. */
  public Map<String, LambdaFunction> functions() {
    return Collections.unmodifiableMap(functions);
  }

  /**
   * The function of that logical id.
   *
   * @throws TemplateException if it has none
   */
  public LambdaFunction function(String logicalId) {
    return Optional.ofNullable(functions.get(logicalId))
        .orElseThrow(
            () -> new TemplateException(file + " Resources", "has no function " + logicalId));
  }

  /**
   * What the policies of the function of that logical id allow. A laptop asks nobody for
   * permission; tests do.
   *
   * <p>Only allowing statements that are spelled out in the function's own {@code Policies}, or in
   * an {@code AWS::IAM::Policy} attached to its role, are understood. Any other way to a permission
   * is a fault, so that none is overlooked. What SAM adds to every role by itself is left out.
   *
   * @throws TemplateException if there is no such function, or a policy cannot be worked out
   */
  public List<Permission> permissions(String logicalId) {
    function(logicalId);
    return policies.apply(logicalId);
  }

  /** Its tables, in the template's order. */
  public List<Table> tables() {
    return tables;
  }

  /** Which functions get the records of its tables' streams. */
  public List<EventSourceMapping> mappings() {
    return mappings;
  }

  /**
   * Its REST API.
   *
   * @throws TemplateException if it has none
   */
  public RestApi api() {
    return api.orElseThrow(() ->
        new TemplateException(file + " Resources", "has no resource of type AWS::Serverless::Api"));
  }

  /** The resources whose condition holds. */
  private static Map<String, Fields> present(Fields template, Intrinsics intrinsics) {
    var present = new LinkedHashMap<String, Fields>();
    template
        .fields("Resources")
        .values()
        .forEach((id, value) -> {
          Fields resource = value.asFields();
          boolean absent =
              resource
                  .get("Condition")
                  .map(condition -> !intrinsics.holds(new Text(condition.at(), condition.asText())))
                  .orElse(false);
          if (!absent) {
            present.put(id, resource);
          }
        });
    return present;
  }

  private static Map<String, Fields> ofType(Map<String, Fields> resources, String type) {
    var found = new LinkedHashMap<>(resources);
    found.values().removeIf(resource -> !resource.requiredText("Type").equals(type));
    return found;
  }

  private static Fields properties(Fields template, String kind, Fields resource) {
    return resource.fields("Properties").over(template.fields("Globals").fields(kind));
  }

  private static LambdaFunction function(String id, Fields properties, Intrinsics intrinsics) {
    Fields known =
        intrinsics.only(
            properties, "FunctionName", "Handler", "Environment", "Timeout", "MemorySize");
    String handler = known.requiredText("Handler");
    int method = handler.indexOf("::");

    return new LambdaFunction(
        id,
        known.text("FunctionName").orElse(id),
        method < 0 ? handler : handler.substring(0, method),
        known.fields("Environment").fields("Variables").texts(),
        Duration.ofSeconds(known.number("Timeout", TIMEOUT_SECONDS)),
        known.number("MemorySize", MEMORY_MEGABYTES));
  }
}
