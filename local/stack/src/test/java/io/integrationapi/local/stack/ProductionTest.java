package io.integrationapi.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the template promises to those who run it on AWS, and no laptop would notice. */
class ProductionTest {
  private static final Path FILE =
      Path.of(System.getProperty("project.root", "..")).resolve("template.yaml");
  private static final Fields TEMPLATE = template();
  private static final Fields RESOURCES = TEMPLATE.fields("Resources");
  private static final Map<String, String> RESTORED =
      Map.of(
          "RestoredTable",
          "restored",
          "RestoredTableSchema",
          "1",
          "RestoredTableStreamArn",
          "arn:aws:dynamodb:us-east-1:000000000000:table/restored/stream/2026-11-26T07:00:00.000");

  // ---- Deploying -------------------------------------------------------------------------------

  /** A function's group is one more than the latest of those whose aliases it waits for. */
  @Test
  void functions_are_deployed_in_groups_of_at_most_six() {
    Map<Integer, Set<String>> groups = new TreeMap<>();
    for (String function : deployed()) {
      groups.computeIfAbsent(group(function), _ -> new TreeSet<>()).add(function);
    }

    assertEquals(Set.of(0, 1, 2, 3), groups.keySet());
    groups.forEach((_, group) -> assertTrue(group.size() <= 6, group::toString));
    assertTrue(group("Authorizer") < group("GetIntegration"));
    assertEquals(
        Set.of("ListIntegrations", "GetIntegration", "ListInstallBase", "GetTokenInfo"),
        groups.get(1));
    assertEquals(
        Set.of(
            "CreateIntegration",
            "ReplaceIntegration",
            "PatchIntegration",
            "DeleteIntegration",
            "CloneIntegration",
            "BeginUpdate"),
        groups.get(2));
    assertEquals(
        Set.of(
            "ListAudit",
            "ListRevisions",
            "GetRevision",
            "GetRevisionDiff",
            "CreateSnapshot",
            "RevertIntegration"),
        groups.get(3));
  }

  @Test
  void every_deployment_asks_the_new_version_first() {
    assertEquals(
        "CheckVersionFunction",
        TEMPLATE
            .fields("Globals")
            .fields("Function")
            .fields("DeploymentPreference")
            .fields("Hooks")
            .fields("PreTraffic")
            .requiredText("Ref"));
    for (String function : deployed()) {
      Fields own = function(function).fields("Properties").fields("DeploymentPreference");
      assertTrue(own.get("Hooks").isEmpty() && own.get("Enabled").isEmpty(), function);
    }
  }

  /**
   * Lambda publishes nothing that has not changed, and CloudFormation replaces no version either.
   */
  @Test
  void another_release_changes_each_function_and_each_version() {
    assertTrue(
        TEMPLATE
            .fields("Globals")
            .fields("Function")
            .fields("Environment")
            .fields("Variables")
            .get("RELEASE")
            .isPresent());
    List<String> functions = new ArrayList<>(deployed());
    functions.add("Console");
    for (String function : functions) {
      String description =
          function(function)
              .fields("Properties")
              .fields("VersionDescription")
              .requiredText("Fn::Sub");
      assertTrue(description.endsWith(", release ${Release}"), description);
      // With the longest of all values; Lambda takes 256 characters.
      int longest =
          description
              .replace("${Architecture}", "x86_64")
              .replace("${SnapStart}", "false")
              .replace("${Tracing}", "Disabled")
              .replace("${HistoryDays}", "3650")
              .replace("${RestoredTable}", "t".repeat(150))
              .replace("${HistoryDays}", "3650")
              .replace("${Release}", "r".repeat(40))
              .length();
      assertTrue(longest <= 256, description);
    }
  }

  // ---- What stays ------------------------------------------------------------------------------

  /** What outlives the stack does not outlive a first deployment that fails. */
  @Test
  void what_is_retained_is_not_left_behind_by_a_first_deployment_that_fails() {
    Map<String, String> policies = new TreeMap<>();
    RESOURCES
        .values()
        .forEach((id, resource) ->
            resource.asFields().text("DeletionPolicy").ifPresent(it -> policies.put(id, it)));

    assertEquals(
        Set.of(
            "ApiGatewayLogging",
            "ApiGatewayLoggingRole",
            "AuditLogs",
            "BackupVault",
            "IntegrationsTable"),
        policies.keySet());
    assertEquals(Set.of("RetainExceptOnCreate"), Set.copyOf(policies.values()));
  }

