package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.deployment.CodeDeployments;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.rollout.CheckVersion;
import io.integrationapi.domain.rollout.Probe;
import io.integrationapi.local.stack.Permission;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import tools.jackson.databind.JsonNode;

/**
 * Before callers are moved to a new version it answers a request. A small CodeDeploy and a small
 * Lambda run here as HTTP servers; behind that Lambda are the real handlers on the embedded store.
 */
class CheckVersionTest {
  private static final Template TEMPLATE = TestStore.template();
  private static final String CHECK = "CheckVersionFunction";

  private final Api api = new Api();
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private SmallAws aws = new SmallAws(api);

  @BeforeEach
  void start() {
    aws.start();
  }

  @AfterEach
  void stop() {
    aws.close();
    http.close();
  }

  static Stream<String> deployed() {
    // Neither the check itself nor the pages go live by CodeDeploy.
    return TEMPLATE.functions().keySet().stream()
        .filter(function -> !Set.of(CHECK, "ConsoleFunction").contains(function));
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void version_that_answers_gets_its_callers(String function) {
    aws.deploys(function);

    CheckVersion.Verdict verdict = check();

    assertTrue(verdict.passed(), verdict::toString);
    assertEquals(List.of("Succeeded"), aws.reports());
    assertEquals(List.of(function + ":7"), aws.invoked());
    // A reader, or nothing at all, and no writer.
    assertTrue(Set.of("GetItem", "Query", "Scan").containsAll(api.http.takeOperations()), function);
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void version_that_cannot_reach_its_store_gets_none(String function) {
    boolean needsNoStore =
        Set.of(
                "GetTokenInfoFunction",
                "MintTokenFunction",
                "RevokeTokenFunction",
                "BreakLockFunction",
                "RecordChangesFunction")
            .contains(function);
    api.http.failWith(_ -> Fault.DENIED);
    aws.deploys(function);

    CheckVersion.Verdict verdict = check();

    assertEquals(needsNoStore, verdict.passed(), verdict::toString);
    assertEquals(List.of(needsNoStore ? "Succeeded" : "Failed"), aws.reports());
  }

  @Test
  void version_that_crashes_gets_no_callers() {
    aws.deploys("GetIntegrationFunction");
    aws.crash(
        "{\"errorMessage\":\"Error loading class\",\"errorType\":\"Runtime.BadFunctionCode\"}");

    CheckVersion.Verdict verdict = check();

    assertEquals("it failed a request that changes nothing", verdict.problem());
    assertEquals(List.of("Failed"), aws.reports());
  }

  @Test
  void authorizer_that_crashes_gets_no_callers() {
    aws.deploys("AuthorizerFunction");
    aws.crash("{\"errorMessage\":\"the token could not be looked up\"}");

    assertEquals("it failed a request that changes nothing", check().problem());
    assertEquals(List.of("Failed"), aws.reports());
  }

  @Test
  void answer_that_is_no_json_stops_the_deployment() {
    aws.deploys("GetIntegrationFunction");
    aws.crash("<html>");

    assertTrue(String.valueOf(check().problem()).startsWith("it could not be checked: "));
    assertEquals(List.of("Failed"), aws.reports());
  }

  @Test
  void version_that_is_still_starting_is_waited_for() {
    aws.deploys("GetIntegrationFunction");
    aws.refuse("Invoke", 409, 5);

    assertTrue(check().passed());
    assertEquals(List.of("Succeeded"), aws.reports());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ListDeploymentTargets",
        "BatchGetDeploymentTargets",
        "GetFunctionConfiguration",
        "Invoke"
      })
  void whatever_keeps_it_from_checking_stops_the_deployment(String operation) {
    aws.deploys("GetIntegrationFunction");
    aws.refuse(operation, 403, 100);

    assertEquals(operation + " was answered 403", check().problem());
    assertEquals(List.of("Failed"), aws.reports());
  }

  @Test
  void function_of_another_kind_gets_no_callers() {
    aws.deploys("GetIntegrationFunction");
    aws.handledBy("java.lang.String::valueOf");

    assertEquals("java.lang.String has no request that proves it", check().problem());
    assertEquals(List.of("Failed"), aws.reports());
    assertEquals(List.of(), aws.invoked());
  }

  @Test
  void check_is_reported_again_when_the_report_is_lost() {
    aws.deploys("GetIntegrationFunction");
    aws.refuse("PutLifecycleEventHookExecutionStatus", 500, 3);

    check();

    assertEquals(List.of("Succeeded"), aws.reports());
  }

  /** It asks a handler of its own making, which must miss nothing that its environment lacks. */
  @ParameterizedTest
  @MethodSource("deployed")
  void check_can_make_every_handler(String function) throws ReflectiveOperationException {
    Map<String, String> environment = new HashMap<>(TEMPLATE.function(CHECK).environment());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "key");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");

    Object made =
        Class.forName(TEMPLATE.function(function).handlerClass())
            .getConstructor(Components.class)
            .newInstance(Components.from(environment, http, InstantSource.system(), Api.PATIENT));

    assertInstanceOf(Probe.class, made);
  }

