package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads what a function's policies allow. Whatever it does not understand is a fault: a permission
 * that it skipped would be one that nobody holds against the function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html">AWS::Serverless::Function</a>
 */
final class PolicyReader {

  private static final List<String> POLICY = List.of("Version", "Id", "Statement");
  private static final List<String> STATEMENT = List.of("Sid", "Effect", "Action", "Resource");

  /** Resources that can give permissions to the role that SAM makes for a function. */
  private static final List<String> GIVERS =
      List.of("AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy", "AWS::Serverless::Connector");

  /** Is read if it is attached to the roles that SAM makes for functions, and to nothing else. */
  private static final String ATTACHED = "AWS::IAM::Policy";

  private PolicyReader() {}

  /**
   * @param id of the function
   * @param resources all of the template
   */
  static List<Permission> read(String id, Map<String, Fields> resources, Intrinsics intrinsics) {
    for (Fields resource : resources.values()) {
      String type = resource.requiredText("Type");
      if (GIVERS.contains(type)) {
        throw resource.fault("is of type " + type + ", where only functions' Policies are read");
      }
    }
    Fields function = Objects.requireNonNull(resources.get(id));
    Fields properties = function.fields("Properties");
    refuse(function, "Connectors");
    refuse(properties, "Role");

    Stream<Value> own =
        intrinsics.only(properties, "Policies").get("Policies").stream()
            .flatMap(PolicyReader::policies)
            .flatMap(PolicyReader::statements);
    Stream<Value> attached =
        resources.values().stream()
            .filter(resource -> resource.requiredText("Type").equals(ATTACHED))
            .filter(resource -> rolesOf(resource).contains(id + "Role"))
            .flatMap(resource ->
                statements(
                    required(
                        intrinsics.only(resource.fields("Properties"), "PolicyDocument"),
                        "PolicyDocument")));
    return Stream.concat(own, attached).map(PolicyReader::permission).toList();
  }

  /**
   * The roles that a policy is attached to, by logical id: each a {@code Ref}, since anything else
   * might be the role of any function.
   */
  private static List<String> rolesOf(Fields policy) {
    Fields properties = policy.fields("Properties");
    for (String other : List.of("Users", "Groups")) {
      properties
          .get(other)
          .ifPresent(value -> {
            throw value.fault("gets a policy, where only functions' roles do");
          });
    }
    return required(properties, "Roles").asItems().stream()
        .map(role -> required(role.asFields(), "Ref").asText())
        .toList();
  }

  private static void refuse(Fields owner, String name) {
    owner
        .get(name)
        .ifPresent(value -> {
          throw value.fault("gives permissions, where only functions' Policies are read");
        });
  }

  /** One policy or a list of them, as SAM takes either. */
  private static Stream<Value> policies(Value value) {
    return value instanceof Fields ? Stream.of(value) : value.asItems().stream();
  }

  private static Stream<Value> statements(Value value) {
    if (value instanceof Text name) {
      throw value.fault("names the policy " + name.text() + ", whose statements are not here");
    }
    Fields policy = value.asFields();
    holdsOnly(policy, POLICY, "a policy");
    return required(policy, "Statement").asItems().stream();
  }

  private static Permission permission(Value value) {
    Fields statement = value.asFields();
    holdsOnly(statement, STATEMENT, "a statement");
    String effect = statement.requiredText("Effect");
    if (!effect.equals("Allow")) {
      throw statement.fault("has the Effect " + effect + ", where only Allow is read");
    }
    return new Permission(texts(statement, "Action"), texts(statement, "Resource"));
  }

  private static void holdsOnly(Fields fields, List<String> known, String kind) {
    for (Map.Entry<String, Value> member : fields.values().entrySet()) {
      if (!known.contains(member.getKey())) {
        throw member
            .getValue()
            .fault("is in " + kind + ", of which only " + String.join(", ", known) + " are read");
      }
    }
  }

  /** One text or a list of them, as IAM takes either. */
  private static List<String> texts(Fields statement, String name) {
    Value value = required(statement, name);
    return (value instanceof Text ? List.of(value) : value.asItems())
        .stream().map(Value::asText).toList();
  }

  private static Value required(Fields owner, String name) {
    return owner.get(name).orElseThrow(() -> owner.fault("lacks " + name));
  }
}
