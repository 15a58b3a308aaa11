package io.integrationapi.local.stack;

import io.integrationapi.local.stack.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the API of a template: the resource itself, and the routes that stand with the functions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html">AWS::Serverless::Api</a>
 */
final class ApiReader {

  /** SAM's own default. */
  private static final int CACHE_SECONDS = 300;

  private record Event(String function, Fields fields) {}

  private record Found(String id, Fields properties) {}

  private final Intrinsics intrinsics;
  private final Map<String, LambdaFunction> functions;
  private final List<Event> events = new ArrayList<>();
  private final List<Found> apis = new ArrayList<>();

  ApiReader(Intrinsics intrinsics, Map<String, LambdaFunction> functions) {
    this.intrinsics = intrinsics;
    this.functions = functions;
  }

  /** Collects the routes that lead to a function. */
  void events(String function, Fields resource) {
    resource
        .fields("Properties")
        .fields("Events")
        .values()
        .values()
        .forEach(value -> {
          Fields event = value.asFields();
          if (event.requiredText("Type").equals("Api")) {
            events.add(new Event(function, event.fields("Properties")));
          }
        });
  }

  /** Collects an API. */
  void api(String id, Fields properties) {
    apis.add(new Found(id, properties));
  }

  /** The API with everything that was collected; empty if there is none. */
  Optional<RestApi> read() {
    if (apis.isEmpty()) {
      return Optional.empty();
    }
    Found found = apis.getLast();
    if (apis.size() > 1) {
      throw found.properties().fault("is a second API, where a laptop serves one");
    }
    for (String unknown : List.of("DefinitionBody", "DefinitionUri")) {
      found
          .properties()
          .get(unknown)
          .ifPresent(value -> {
            throw value.fault("holds routes, which a laptop reads from the functions' Events only");
          });
    }

    Fields known =
        intrinsics.only(
            found.properties(), "StageName", "BinaryMediaTypes", "Auth", "GatewayResponses");
    Map<String, TokenAuthorizer> authorizers = authorizers(known.fields("Auth"));
    return Optional.of(
        new RestApi(
            found.id(),
            known.requiredText("StageName"),
            known.items("BinaryMediaTypes").stream()
                .map(type -> type.asText().replace("~1", "/"))
                .toList(),
            routes(found.id(), known.fields("Auth"), authorizers),
            gatewayResponses(known.fields("GatewayResponses"))));
  }

  private Map<String, TokenAuthorizer> authorizers(Fields auth) {
    var authorizers = new LinkedHashMap<String, TokenAuthorizer>();
    auth.fields("Authorizers")
        .values()
        .forEach((name, value) -> authorizers.put(name, authorizer(name, value.asFields())));
    return authorizers;
  }

  private TokenAuthorizer authorizer(String name, Fields authorizer) {
    Optional<Value> payload = authorizer.get("FunctionPayloadType");
    if (payload.isPresent() && !payload.get().asText().equals("TOKEN")) {
      throw payload.get().fault("is " + payload.get().asText() + ", where a laptop knows TOKEN");
    }

    Fields identity = authorizer.fields("Identity");
    return new TokenAuthorizer(
        name,
        functionOf(authorizer),
        identity.text("Header").orElse("Authorization"),
        Duration.ofSeconds(identity.number("ReauthorizeEvery", CACHE_SECONDS)),
        identity.text("ValidationExpression"));
  }

  private String functionOf(Fields authorizer) {
    String arn = authorizer.requiredText("FunctionArn");
    return functions.values().stream()
        .filter(function -> Names.refersTo(arn, function.name()))
        .map(LambdaFunction::logicalId)
        .findFirst()
        .orElseThrow(() ->
            authorizer.fault("has a FunctionArn that is no function's of this template: " + arn));
  }

  private List<Route> routes(String api, Fields auth, Map<String, TokenAuthorizer> authorizers) {
    var routes = new ArrayList<Route>();
    var seen = new HashSet<String>();
    for (Event event : events) {
      Fields known = intrinsics.only(event.fields(), "Path", "Method", "RestApiId", "Auth");
      String id = known.requiredText("RestApiId");
      if (!id.equals(api)) {
        throw known.fault("has the RestApiId " + id + ", where the template's API is " + api);
      }

      String path = known.requiredText("Path");
      if (!path.startsWith("/")) {
        throw known.fault("has a Path that does not begin with a slash: " + path);
      }
      if (path.endsWith("/") && path.length() > 1) {
        throw known.fault(
            "has a Path that ends with a slash, where API Gateway knows one resource with and"
                + " without: "
                + path);
      }
      String method = known.requiredText("Method").toUpperCase(Locale.ROOT);
      if (!seen.add(method + " " + path)) {
        throw known.fault("is a second route " + method + " " + path);
      }
      routes.add(new Route(method, path, event.function(), authorizerOf(known, auth, authorizers)));
    }
    return List.copyOf(routes);
  }

  private static Optional<TokenAuthorizer> authorizerOf(
      Fields event, Fields auth, Map<String, TokenAuthorizer> authorizers) {
    Optional<String> name =
        event.fields("Auth").text("Authorizer").or(() -> auth.text("DefaultAuthorizer"));
    if (name.isEmpty() || name.get().equals("NONE")) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(authorizers.get(name.get()))
            .orElseThrow(() ->
                event.fault(
                    "asks the authorizer " + name.get() + ", which the API does not have")));
  }

  private static Map<GatewayResponseType, GatewayResponse> gatewayResponses(Fields responses) {
    var read = new EnumMap<GatewayResponseType, GatewayResponse>(GatewayResponseType.class);
    responses
        .values()
        .forEach((name, value) -> {
          try {
            read.put(GatewayResponseType.valueOf(name), gatewayResponse(value.asFields()));
          } catch (IllegalArgumentException e) {
            throw value.fault("is no type of gateway response");
          }
        });
    return read;
  }

  private static GatewayResponse gatewayResponse(Fields response) {
    OptionalInt status =
        response.get("StatusCode").isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(response.number("StatusCode", 0));
    return new GatewayResponse(
        status,
        response.fields("ResponseParameters").fields("Headers").texts(),
        response.fields("ResponseTemplates").texts());
  }
}