  /** Whoever adds an index raises the number of the schema, and says what to do. */
  @Test
  void restored_table_must_be_given_all_that_the_stacks_own_has() {
    String words =
        assertThrows(TemplateException.class, () -> read(Map.of("RestoredTable", "restored")))
            .toString();
    Fields table = RESOURCES.fields("IntegrationsTable").fields("Properties");

    for (Value index : table.items("GlobalSecondaryIndexes")) {
      assertTrue(words.contains(index.asFields().requiredText("IndexName")), words);
    }
    read(RESTORED);
  }

  @Test
  void restored_table_needs_a_stream_where_there_is_a_history() {
    Map<String, String> streamless = new HashMap<>(RESTORED);
    streamless.remove("RestoredTableStreamArn");

    String words = assertThrows(TemplateException.class, () -> read(streamless)).toString();

    assertTrue(words.contains("RestoredTableStreamArn"), words);
    streamless.put("HistoryDays", "0");
    read(streamless);
  }

  // ---- History ---------------------------------------------------------------------------------

  /** What the recorder cannot keep comes again, in order, for as long as the stream has it. */
  @Test
  void no_record_of_the_stream_is_given_up() {
    Fields mapping = RESOURCES.fields("RecordChangesMapping").fields("Properties");

    assertEquals("TRIM_HORIZON", mapping.requiredText("StartingPosition"));
    assertEquals("-1", mapping.requiredText("MaximumRetryAttempts"));
    assertEquals("-1", mapping.requiredText("MaximumRecordAgeInSeconds"));
    assertTrue(mapping.flag("BisectBatchOnFunctionError"));
    assertEquals(
        "ReportBatchItemFailures", mapping.items("FunctionResponseTypes").getFirst().asText());
    assertEquals("RecordChangesFunction.Alias", mapping.fields("FunctionName").requiredText("Ref"));
  }

  @Test
  void stream_holds_both_images_and_the_mapping_reads_the_table_that_is_served() {
    Template own = read(Map.of());
    assertEquals(
        "NEW_AND_OLD_IMAGES",
        own.tables().getFirst().request().streamSpecification().streamViewTypeAsString());
    assertEquals(
        List.of(own.tables().getFirst().name()),
        own.mappings().stream().map(EventSourceMapping::table).toList());

    for (String resource : List.of("RecordChangesMapping", "RecordChangesFunction")) {
      Fields restored =
          new Intrinsics(TEMPLATE, RESTORED)
              .only(RESOURCES.fields(resource).fields("Properties"), "EventSourceArn", "Policies");
      assertTrue(
          restored.toString().contains(RESTORED.get("RestoredTableStreamArn")), restored::toString);
    }
  }

  @Test
  void without_days_there_is_no_history_and_nothing_that_costs() {
    Template without = read(Map.of("HistoryDays", "0"));

    assertEquals(List.of(), without.mappings());
    assertEquals(false, without.functions().containsKey("RecordChangesFunction"));
    assertEquals(null, without.tables().getFirst().request().streamSpecification());
    for (String alarm : List.of("RecordsWaitAlarm", "RecorderErrorsAlarm")) {
      assertEquals("KeepHistory", RESOURCES.fields(alarm).requiredText("Condition"));
    }
    assertEquals(
        false, without.permissions("CheckVersionFunction").toString().contains("RecordChanges"));
  }

  // ---- No caller starves another ---------------------------------------------------------------

  @Test
  void firewall_answers_429_in_the_envelope_and_says_when_to_come_back() {
    Fields acl = RESOURCES.fields("WebAcl").fields("Properties");
    Fields body = acl.fields("CustomResponseBodies").fields("RateLimited");

    assertEquals("APPLICATION_JSON", body.requiredText("ContentType"));
    assertEquals(
        RESOURCES
            .fields("Api")
            .fields("Properties")
            .fields("GatewayResponses")
            .fields("THROTTLED")
            .fields("ResponseTemplates")
            .requiredText("application/json"),
        body.requiredText("Content"));
    List<Fields> rates =
        rules()
            .filter(rule -> rule.fields("Statement").get("RateBasedStatement").isPresent())
            .toList();
    assertEquals(3, rates.size());
    for (Fields rule : rates) {
      Fields answer = rule.fields("Action").fields("Block").fields("CustomResponse");
      Fields header = answer.items("ResponseHeaders").getFirst().asFields();
      assertEquals("429", answer.requiredText("ResponseCode"));
      assertEquals("RateLimited", answer.requiredText("CustomResponseBodyKey"));
      assertEquals("Retry-After", header.requiredText("Name"));
      assertEquals(
          rule.fields("Statement").fields("RateBasedStatement").requiredText("EvaluationWindowSec"),
          header.requiredText("Value"));
    }
  }