  @Test
  void every_call_is_signed_for_its_service() {
    aws.deploys("GetIntegrationFunction");

    check();

    assertEquals(List.of(), aws.unsigned());
  }

  /** What it is that is signed is held by AWS alone; that it is allowed is held here. */
  @Test
  void role_allows_just_the_calls_that_are_made() {
    Set<String> used = new TreeSet<>();
    for (String function : deployed().toList()) {
      aws.deploys(function);
      check();
    }
    used.addAll(aws.actions());

    Set<String> allowed =
        TEMPLATE.permissions(CHECK).stream()
            .flatMap(permission -> permission.actions().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(allowed, used);
  }

  @Test
  void role_reaches_the_deployed_functions_and_no_others() {
    String function = "arn:aws:lambda:us-east-1:000000000000:function:";
    Set<String> reached =
        TEMPLATE.permissions(CHECK).stream()
            .map(Permission::resources)
            .flatMap(List::stream)
            .filter(resource -> resource.startsWith(function))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        deployed().map(id -> function + id + ":*").collect(Collectors.toCollection(TreeSet::new)),
        reached);
  }

  @Test
  void handler_answers_and_logs_what_came_of_it() throws IOException {
    aws.deploys("GetIntegrationFunction");
    List<String> log = new ArrayList<>();
    var handler =
        new CheckVersionHandler(
            Components.from(aws.environment(), http, InstantSource.system(), Api.PATIENT));
    var output = new ByteArrayOutputStream();

    handler.handleRequest(
        new ByteArrayInputStream(
            "{\"DeploymentId\":\"d-1\",\"LifecycleEventHookExecutionId\":\"hook\"}"
                .getBytes(StandardCharsets.UTF_8)),
        output,
        new TestContext(CHECK, log::add));

    JsonNode answer = JsonText.readTrusted(output.toByteArray());
    assertTrue(answer.path("passed").asBoolean(), answer::toString);
    assertEquals("GetIntegrationFunction", answer.path("checked").asString());
    JsonNode line = JsonText.readTrusted(log.getFirst());
    assertEquals("check_version", line.path("action").asString());
    assertEquals("d-1", line.path("deployment").asString());
    assertTrue(line.path("passed").asBoolean(), line::toString);
  }

  private CheckVersion.Verdict check() {
    URI address = aws.address();
    var deployments =
        new CodeDeployments(
            http,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
            "us-east-1",
            address,
            address,
            Duration.ofMillis(1));
    return new CheckVersion(deployments, this::probe).check("d-1", "hook");
  }

  private Optional<Probe> probe(String handlerClass) {
    return TEMPLATE.functions().values().stream()
        .filter(function -> function.handlerClass().equals(handlerClass))
        .map(function -> api.handler(function.logicalId()))
        .map((RequestStreamHandler handler) -> (Probe) handler)
        .findFirst();
  }
}
