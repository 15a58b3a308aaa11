package io.integrationapi.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

class TemplateTest {

  private static final String YAML =
      """
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Prefix: { Type: String, Default: things }
        Alarmed: { Type: String, Default: "false" }
        Account: { Type: String, Default: 012345678901 }
        Origins: { Type: CommaDelimitedList, Default: "a, b" }
      Mappings:
        Sizes: { us-east-1: { Memory: 512 } }
      Conditions:
        IsAlarmed: !Equals [!Ref Alarmed, "true"]
        IsQuiet: !Not [!Condition IsAlarmed]
      Globals:
        Function:
          Timeout: 10
          MemorySize: !FindInMap [Sizes, !Ref "AWS::Region", Memory]
          Environment:
            Variables:
              TABLE: !Ref Table
              MODE: global
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions:
              - { AttributeName: pk, AttributeType: S }
              - { AttributeName: owner, AttributeType: N }
            KeySchema: [{ AttributeName: pk, KeyType: HASH }]
            GlobalSecondaryIndexes:
              - IndexName: byOwner
                KeySchema: [{ AttributeName: owner, KeyType: HASH }]
                Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [name] }
            TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
            StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: v1
            BinaryMediaTypes: ["*~1*"]
            Auth:
              DefaultAuthorizer: Bearer
              Authorizers:
                Bearer:
                  FunctionArn: !GetAtt Guard.Arn
                  Identity: { ReauthorizeEvery: 50, ValidationExpression: "^Bearer .+$" }
            GatewayResponses:
              UNAUTHORIZED:
                StatusCode: 401
                ResponseParameters: { Headers: { x-request-id: context.requestId } }
                ResponseTemplates: { application/json: '{"m":$context.error.messageString}' }
              DEFAULT_5XX: {}
        Guard:
          Type: AWS::Serverless::Function
          Properties: { Handler: "app.Guard::handleRequest", AutoPublishAlias: live }
        Reader:
          Type: AWS::Serverless::Function
          Properties:
            Handler: app.Reader
            Timeout: 5
            Environment:
              Variables:
                MODE: own
                URL: !Sub "https://${Prefix}.${AWS::Region}.${AWS::URLSuffix}/${!kept}"
                ARNS: !Join [",", [!GetAtt Table.Arn, !Sub "${Guard.Arn}:x"]]
                ACCOUNT: !Ref Account
                SECOND: !Select [1, !Ref Origins]
                LAST: !Select [1, !Split ["/", "a/b"]]
                CHOSEN: !If [IsQuiet, quiet, loud]
                GONE: !If [IsAlarmed, loud, !Ref "AWS::NoValue"]
            Policies: [{ Fn::Transform: { Name: Unknown } }]
            Events:
              One: { Type: Api, Properties: { Path: "/things/{id}", Method: get, RestApiId: !Ref Api } }
              Open: { Type: Api, Properties: { Path: /, Method: ANY, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
              Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        Alarmer:
          Type: AWS::Serverless::Function
          Condition: IsAlarmed
          Properties: { Handler: app.Alarmer }
      """;

  private final Template template = Template.parse(YAML, "template.yaml");

  @Test
  void a_function_has_the_globals_and_its_own() {
    LambdaFunction reader = template.function("Reader");

    assertEquals("app.Reader", reader.handlerClass());
    assertEquals(Duration.ofSeconds(5), reader.timeout());
    assertEquals(512, reader.memoryMegabytes());
    assertEquals("app.Guard", template.function("Guard").handlerClass());
    assertEquals(Duration.ofSeconds(10), template.function("Guard").timeout());
  }

  @Test
  void an_environment_is_worked_out() {
    assertEquals(
        Map.of(
            "TABLE", "Table",
            "MODE", "own",
            "URL", "https://things.us-east-1.amazonaws.com/${kept}",
            "ARNS",
                "arn:aws:dynamodb:us-east-1:000000000000:table/Table,"
                    + "arn:aws:lambda:us-east-1:000000000000:function:Guard:x",
            "ACCOUNT", "012345678901",
            "SECOND", "b",
            "LAST", "b",
            "CHOSEN", "quiet"),
        template.function("Reader").environment());
  }