  @Test
  void firewall_counts_by_address_and_by_token() {
    assertEquals(
        List.of("IP", "CUSTOM_KEYS authorization", "CUSTOM_KEYS authorization"),
        rules()
            .map(rule -> rule.fields("Statement").fields("RateBasedStatement"))
            .filter(rate -> rate.get("Limit").isPresent())
            .map(ProductionTest::key)
            .toList());
  }

  /** A document may hold any text, so no body is refused for what it looks like. */
  @Test
  void firewall_refuses_nothing_for_its_body() {
    for (Fields rule : rules().toList()) {
      Fields group = rule.fields("Statement").fields("ManagedRuleGroupStatement");
      List<String> counted =
          group.items("RuleActionOverrides").stream()
              .map(Value::asFields)
              .filter(override -> override.fields("ActionToUse").get("Count").isPresent())
              .map(override -> override.requiredText("Name"))
              .toList();
      if (group
          .text("Name")
          .equals(java.util.Optional.of("AWSManagedRulesKnownBadInputsRuleSet"))) {
        assertEquals(
            List.of("JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"), counted);
      }
    }
    Set<String> groups =
        rules()
            .map(rule -> rule.fields("Statement").fields("ManagedRuleGroupStatement"))
            .flatMap(group -> group.text("Name").stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet"),
        groups);
  }

  /** A sample of requests shows their headers, and so their tokens. */
  @Test
  void firewall_keeps_no_samples() {
    Stream.concat(rules(), Stream.of(RESOURCES.fields("WebAcl").fields("Properties")))
        .map(owner -> owner.fields("VisibilityConfig"))
        .forEach(
            visibility -> assertEquals("false", visibility.requiredText("SampledRequestsEnabled")));
  }

  @ParameterizedTest
  @CsvSource({", true", "on, true", "off, false"})
  void firewall_stands_there_unless_it_is_switched_off(@Nullable String value, boolean present) {
    var intrinsics = new Intrinsics(TEMPLATE, value == null ? Map.of() : Map.of("Firewall", value));

    for (String id : List.of("WebAcl", "WebAclAssociation")) {
      String condition = RESOURCES.fields(id).requiredText("Condition");
      assertEquals(present, intrinsics.holds(new Text("", condition)), id);
    }
  }

