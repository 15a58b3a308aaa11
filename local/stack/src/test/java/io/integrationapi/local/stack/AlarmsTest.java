package io.integrationapi.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.stack.Alarm.State;
import io.integrationapi.local.stack.MetricSamples.Metric;
import io.integrationapi.local.stack.Value.Fields;
import io.integrationapi.local.stack.Value.Text;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The alarms of the template, computed from samples of what they read. {@code docs/operating.md}
 * names the test of each.
 */
class AlarmsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  /** Half an hour, as long as any alarm looks back. */
  private static final int MINUTES = 30;

  private static final Fields TEMPLATE = template();
  private static final Map<String, Alarm> ALARMS = alarms();

  private static final Metric REQUESTS = api("Count");
  private static final Metric SERVER_ERRORS = api("5XXError");

  private final MetricSamples samples = new MetricSamples();

  @Test
  void nothing_is_on_when_nobody_calls() {
    assertEquals(Set.of(), on());
  }

  @Test
  void nothing_is_on_in_ordinary_traffic() {
    each(minute -> {
      samples.add(minute, REQUESTS, 600);
      samples.add(minute, log("Unauthorized"), 3);
      samples.add(minute, lambda("Errors", "AuthorizerFunction"), 1);
      samples.add(minute, own("Refusals", Map.of("Stack", "local", "Code", "unauthorized")), 1);
      for (String function : List.of("AuthorizerFunction", "GetIntegrationFunction")) {
        samples.add(minute, lambda("Duration", function), 25);
      }
    });

    assertEquals(Set.of(), on());
  }

  /** 1,000 integrations in one call, again and again, among few other requests. */
  @Test
  void a_publishers_rollout_trips_nothing() {
    each(minute -> {
      samples.add(minute, REQUESTS, 8);
      for (int i = 0; i < 5; i++) {
        samples.add(minute, lambda("Duration", "BeginUpdateFunction"), 8_000);
        samples.add(minute, lambda("Duration", "ReplaceIntegrationFunction"), 40);
      }
    });

    assertEquals(Set.of(), on());
  }

  @Test
  void updates_that_use_up_their_time_are_reported() {
    each(minute -> samples.add(minute, lambda("Duration", "BeginUpdateFunction"), 15_010));

    assertEquals(Set.of("UpdateLatencyAlarm"), on());
  }

  @Test
  void one_slow_function_is_reported_among_many_quick_requests() {
    each(minute -> {
      for (int i = 0; i < 1_000; i++) {
        samples.add(minute, lambda("Duration", "ListIntegrationsFunction"), 30);
      }
      samples.add(minute, lambda("Duration", "DeleteIntegrationFunction"), 6_000);
    });

    assertEquals(Set.of("LatencyAlarm"), on());
  }

  @Test
  void a_slow_function_of_the_history_is_reported() {
    each(minute -> samples.add(minute, lambda("Duration", "RevertIntegrationFunction"), 6_000));

    assertEquals(Set.of("HistoryLatencyAlarm"), on());
  }

  @Test
  void a_slow_request_now_and_then_is_not_reported() {
    each(minute -> {
      if (minute % 4 == 0) {
        samples.add(minute, lambda("Duration", "GetIntegrationFunction"), 6_900);
      }
    });

    assertEquals(Set.of(), on());
  }

  @Test
  void a_share_of_errors_is_reported_within_three_minutes() {
    samples.add(10, REQUESTS, 100).add(10, SERVER_ERRORS, 3);
    samples.add(11, REQUESTS, 100).add(11, SERVER_ERRORS, 3);

    assertEquals(Set.of("ServerErrorShareAlarm"), on());
    assertEquals(State.OK, state("ServerErrorShareAlarm", 11));
    assertEquals(State.ALARM, state("ServerErrorShareAlarm", 12));
  }

  @Test
  void a_few_errors_among_very_many_requests_are_no_share() {
    samples.add(10, REQUESTS, 6_000).add(10, SERVER_ERRORS, 60);
    samples.add(11, REQUESTS, 6_000).add(11, SERVER_ERRORS, 60);

    assertEquals(Set.of(), on());
  }

  @Test
  void one_error_among_few_requests_is_no_share() {
    each(minute -> samples.add(minute, REQUESTS, 10));
    samples.add(10, SERVER_ERRORS, 1).add(11, SERVER_ERRORS, 2);

    assertEquals(Set.of(), on());
  }

  /** One request a minute is too few for a share, and all of them fail. */
  @Test
  void errors_in_light_traffic_are_reported_by_their_count() {
    each(minute -> samples.add(minute, REQUESTS, 1).add(minute, SERVER_ERRORS, 1));

    assertEquals(Set.of("ServerErrorsAlarm"), on());
    assertEquals(State.ALARM, state("ServerErrorsAlarm", 10));
  }

  @Test
  void throttling_is_reported() {
    for (Metric metric :
        List.of(
            lambda("Throttles", "CloneIntegrationFunction"),
            lambda("Throttles", "AuthorizerFunction"),
            table("ReadThrottleEvents"),
            table("WriteThrottleEvents"))) {
      var throttled = new MetricSamples().add(10, metric, 1).add(12, metric, 1);

      assertEquals(Set.of("ThrottlesAlarm"), on(throttled), metric::toString);
    }
  }

  @Test
  void tokens_that_cannot_be_looked_up_are_reported() {
    each(minute -> {
      // Ten refusals, of which a tenth is allowed for, and five that failed.
      samples.add(minute, lambda("Errors", "AuthorizerFunction"), 15);
      samples.add(minute, own("Refusals", Map.of("Stack", "local", "Code", "unauthorized")), 10);
    });

    assertEquals(Set.of("AuthorizerErrorsAlarm"), on());
  }

  @Test
  void a_surge_of_401_is_reported_and_is_no_failure_of_the_authorizer() {
    each(minute -> {
      samples.add(minute, log("Unauthorized"), 100);
      samples.add(minute, lambda("Errors", "AuthorizerFunction"), 80);
      samples.add(minute, own("Refusals", Map.of("Stack", "local", "Code", "unauthorized")), 80);
    });

    assertEquals(Set.of("UnauthorizedAlarm"), on());
  }

  @Test
  void a_surge_of_429_is_reported_whoever_answers_it() {
    for (Metric metric :
        List.of(log("RateLimited"), firewall("AddressRate"), firewall("TokenRate"))) {
      var limited = new MetricSamples();
      each(minute -> limited.add(minute, metric, 70));

      assertEquals(Set.of("RateLimitedAlarm"), on(limited), metric::toString);
    }
  }

  @Test
  void a_lock_that_does_not_end_is_reported() {
    each(minute -> samples.add(minute, own("OldestLockAge", Map.of("Stack", "local")), 14_401));

    assertEquals(Set.of("OldestLockAlarm"), on());
  }

  @Test
  void locks_that_are_no_longer_measured_are_reported() {
    for (int minute = 0; minute < 10; minute += 5) {
      samples.add(minute, own("OldestLockAge", Map.of("Stack", "local")), 0);
    }

    assertEquals(State.OK, state("OldestLockAlarm", 15));
    assertEquals(State.INSUFFICIENT_DATA, state("OldestLockAlarm", MINUTES));
  }

  @Test
  void a_history_that_is_15_minutes_behind_is_reported() {
    for (int minute = 0; minute < MINUTES; minute++) {
      samples.add(minute, lambda("IteratorAge", "RecordChangesFunction"), minute * 60_000);
    }

    assertEquals(Set.of("RecordsWaitAlarm"), on());
    assertEquals(State.OK, state("RecordsWaitAlarm", 15));
    assertEquals(State.ALARM, state("RecordsWaitAlarm", 20));
  }

  @Test
  void a_history_that_is_some_minutes_behind_is_not_reported() {
    each(
        minute -> samples.add(minute, lambda("IteratorAge", "RecordChangesFunction"), 14 * 60_000));

    assertEquals(Set.of(), on());
  }

  @Test
  void a_recorder_that_crashes_is_reported() {
    each(minute -> samples.add(minute, lambda("Errors", "RecordChangesFunction"), 1));

    assertEquals(Set.of("RecorderErrorsAlarm"), on());
  }

  /** What alarms count of the access log is in it, as text, under that name. */
  @Test
  void filters_read_what_the_access_log_writes() {
    String format =
        TEMPLATE
            .fields("Resources")
            .fields("Api")
            .fields("Properties")
            .fields("AccessLogSetting")
            .requiredText("Format");
    assertTrue(format.contains("\"status\":\"$context.status\""), format);

    assertEquals("{ $.status = \"401\" }", filter("UnauthorizedFilter"));
    assertEquals("{ $.status = \"429\" }", filter("RateLimitedFilter"));
  }

  /** CodeDeploy takes ten alarms for a group, and CloudWatch ten metrics for an alarm. */
  @Test
  void deployments_stop_for_what_a_new_version_can_cause() {
    List<String> brakes =
        TEMPLATE
            .fields("Globals")
            .fields("Function")
            .fields("DeploymentPreference")
            .fields("Alarms")
            .items("Fn::If")
            .getLast()
            .asItems()
            .stream()
            .map(alarm -> alarm.asFields().requiredText("Ref"))
            .toList();

    assertEquals(
        List.of(
            "ServerErrorShareAlarm",
            "ServerErrorsAlarm",
            "LatencyAlarm",
            "HistoryLatencyAlarm",
            "ThrottlesAlarm",
            "AuthorizerErrorsAlarm"),
        brakes);
    ALARMS.forEach((id, alarm) -> assertTrue(alarm.metrics().size() <= 10, id));
  }

  @Test
  void every_alarm_is_in_the_operators_table_with_its_test() throws IOException {
    var row = Pattern.compile("^\\| `(\\w+Alarm)`.*\\| `(\\w+)` \\|$", Pattern.MULTILINE);
    Set<String> tests =
        Arrays.stream(AlarmsTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(Method::getName)
            .collect(Collectors.toSet());
    Set<String> documented = new TreeSet<>();

    row.matcher(Files.readString(ROOT.resolve("docs/operating.md")))
        .results()
        .forEach(found -> {
          documented.add(found.group(1));
          assertTrue(tests.contains(found.group(2)), found.group(2));
        });

    assertEquals(ALARMS.keySet(), documented);
  }

  private static String filter(String id) {
    return TEMPLATE
        .fields("Resources")
        .fields(id)
        .fields("Properties")
        .requiredText("FilterPattern");
  }

  private Set<String> on() {
    return on(samples);
  }

  /** The alarms that are on at the end of any minute. */
  private static Set<String> on(MetricSamples samples) {
    Set<String> on = new TreeSet<>();
    ALARMS.forEach((id, alarm) -> {
      for (int minute = 0; minute <= MINUTES; minute++) {
        if (alarm.at(minute, samples) == State.ALARM) {
          on.add(id);
        }
      }
    });
    return on;
  }

  private State state(String id, int minute) {
    return Objects.requireNonNull(ALARMS.get(id)).at(minute, samples);
  }

  private static void each(java.util.function.IntConsumer minute) {
    for (int i = 0; i < MINUTES; i++) {
      minute.accept(i);
    }
  }

  private static Metric api(String name) {
    return new Metric("AWS/ApiGateway", name, Map.of("ApiName", "local", "Stage", "v1"));
  }

  private static Metric lambda(String name, String function) {
    return new Metric("AWS/Lambda", name, Map.of("FunctionName", function));
  }

  private static Metric table(String name) {
    return new Metric("AWS/DynamoDB", name, Map.of("TableName", "IntegrationsTable"));
  }

  private static Metric firewall(String rule) {
    return new Metric(
        "AWS/WAFV2",
        "BlockedRequests",
        Map.of("WebACL", "local", "Rule", rule, "Region", "us-east-1"));
  }

  private static Metric own(String name, Map<String, String> dimensions) {
    return new Metric("IntegrationApi", name, dimensions);
  }

  private static Metric log(String name) {
    return new Metric("IntegrationApi/local", name, Map.of());
  }

  private static Fields template() {
    try {
      return Yaml.read(Files.readString(ROOT.resolve("template.yaml")), "template.yaml").asFields();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Alarm> alarms() {
    var intrinsics = new Intrinsics(TEMPLATE, Map.of());
    var alarms = new LinkedHashMap<String, Alarm>();
    TEMPLATE
        .fields("Resources")
        .values()
        .forEach((id, value) -> {
          Fields resource = value.asFields();
          if (resource.requiredText("Type").equals("AWS::CloudWatch::Alarm")
              && resource
                  .text("Condition")
                  .map(condition -> intrinsics.holds(new Text(id, condition)))
                  .orElse(true)) {
            Fields properties = resource.fields("Properties");
            alarms.put(
                id,
                new Alarm(
                    intrinsics.only(
                        properties, properties.values().keySet().toArray(String[]::new))));
          }
        });
    return alarms;
  }
}
