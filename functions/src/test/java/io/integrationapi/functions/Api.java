package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.console.ConsoleHandler;
import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import io.integrationapi.local.stack.Route;
import io.integrationapi.local.stack.StreamEvents;
import io.integrationapi.local.stack.Template;
import io.integrationapi.store.DynamoDbClients;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.NoSecretsInOutput;
import io.integrationapi.testing.OpenApi;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API without its gateway: the handlers of the template's routes, called with events, on an
 * empty store of their own. Every answer is held against {@code openapi.yaml}.
 */
public final class Api {
  private static final Template TEMPLATE = TestStore.template();

  /** Most tests are not about time: a machine that is busy must not make them fail. */
  static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(20));

  /** Comes with every request, as it does on AWS, and must never be logged. */
  private static final String TOKEN = "a-token-that-nobody-may-print";

  static {
    NoSecretsInOutput.plant(TOKEN);
  }

  /** What the authorizer says of every caller's token. */
  static final String TOKEN_ID = TokenHash.of(TOKEN).value();

  static final String LABEL = "of the tests";

  final FaultInjectingHttpClient http = new FaultInjectingHttpClient();
  private final Map<String, String> environment;
  private final Function<String, SdkHttpClient> line;
  private final InstantSource clock;
  private final RetryPolicy limits;

  /** For what no function does. */
  final Components components;

  private final Map<String, RequestStreamHandler> handlers = new ConcurrentHashMap<>();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final boolean checked;
  private @Nullable Records records;

  /** The functions that were called since somebody emptied it. */
  final Set<String> called = ConcurrentHashMap.newKeySet();

  public Api() {
    this(InstantSource.system());
  }

  public Api(InstantSource clock) {
    this(clock, PATIENT);
  }

  /** One that keeps the history for so many days. */
  Api(int historyDays) {
    this(withHistory(TestStore.environment(), historyDays), InstantSource.system(), PATIENT);
  }

  /** The same store, as it is after the history was given so many days. */
  Api withHistory(int days) {
    return new Api(withHistory(environment, days), clock, limits);
  }

  /** One whose store may take only so long. */
  Api(InstantSource clock, RetryPolicy limits) {
    this(TestStore.environment(), clock, limits);
  }

  private Api(Map<String, String> environment, InstantSource clock, RetryPolicy limits) {
    this.clock = clock;
    this.limits = limits;
    this.environment = environment;
    this.line = http::of;
    this.checked = true;
    this.components = Components.from(environment, http, clock, limits);
  }

  /**
   * One that shares its store with others, and whose functions have a line of their own to it. Its
   * answers are too many to be held against {@code openapi.yaml}.
   */
  public Api(
      Map<String, String> environment,
      SdkHttpClient line,
      InstantSource clock,
      RetryPolicy limits) {
    this.clock = clock;
    this.limits = limits;
    this.environment = environment;
    this.line = _ -> line;
    this.checked = false;
    this.components = Components.from(environment, http, clock, limits);
  }

  private static Map<String, String> withHistory(Map<String, String> environment, int days) {
    Map<String, String> other = new LinkedHashMap<>(environment);
    other.put("HISTORY_DAYS", Integer.toString(days));
    return other;
  }

  /** Registers a connector, as minting its first token does. */
  public void register(Caller connector) {
    Principal principal = new Principal.Connector(new ConnectorId(connector.id()), Scope.FULL);
    components
        .tokens()
        .add(new Token(TokenHash.of("first of " + connector.id()), principal, null, null, null));
    http.takeOperations();
  }

  /** Who calls. */
  public record Caller(String kind, String id, String scope) {
    public static Caller account(String id) {
      return new Caller("account", new AccountId(id).value(), "full");
    }

    public static Caller connector(String id) {
      return new Caller("connector", new ConnectorId(id).value(), "full");
    }

    public Caller readOnly() {
      return new Caller(kind, id, "read");
    }
  }

  /** What was answered. */
  public record Reply(int status, Map<String, String> headers, @Nullable String body) {
    public JsonNode json() {
      return JsonText.readTrusted(body == null ? "null" : body);
    }

    public String id() {
      return json().path("_id").asString();
    }

    public String etag() {
      return headers.getOrDefault("ETag", "");
    }

    /** The codes of the error envelope. */
    public List<String> codes() {
      return json().path("errors").values().stream()
          .map(error -> error.path("code").asString())
          .toList();
    }

    /** The fields of the error envelope. */
    public List<String> fields() {
      return json().path("errors").values().stream()
          .map(error -> error.path("field").asString(""))
          .toList();
    }
  }

  /** One request, to be sent with {@link #send}. */
  public final class Call {
    private final Caller caller;
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private byte @Nullable [] body;

    private Call(Caller caller, String method, String target) {
      this.caller = caller;
      this.method = method;
      this.target = target;
    }

    public Call header(String name, String value) {
      headers.put(name, List.of(value));
      return this;
    }

    /** A header that comes in several lines. */
    public Call headers(String name, String... values) {
      headers.put(name, List.of(values));
      return this;
    }

    public Call withoutHeader(String name) {
      headers.remove(name);
      return this;
    }

    /** A body, as {@code application/json} unless another type was said. */
    public Call body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public Call body(byte[] bytes) {
      headers.putIfAbsent("Content-Type", List.of("application/json"));
      body = bytes;
      return this;
    }

    public Reply send() {
      return Api.this.send(this);
    }
  }

  public Call get(Caller caller, String target) {
    return new Call(caller, "GET", target);
  }

  public Call post(Caller caller, String target) {
    return new Call(caller, "POST", target);
  }

  public Call put(Caller caller, String target) {
    return new Call(caller, "PUT", target);
  }

  public Call patch(Caller caller, String target) {
    return new Call(caller, "PATCH", target);
  }

  public Call delete(Caller caller, String target) {
    return new Call(caller, "DELETE", target);
  }

  /** A new integration of the account. */
  public Reply create(Caller caller, String body) {
    return post(caller, "/integrations").body(body).send();
  }

  /** All routes but those of the pages, which are open to anybody and of another module. */
  static List<Route> routes(Template template) {
    return template.api().routes().stream()
        .filter(route -> !route.function().equals("ConsoleFunction"))
        .toList();
  }

  private Reply send(Call call) {
    int question = call.target.indexOf('?');
    String path = question < 0 ? call.target : call.target.substring(0, question);
    String query = question < 0 ? "" : call.target.substring(question + 1);
    // API Gateway prefers a fixed segment to a parameter.
    List<Route> routes =
        routes(TEMPLATE).stream()
            .sorted(Comparator.comparing(route -> route.path().contains("{_revisionId}")))
            .toList();
    for (Route route : routes) {
      String pattern =
          route
              .path()
              .replace("{_id}", "(?<id>[^/]+)")
              .replace("{_revisionId}", "(?<revisionId>[^/]+)");
      Matcher matcher = Pattern.compile(pattern).matcher(path);
      if (route.method().equals(call.method) && matcher.matches()) {
        return invoke(route, call, path, query, matcher);
      }
    }
    throw new IllegalArgumentException("no route for " + call.method + " " + path);
  }

  private Reply invoke(Route route, Call call, String path, String query, Matcher parameters) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", route.path()).put("path", path).put("httpMethod", call.method);
    ObjectNode headers = event.putObject("headers");
    ObjectNode multiValueHeaders = event.putObject("multiValueHeaders");
    headers.put("Authorization", "Bearer " + TOKEN);
    plantSettings(call.body);
    call.headers.forEach((name, values) -> {
      headers.put(name, values.getLast());
      multiValueHeaders.set(name, array(values.toArray(String[]::new)));
    });
    putQuery(event, query);
    if (parameters.groupCount() == 0) {
      event.putNull("pathParameters");
    } else {
      ObjectNode sent = event.putObject("pathParameters");
      parameters
          .namedGroups()
          .forEach((name, group) -> sent.put("_" + name, parameters.group(group)));
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("requestId", "a-request").put("path", "/v1" + path);
    context
        .putObject("authorizer")
        .put("kind", call.caller.kind())
        .put("id", call.caller.id())
        .put("scope", call.caller.scope())
        .put("tokenId", TOKEN_ID)
        .put("label", LABEL);
    event.put("body", call.body == null ? null : Base64.getEncoder().encodeToString(call.body));
    event.put("isBase64Encoded", call.body != null);

    JsonNode answer = JsonText.readTrusted(invoke(route.function(), JsonText.write(event)));
    Map<String, String> answered = new LinkedHashMap<>();
    answer.path("headers").forEachEntry((name, value) -> answered.put(name, value.stringValue()));
    Reply reply =
        new Reply(answer.path("statusCode").asInt(), answered, answer.path("body").asString(null));
    if (checked) {
      OpenApi.check(call.method, path, reply.status(), reply.headers(), reply.body());
      checkTag(reply);
    }
    return reply;
  }

  /** A strong tag names one body, in all answers of a run (RFC 9110 section 8.8.1). */
  private void checkTag(Reply reply) {
    if (reply.body() != null && !reply.etag().isEmpty()) {
      assertEquals(
          bodies.computeIfAbsent(reply.etag(), _ -> reply.body()),
          reply.body(),
          () -> "two bodies of " + reply.etag());
    }
  }

  /** The item of an integration as the table holds it. */
  Map<String, AttributeValue> item(Caller account, String id) {
    try (DynamoDbClient client = client()) {
      return client
          .getItem(request ->
              request
                  .tableName(variable("TABLE_NAME"))
                  .consistentRead(true)
                  .key(
                      Map.of(
                          "pk", AttributeValue.fromS("account#" + account.id()),
                          "sk", AttributeValue.fromS("integration#" + id))))
          .item();
    }
  }

  /** A client beside the functions. */
  private DynamoDbClient client() {
    return DynamoDbClients.create(
        UrlConnectionHttpClient.create(),
        limits.attempt(),
        Region.of(variable("AWS_REGION")),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))),
        URI.create(variable("AWS_ENDPOINT_URL_DYNAMODB")));
  }

  private String variable(String name) {
    return Objects.requireNonNull(environment.get(name));
  }

  /** Calls a function as Lambda does: bytes in, bytes out. */
  public String invoke(String function, String event) {
    called.add(function);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    InputStream input = new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
    try {
      handler(function).handleRequest(input, output, new TestContext(function, log::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  /** The changes of integrations since the last call, as the table's stream tells of them. */
  List<ObjectNode> takeRecords() {
    if (records == null) {
      records = new Records(environment);
    }
    return records.take();
  }

  /** Hands records to the recorder; answers which must come again. */
  List<String> record(List<ObjectNode> batch) {
    String event = JsonText.write(StreamEvents.event(batch));
    return JsonText.readTrusted(invoke("RecordChangesFunction", event))
        .path("batchItemFailures")
        .values()
        .stream()
        .map(failure -> failure.path("itemIdentifier").asString())
        .toList();
  }

  /** What stands in a customer's settings must never be logged. */
  private static void plantSettings(byte @Nullable [] body) {
    if (body != null
        && JsonText.read(body, Document.LIMITS)
            instanceof Validated.Valid<JsonNode>(JsonNode tree)) {
      tree.path("settings").findValuesAsString("secret").forEach(NoSecretsInOutput::plant);
    }
  }

  /** The lines of the functions' log, each a JSON object, since the last call. */
  public List<JsonNode> takeLog() {
    List<JsonNode> lines = new ArrayList<>();
    while (!log.isEmpty()) {
      lines.add(JsonText.readTrusted(log.remove()));
    }
    return lines;
  }

  /** The handler of that function, made once. */
  RequestStreamHandler handler(String function) {
    return handlers.computeIfAbsent(function, this::make);
  }

  private RequestStreamHandler make(String function) {
    try {
      Class<? extends RequestStreamHandler> handler =
          Class.forName(TEMPLATE.function(function).handlerClass())
              .asSubclass(RequestStreamHandler.class);
      if (handler.equals(ConsoleHandler.class)) {
        return new ConsoleHandler();
      }
      return handler
          .getConstructor(Components.class)
          .newInstance(Components.from(environment, line.apply(function), clock, limits));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(function + " names no handler", e);
    }
  }

  /** Each parameter's last value and all of them, as API Gateway passes them on. */
  private static void putQuery(ObjectNode event, String query) {
    if (query.isEmpty()) {
      event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
      return;
    }
    ObjectNode last = event.putObject("queryStringParameters");
    ObjectNode all = event.putObject("multiValueQueryStringParameters");
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = parameter.substring(0, equals);
      String value = decoded(parameter.substring(equals + 1));
      last.put(name, value);
      all.withArray("/" + name).add(value);
    }
  }

  /** What stands in percents, and nothing else: a test may send what no client would. */
  private static String decoded(String value) {
    return Pattern.compile("(?:%[0-9A-Fa-f]{2})+")
        .matcher(value)
        .replaceAll(match ->
            Matcher.quoteReplacement(URLDecoder.decode(match.group(), StandardCharsets.UTF_8)));
  }

  /** A JSON array of the texts. */
  static ArrayNode array(String... texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }
}