  @Test
  void beginning_updates_has_a_limit_of_its_own_on_the_stage() {
    List<Fields> settings =
        RESOURCES.fields("Api").fields("Properties").items("MethodSettings").stream()
            .map(Value::asFields)
            .toList();
    Route route =
        read(Map.of()).api().routes().stream()
            .filter(it -> it.function().equals("BeginUpdateFunction"))
            .findFirst()
            .orElseThrow();

    Fields own = settings.getLast();
    assertEquals(route.method(), own.requiredText("HttpMethod"));
    assertEquals("/" + route.path().replace("/", "~1"), own.requiredText("ResourcePath"));
    for (Fields setting : settings) {
      assertEquals("OFF", setting.requiredText("LoggingLevel"));
      assertEquals("false", setting.requiredText("DataTraceEnabled"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AuthorizerFunction, AuthorizerConcurrency",
    "BeginUpdateFunction, UpdateConcurrency"
  })
  void concurrency_is_reserved_where_a_parameter_says_so(String function, String parameter) {
    Fields properties = RESOURCES.fields(function).fields("Properties");

    assertEquals(Set.of(), reserved(properties, Map.of()).values().keySet());
    assertEquals(
        "7",
        reserved(properties, Map.of(parameter, "7")).requiredText("ReservedConcurrentExecutions"));
  }

  private static Fields reserved(Fields properties, Map<String, String> parameters) {
    return new Intrinsics(TEMPLATE, parameters).only(properties, "ReservedConcurrentExecutions");
  }

  // ---- Logs and copies -------------------------------------------------------------------------

  @Test
  void access_log_says_who_asked_from_where_and_holds_nothing_of_the_request() {
    String format =
        RESOURCES
            .fields("Api")
            .fields("Properties")
            .fields("AccessLogSetting")
            .requiredText("Format");
    Map<String, String> members = new TreeMap<>();
    Matcher member = Pattern.compile("\"(\\w+)\":\"\\$context\\.([\\w.]+)\"").matcher(format);
    while (member.find()) {
      members.put(member.group(1), member.group(2));
    }

    assertEquals("identity.sourceIp", members.get("sourceIp"));
    assertEquals("authorizer.principalId", members.get("principal"));
    assertEquals(
        Set.of(
            "requestId",
            "extendedRequestId",
            "integrationRequestId",
            "authorizerRequestId",
            "time",
            "sourceIp",
            "principal",
            "method",
            "route",
            "status",
            "latency",
            "integrationLatency",
            "authorizerLatency",
            "gatewayResponse"),
        members.keySet());
  }

  @Test
  void table_is_encrypted_and_can_go_back_to_any_second() {
    Fields table = RESOURCES.fields("IntegrationsTable").fields("Properties");

    assertEquals(
        "true",
        table
            .fields("PointInTimeRecoverySpecification")
            .requiredText("PointInTimeRecoveryEnabled"));
    assertEquals("KMS", table.fields("SSESpecification").requiredText("SSEType"));
  }

  @Test
  void vault_keeps_a_copy_of_each_day_whatever_becomes_of_the_stack() {
    Fields rule =
        RESOURCES
            .fields("BackupPlan")
            .fields("Properties")
            .fields("BackupPlan")
            .items("BackupPlanRule")
            .getFirst()
            .asFields();

    assertEquals("cron(0 3 * * ? *)", rule.requiredText("ScheduleExpression"));
    assertEquals(
        "RetainExceptOnCreate", RESOURCES.fields("BackupVault").requiredText("DeletionPolicy"));
    assertEquals("Retain", RESOURCES.fields("BackupVault").requiredText("UpdateReplacePolicy"));
  }

  // ---- TLS -------------------------------------------------------------------------------------

  @Test
  void every_endpoint_takes_tls_1_2_and_later_only() {
    for (String id : List.of("Api", "Domain")) {
      Fields endpoint = RESOURCES.fields(id).fields("Properties");
      assertEquals("SecurityPolicy_TLS13_1_2_2021_06", endpoint.requiredText("SecurityPolicy"));
      assertEquals("STRICT", endpoint.requiredText("EndpointAccessMode"));
    }
  }

  @Test
  void a_domain_without_a_certificate_is_refused() {
    String words =
        assertThrows(TemplateException.class, () -> read(Map.of("DomainName", "api.example.com")))
            .toString();

    assertTrue(words.contains("DomainCertificate"), words);
  }

  private static String key(Fields rate) {
    String type = rate.requiredText("AggregateKeyType");
    return Stream.concat(
            Stream.of(type),
            rate.items("CustomKeys").stream()
                .map(key -> key.asFields().fields("Header").requiredText("Name")))
        .collect(Collectors.joining(" "));
  }

  private static Stream<Fields> rules() {
    return RESOURCES.fields("WebAcl").fields("Properties").items("Rules").stream()
        .map(Value::asFields);
  }

  /** The functions that are deployed, by their stems. */
  private static List<String> deployed() {
    var stems = new ArrayList<String>();
    RESOURCES
        .values()
        .forEach((id, resource) -> {
          boolean isFunction =
              resource.asFields().requiredText("Type").equals("AWS::Serverless::Function");
          // The check itself, and the pages, go live without CodeDeploy.
          if (isFunction && !Set.of("CheckVersionFunction", "ConsoleFunction").contains(id)) {
            stems.add(id.replaceAll("Function$", ""));
          }
        });
    return stems;
  }

  private static int group(String function) {
    return function(function).items("DependsOn").stream()
        .map(alias -> alias.asText().replaceAll("FunctionAliaslive$", ""))
        .mapToInt(before -> group(before) + 1)
        .max()
        .orElse(0);
  }

  private static Fields function(String stem) {
    return Objects.requireNonNull(RESOURCES.values().get(stem + "Function")).asFields();
  }

  private static Template read(Map<String, String> parameters) {
    return Template.read(FILE, new LinkedHashMap<>(parameters));
  }

  private static Fields template() {
    try {
      return Yaml.read(Files.readString(FILE), "template.yaml").asFields();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
