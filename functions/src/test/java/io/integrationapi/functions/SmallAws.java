package io.integrationapi.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * CodeDeploy with one deployment, and Lambda in front of the real handlers, as far as the check of
 * a version asks them. Forms and names are those of the two services' API references.
 */
final class SmallAws {
  private static final Template TEMPLATE = TestStore.template();
  private static final Pattern LAMBDA =
      Pattern.compile("/2015-03-31/functions/([^/]+)/(configuration|invocations)");
  private static final Pattern SCOPE =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=key/\\d{8}/us-east-1/(codedeploy|lambda)/aws4_request,"
              + " .*Signature=[0-9a-f]{64}");

  /** How often an operation is still refused, and with which status. */
  private record Refusal(int status, AtomicInteger times) {}

  private final Api api;
  private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
  private final List<String> invoked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> unsigned = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> actions = Collections.synchronizedSet(new TreeSet<>());
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private volatile String function = "";
  private volatile @Nullable String handler;
  private volatile @Nullable String crash;
  private @Nullable HttpServer server;

  SmallAws(Api api) {
    this.api = api;
  }

  void start() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/", this::answer);
      made.start();
      server = made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    running().stop(0);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + running().getAddress().getPort());
  }

  /** The environment of a function that is to ask here. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(TestStore.environment());
    environment.put("AWS_ACCESS_KEY_ID", "key");
    environment.put("AWS_ENDPOINT_URL_CODEDEPLOY", address().toString());
    environment.put("AWS_ENDPOINT_URL_LAMBDA", address().toString());
    return environment;
  }

  /** From now on the deployment is of that function. */
  void deploys(String logicalId) {
    function = logicalId;
  }

  /** The new version says that this handles its invocations. */
  void handledBy(String handler) {
    this.handler = handler;
  }

  /** The new version fails, and Lambda says this of it. */
  void crash(String description) {
    crash = description;
  }

  /** The next calls of that operation are answered with this status. */
  void refuse(String operation, int status, int times) {
    refusals.put(operation, new Refusal(status, new AtomicInteger(times)));
  }

  /** What the deployment was told. */
  List<String> reports() {
    return List.copyOf(reports);
  }

  /** Which versions were invoked. */
  List<String> invoked() {
    return List.copyOf(invoked);
  }

  /** The actions that IAM would have been asked for. */
  Set<String> actions() {
    return Set.copyOf(actions);
  }

  /** The calls that AWS would not have known the sender of. */
  List<String> unsigned() {
    return List.copyOf(unsigned);
  }

  private HttpServer running() {
    HttpServer running = server;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Matcher lambda = LAMBDA.matcher(exchange.getRequestURI().getPath());
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation =
        lambda.matches()
            ? lambda.group(2).equals("invocations") ? "Invoke" : "GetFunctionConfiguration"
            : target.replaceFirst("^CodeDeploy_20141006\\.", "");
    String service = lambda.matches() ? "lambda" : "codedeploy";
    actions.add(service + ":" + (operation.equals("Invoke") ? "InvokeFunction" : operation));
    checkSignature(exchange, service, operation);

    Refusal refusal = refusals.get(operation);
    if (refusal != null && refusal.times().getAndDecrement() > 0) {
      send(exchange, refusal.status(), "{}");
    } else {
      send(exchange, 200, answer(exchange, operation, body));
    }
  }

  private String answer(HttpExchange exchange, String operation, byte[] body) {
    return switch (operation) {
      case "ListDeploymentTargets" -> "{\"targetIds\":[\"" + function + ":live\"]}";
      case "BatchGetDeploymentTargets" -> target(JsonText.readTrusted(body));
      case "PutLifecycleEventHookExecutionStatus" -> {
        JsonNode report = JsonText.readTrusted(body);
        reports.add(report.path("status").asString());
        yield "{\"lifecycleEventHookExecutionId\":\""
            + report.path("lifecycleEventHookExecutionId").asString()
            + "\"}";
      }
      case "GetFunctionConfiguration" ->
          "{\"State\":\"Active\",\"Handler\":\""
              + (handler == null
                  ? TEMPLATE.function(function).handlerClass() + "::handleRequest"
                  : handler)
              + "\"}";
      case "Invoke" -> invoke(exchange, body);
      default -> throw new IllegalStateException(operation);
    };
  }

  private String target(JsonNode request) {
    return """
    {"deploymentTargets":[{"deploymentTargetType":"LambdaTarget","lambdaTarget":{
      "deploymentId":"%s","targetId":"%s","lambdaFunctionInfo":{
        "functionName":"%s","functionAlias":"live","currentVersion":"6","targetVersion":"7"}}}]}
    """
        .formatted(
            request.path("deploymentId").asString(),
            request.at("/targetIds/0").asString(),
            function);
  }

  /** What a function throws is what Lambda tells of it, with the status of a success. */
  private String invoke(HttpExchange exchange, byte[] event) {
    invoked.add(function + ":" + exchange.getRequestURI().getQuery().replace("Qualifier=", ""));
    if (crash != null) {
      return String.valueOf(crash);
    }
    try {
      return api.invoke(function, new String(event, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      return "{\"errorMessage\":\"" + e.getMessage() + "\"}";
    }
  }

  private void checkSignature(HttpExchange exchange, String service, String operation) {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Matcher scope = SCOPE.matcher(header);
    if (!scope.matches() || !scope.group(1).equals(service)) {
      unsigned.add(operation + " " + header);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
