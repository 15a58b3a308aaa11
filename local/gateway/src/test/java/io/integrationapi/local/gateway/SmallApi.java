package io.integrationapi.local.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.local.stack.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway over a small template, whose functions a test writes itself. */
final class SmallApi implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: v1
            BinaryMediaTypes: [BINARY]
            Auth:
              DefaultAuthorizer: Bearer
              Authorizers:
                Bearer:
                  FunctionArn: !GetAtt Guard.Arn
                  Identity: { ReauthorizeEvery: 50, ValidationExpression: "^Bearer [^ ]+$" }
            GatewayResponses:
              DEFAULT_4XX: &wording
                ResponseParameters: { Headers: { x-request-id: context.requestId } }
                ResponseTemplates: { application/json: '{"errors":[{"code":"$context.error.responseType"}]}' }
              DEFAULT_5XX: *wording
              MISSING_AUTHENTICATION_TOKEN:
                StatusCode: 404
                ResponseParameters: { Headers: { x-request-id: context.requestId, x-literal: "'yes'" } }
                ResponseTemplates: { application/json: '{"errors":[{"code":"none","message":$context.error.messageString}]}' }
        Guard:
          Type: AWS::Serverless::Function
          Properties: { Handler: guard }
        Open:
          Type: AWS::Serverless::Function
          Properties:
            Handler: open
            Timeout: 1
            Environment: { Variables: { GREETING: hello } }
            Events:
              List: { Type: Api, Properties: { Path: /things, Method: GET, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
              Post: { Type: Api, Properties: { Path: /things, Method: POST, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
              One: { Type: Api, Properties: { Path: "/things/{id}", Method: ANY, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
              Copy: { Type: Api, Properties: { Path: "/things/{id}/clone", Method: POST, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
        Slow:
          Type: AWS::Serverless::Function
          Properties:
            Handler: open
            Timeout: 60
            Events:
              Slow: { Type: Api, Properties: { Path: /slow, Method: GET, RestApiId: !Ref Api, Auth: { Authorizer: NONE } } }
        Closed:
          Type: AWS::Serverless::Function
          Properties:
            Handler: closed
            Events:
              Get: { Type: Api, Properties: { Path: /closed, Method: GET, RestApiId: !Ref Api } }
              Put: { Type: Api, Properties: { Path: "/closed/{id}", Method: PUT, RestApiId: !Ref Api } }
      """;

  /** What a function of a test does. */
  @FunctionalInterface
  interface Body {
    String answer(JsonNode event, Context context) throws IOException;
  }

  /** The events that a function saw, in order. */
  final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** What the clock shows. */
  volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");

  private final Map<String, Body> bodies = new HashMap<>();
  private final LambdaFunctions functions;
  private final HttpServer server;

  SmallApi() throws IOException {
    this("'*/*'");
  }

  SmallApi(String binaryMediaType) throws IOException {
    Template template =
        Template.parse(TEMPLATE.replace("BINARY", binaryMediaType), "template.yaml");
    InstantSource clock = () -> now;
    functions =
        new LambdaFunctions(template.functions(), Map.of("EXTRA", "more"), this::handler, clock);
    var gateway = new RestGateway(template.api(), functions, clock, Duration.ofSeconds(2));
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new InvokeApi(functions, gateway));
    does("open", (event, context) -> answer(200, "{}"));
    does("closed", (event, context) -> answer(200, "{}"));
  }

  /** A proxy response. */
  static String answer(int status, String body) {
    return JSON.writeValueAsString(
        JSON.createObjectNode().put("statusCode", status).put("body", body));
  }

  /** Has the functions with that handler do this. */
  SmallApi does(String handler, Body body) {
    bodies.put(handler, body);
    return this;
  }

  RawHttp connect() throws IOException {
    return new RawHttp(server.port());
  }

  /** One request on a connection of its own. */
  RawHttp.Answer send(String request) throws IOException {
    try (RawHttp http = connect()) {
      return http.send(request);
    }
  }

  /** A GET with header lines of its own. */
  RawHttp.Answer get(String target, String... headers) throws IOException {
    var lines = new ArrayList<>(List.of("GET " + target + " HTTP/1.1", "Host: localhost"));
    lines.addAll(List.of(headers));
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  JsonNode lastEvent() {
    return events.getLast();
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    functions.close();
  }

  private RequestStreamHandler handler(String name, Map<String, String> environment) {
    return (input, output, context) -> {
      JsonNode event = JSON.readTree(input);
      events.add(event);
      Body body = bodies.get(name);
      if (body == null) {
        throw new IllegalStateException("nobody wrote " + name + " for " + environment);
      }
      output.write(body.answer(event, context).getBytes(StandardCharsets.UTF_8));
    };
  }
}