  @Test
  void a_resource_whose_condition_fails_is_not_there() {
    assertEquals(List.of("Guard", "Reader"), List.copyOf(template.functions().keySet()));
  }

  @Test
  void routes_are_the_functions_events() {
    var bearer =
        new TokenAuthorizer(
            "Bearer", "Guard", "Authorization", Duration.ofSeconds(50), Optional.of("^Bearer .+$"));

    assertEquals(
        List.of(
            new Route("GET", "/things/{id}", "Reader", Optional.of(bearer)),
            new Route("ANY", "/", "Reader", Optional.empty())),
        template.api().routes());
    assertEquals("v1", template.api().stage());
    assertEquals(List.of("*/*"), template.api().binaryMediaTypes());
  }

  @Test
  void gateway_responses_are_kept_as_written() {
    assertEquals(
        Map.of(
            GatewayResponseType.UNAUTHORIZED,
            new GatewayResponse(
                OptionalInt.of(401),
                Map.of("x-request-id", "context.requestId"),
                Map.of("application/json", "{\"m\":$context.error.messageString}")),
            GatewayResponseType.DEFAULT_5XX,
            new GatewayResponse(OptionalInt.empty(), Map.of(), Map.of())),
        template.api().gatewayResponses());
  }

  @Test
  void a_table_is_a_request_to_create_it() throws Exception {
    Table table = template.tables().getFirst();
    GlobalSecondaryIndex index = table.request().globalSecondaryIndexes().getFirst();

    assertEquals("Table", table.name());
    assertEquals(Optional.of("expires"), table.timeToLive());
    assertEquals("byOwner [name]", index.indexName() + " " + index.projection().nonKeyAttributes());
    assertEquals(
        "NEW_AND_OLD_IMAGES", table.request().streamSpecification().streamViewTypeAsString());
    try (var store = EmbeddedDynamoDb.inMemory()) {
      store.createTables(template.tables());
    }
  }

