package io.integrationapi.local.gateway;

import io.integrationapi.local.gateway.RouteTable.Match;
import io.integrationapi.local.stack.GatewayResponseType;
import io.integrationapi.local.stack.RestApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A REST API of API Gateway with Lambda proxy integration: what the template declares, and nothing
 * else.
 *
 * <p>Known differences from AWS: no throttling by rate (a {@link Crowd} waits in line), no usage
 * plans, no validators, no CORS of its own and no caching of answers; an unknown route is {@code
 * MISSING_AUTHENTICATION_TOKEN} whatever its {@code Authorization} header says.
 */
final class RestGateway implements HttpSite {

  /** How long API Gateway waits for an integration. */
  static final Duration TIMEOUT = Duration.ofSeconds(29);

  /** With more at once, the store of a laptop would not answer each attempt within its second. */
  private static final int AT_ONCE = 24;

  private final RestApi api;
  private final RouteTable routes;
  private final Authorizers authorizers;
  private final LambdaFunctions functions;
  private final GatewayResponses responses;
  private final ProxyEvents events;
  private final ProxyAnswers answers;
  private final InstantSource clock;
  private final Duration timeout;
  private final Crowd crowd;

  /**
   * @param timeout how long a function may take, and how long a request waits in line for it
   */
  RestGateway(RestApi api, LambdaFunctions functions, InstantSource clock, Duration timeout) {
    var binary = new MediaTypes(api.binaryMediaTypes());
    this.api = api;
    this.routes = new RouteTable(api.routes());
    this.authorizers = new Authorizers(functions, clock, timeout);
    this.functions = functions;
    this.responses = new GatewayResponses(api.gatewayResponses());
    this.events = new ProxyEvents(binary);
    this.answers = new ProxyAnswers(binary);
    this.clock = clock;
    this.timeout = timeout;
    this.crowd = new Crowd(AT_ONCE, timeout);
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    Call call = Call.of(request, api, clock.instant());
    if (request.oversized()) {
      return refuse(call, GatewayResponseType.REQUEST_TOO_LARGE);
    }
    if (!Encoding.isWellFormed(request.path(), request.query())) {
      return refuse(call, GatewayResponseType.BAD_REQUEST_PARAMETERS);
    }

    Optional<Match> match = call.path().flatMap(path -> routes.match(request.method(), path));
    if (match.isEmpty()) {
      return refuse(call, GatewayResponseType.MISSING_AUTHENTICATION_TOKEN);
    }

    return crowd.serve(() -> answer(call, match.get()), type -> refuse(call, type));
  }

  private HttpAnswer answer(Call call, Match match) {
    Admission admission =
        match
            .route()
            .authorizer()
            .map(authorizer -> authorizers.admit(authorizer, call))
            .orElseGet(() -> new Admission.Admitted(Optional.empty()));
    return switch (admission) {
      case Admission.Refused refused -> refuse(call, refused.type());
      case Admission.Admitted admitted -> integrate(call, match, admitted.identity());
    };
  }

  @Override
  public HttpAnswer malformed(int status) {
    var nothing =
        new HttpRequest(
            "", "", Optional.empty(), "HTTP/1.1", List.of(), new byte[0], false, "127.0.0.1", 0);
    return refuse(
        Call.of(nothing, api, clock.instant()),
        status == 500
            ? GatewayResponseType.DEFAULT_5XX
            : GatewayResponseType.BAD_REQUEST_PARAMETERS);
  }

  private HttpAnswer integrate(Call call, Match match, Optional<Identity> identity) {
    byte[] event = events.event(call, match, identity);
    // API Gateway lets 10 MB in, but Lambda takes no event of that size.
    if (event.length > LambdaFunctions.PAYLOAD_LIMIT) {
      return refuse(call, GatewayResponseType.REQUEST_TOO_LARGE);
    }

    return switch (functions.invoke(match.route().function(), event, call.requestId(), timeout)) {
      case Invocation.Answered answered -> read(call, answered.output());
      // A function that crashed or ran out of its own time is 502, not the 504 of
      // INTEGRATION_FAILURE.
      case Invocation.Failed failed -> refuse(call, GatewayResponseType.DEFAULT_5XX);
      case Invocation.TimedOut timedOut -> refuse(call, GatewayResponseType.INTEGRATION_TIMEOUT);
    };
  }

  private HttpAnswer read(Call call, byte[] output) {
    return switch (answers.read(output, call.request().header("Accept").orElse("*/*"))) {
      case ProxyAnswers.Reading.Well well ->
          well.answer().with("x-amzn-RequestId", call.requestId());
      case ProxyAnswers.Reading.Unusable unusable -> refuse(call, unusable.type());
    };
  }

  private HttpAnswer refuse(Call call, GatewayResponseType type) {
    return responses.render(type, call);
  }
}