  @Test
  void the_projects_own_template_can_be_served() {
    Template own = Template.read(Path.of(System.getProperty("project.root"), "template.yaml"));

    assertTrue(own.api().routes().stream().anyMatch(route -> route.path().equals("/integrations")));
    assertTrue(own.functions().size() > 5);
    assertEquals(1, own.tables().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Timeout: 5 | Timeout: soon | template.yaml:58 Resources.Reader.Properties.Timeout: is no whole number
          Handler: app.Reader | Runtime: java25 | template.yaml:57 Resources.Reader.Properties: lacks Handler
          !Ref Prefix | !Ref Prefix | template.yaml:5 Parameters.Alarmed: is there twice
          Prefix: { Type: String, Default: things } | Prefix: { Type: String } | template.yaml:62 Resources.Reader.Properties.Environment.Variables.URL: needs the parameter Prefix, which has no Default
          !Ref Account | !Ref Nobody | template.yaml:64 Resources.Reader.Properties.Environment.Variables.ACCOUNT: refers to Nobody, which is no parameter and no resource
          !Ref Account | !ImportValue x | template.yaml:64 Resources.Reader.Properties.Environment.Variables.ACCOUNT: uses Fn::ImportValue, which a laptop cannot work out
          GetAtt Guard.Arn | GetAtt Table.Arn | template.yaml:43 Resources.Api.Properties.Auth.Authorizers.Bearer: has a FunctionArn that is no function's of this template: arn:aws:dynamodb:us-east-1:000000000000:table/Table
          UNAUTHORIZED | UNAUTHORISED | template.yaml:47 Resources.Api.Properties.GatewayResponses.UNAUTHORISED: is no type of gateway response
          Authorizer: NONE | Authorizer: Nobody | template.yaml:72 Resources.Reader.Properties.Events.Open.Properties: asks the authorizer Nobody, which the API does not have
          Path: /, | Path: things, | template.yaml:72 Resources.Reader.Properties.Events.Open.Properties: has a Path that does not begin with a slash: things
          Path: /, | Path: /things/, | template.yaml:72 Resources.Reader.Properties.Events.Open.Properties: has a Path that ends with a slash, where API Gateway knows one resource with and without: /things/
          Path: /, Method: ANY | Path: "/things/{id}", Method: GET | template.yaml:72 Resources.Reader.Properties.Events.Open.Properties: is a second route GET /things/{id}
          StageName: v1 | DefinitionUri: openapi.yaml | template.yaml:37 Resources.Api.Properties.DefinitionUri: holds routes, which a laptop reads from the functions' Events only
          Type: AWS::Serverless::Api | Type: AWS::Serverless::HttpApi | template.yaml Resources: has no resource of type AWS::Serverless::Api
          AttributeType: N | AttributeType: X | template.yaml:26 Resources.Table.Properties.AttributeDefinitions[1]: has the AttributeType X, where a key is S, N or B
          Transform: AWS | Transform: [ | template.yaml:1: expected the node content, but found ':'
          """)
  void what_is_wrong_is_named_with_its_place(String right, String wrong, String message) {
    String broken =
        wrong.equals("!Ref Prefix")
            ? YAML.replace("Account: { Type", "Alarmed: { Type")
            : YAML.replaceFirst(Pattern.quote(right), wrong);

    TemplateException fault =
        assertThrows(TemplateException.class, () -> Template.parse(broken, "template.yaml").api());

    assertEquals(message, fault.getMessage());
  }

  @Test
  void permissions_are_a_functions_statements() {
    assertEquals(
        List.of(
            new Permission(
                List.of("dynamodb:GetItem", "dynamodb:Query"),
                List.of("arn:aws:dynamodb:us-east-1:000000000000:table/Table")),
            new Permission(List.of("dynamodb:Query"), List.of("x/index/byOwner"))),
        withPolicies(
                """
                [{ Version: "2012-10-17", Statement: [
                   { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:Query], Resource: !GetAtt Table.Arn },
                   { Effect: !If [IsQuiet, Allow, Deny], Action: dynamodb:Query, Resource: [x/index/byOwner] }] },
                 !If [IsAlarmed, AdministratorAccess, !Ref "AWS::NoValue"]]
                """)
            .permissions("Guard"));
    assertEquals(List.of(), template.permissions("Guard"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{ DynamoDBCrudPolicy: { TableName: Table } }] | .Policies[0].DynamoDBCrudPolicy: is in a policy, of which only Version, Id, Statement are read
          [{ Statement: [] }, { DynamoDBReadPolicy: { TableName: Table } }] | .Policies[1].DynamoDBReadPolicy: is in a policy, of which only Version, Id, Statement are read
          [{ Version: "2012-10-17" }] | .Policies[0]: lacks Statement
          [AmazonDynamoDBFullAccess] | .Policies[0]: names the policy AmazonDynamoDBFullAccess, whose statements are not here
          AmazonDynamoDBFullAccess | .Policies: is no list
          [{ Statement: [{ Effect: Deny, Action: a:B, Resource: x }] }] | .Policies[0].Statement[0]: has the Effect Deny, where only Allow is read
          [{ Statement: [{ Action: a:B, Resource: x }] }] | .Policies[0].Statement[0]: lacks Effect
          [{ Statement: [{ Effect: Allow, Resource: x }] }] | .Policies[0].Statement[0]: lacks Action
          [{ Statement: [{ Effect: Allow, Action: a:B }] }] | .Policies[0].Statement[0]: lacks Resource
          [{ Statement: [{ Effect: Allow, NotAction: a:B, Resource: x }] }] | .Policies[0].Statement[0].NotAction: is in a statement, of which only Sid, Effect, Action, Resource are read
          [{ Statement: { Effect: Allow, Action: a:B, Resource: x } }] | .Policies[0].Statement: is no list
          [{ Fn::Transform: { Name: Unknown } }] | .Policies[0]: uses Fn::Transform, which a laptop cannot work out
          [], Role: "arn:x" | .Role: gives permissions, where only functions' Policies are read
          """)
  void a_permission_that_cannot_be_read_is_named_with_its_place(String policies, String fault) {
    Template own = withPolicies(policies);

    assertEquals(
        "template.yaml:53 Resources.Guard.Properties" + fault,
        assertThrows(TemplateException.class, () -> own.permissions("Guard")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Guard | Type: AWS::IAM::RolePolicy | is of type AWS::IAM::RolePolicy, where only functions' Policies are read
          Guard | Type: AWS::IAM::Policy, Properties: { PolicyDocument: { Statement: [] } } | lacks Roles
          Guard | Type: AWS::IAM::Policy, Properties: { Roles: [GuardRole] } | is no mapping
          Guard | Type: AWS::IAM::Policy, Properties: { Roles: [!Ref GuardRole], Groups: [x] } | gets a policy, where only functions' roles do
          Guard | Type: AWS::IAM::Policy, Properties: { Roles: [!Ref GuardRole] } | lacks PolicyDocument
          Guard | Type: AWS::Serverless::Connector | is of type AWS::Serverless::Connector, where only functions' Policies are read
          Extra | Type: AWS::Serverless::Function, Properties: { Handler: x }, Connectors: { Mine: {} } | gives permissions, where only functions' Policies are read
          """)
  void a_permission_from_elsewhere_is_a_fault(String function, String resource, String fault) {
    Template own =
        Template.parse(
            YAML.replace("  Alarmer:\n", "  Extra: { " + resource + " }\n  Alarmer:\n"),
            "template.yaml");

    String message =
        assertThrows(TemplateException.class, () -> own.permissions(function)).toString();

    assertTrue(message.endsWith(": " + fault), message);
  }

  @Test
  void a_policy_that_is_attached_to_a_functions_role_is_the_functions() {
    Template own =
        Template.parse(
            YAML.replace(
                "  Alarmer:\n",
                """
                  Extra:
                    Type: AWS::IAM::Policy
                    Properties:
                      Roles: [!Ref GuardRole]
                      PolicyDocument:
                        Statement: [{ Effect: Allow, Action: a:B, Resource: !Sub "${Reader.Arn}:*" }]
                  Alarmer:
                """),
            "template.yaml");

    assertEquals(
        List.of(
            new Permission(
                List.of("a:B"),
                List.of("arn:aws:lambda:us-east-1:000000000000:function:Reader:*"))),
        own.permissions("Guard"));
  }

  @Test
  void a_parameter_has_the_value_that_is_given() {
    Template own = Template.parse(YAML, "template.yaml", Map.of("Alarmed", "true"));

    assertTrue(own.functions().containsKey("Alarmer"));
    assertEquals("loud", own.function("Reader").environment().get("GONE"));
    assertEquals("012345678901", own.function("Reader").environment().get("ACCOUNT"));
  }

  @Test
  void a_rule_refuses_parameters_in_its_own_words() {
    String ruled =
        YAML.replace(
            "Mappings:\n",
            """
            Rules:
              PrefixWhereAlarmed:
                RuleCondition: !Equals [!Ref Alarmed, "true"]
                Assertions:
                  - Assert: !Not [!Equals [!Ref Prefix, things]]
                    AssertDescription: Alarms need a prefix.
            Mappings:
            """);

    Template.parse(ruled, "template.yaml");
    Template.parse(ruled, "template.yaml", Map.of("Alarmed", "true", "Prefix", "x"));
    String refusal =
        assertThrows(
                TemplateException.class,
                () -> Template.parse(ruled, "template.yaml", Map.of("Alarmed", "true")))
            .toString();
    assertTrue(refusal.endsWith(": Alarms need a prefix."), refusal);
  }

  private static Template withPolicies(String policies) {
    String guard = "AutoPublishAlias: live";
    return Template.parse(
        YAML.replace(guard, guard + ", Policies: " + policies.strip().replace("\n", "\n   ")),
        "template.yaml");
  }

  @Test
  void a_missing_file_is_said() {
    TemplateException fault =
        assertThrows(
            TemplateException.class, () -> Template.read(Path.of("nowhere", "template.yaml")));

    assertEquals(Path.of("nowhere", "template.yaml") + ": is not there", fault.getMessage());
  }
}
