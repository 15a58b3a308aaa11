package io.integrationapi.local.gateway;

import io.integrationapi.local.gateway.Admission.Admitted;
import io.integrationapi.local.gateway.Admission.Refused;
import io.integrationapi.local.stack.GatewayResponseType;
import io.integrationapi.local.stack.TokenAuthorizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the authorizer about a token, and remembers what it said for as long as the template allows.
 * The policy that is remembered is held against each request anew, so that a policy for one route
 * does not open another.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Use
 *     API Gateway Lambda authorizers</a>
 */
final class Authorizers {

  /** The one message of a failed authorizer that AWS takes for a refusal and not for a fault. */
  static final String REFUSAL = "Unauthorized";

  /** More tokens than a laptop sees; beyond it the cache starts anew. */
  private static final int CACHE_SIZE = 10_000;

  private record Key(String authorizer, String token) {}

  private record Remembered(AuthorizerResult result, Instant until) {}

  private final LambdaFunctions functions;
  private final InstantSource clock;
  private final Duration timeout;
  private final Map<Key, Remembered> cache = new ConcurrentHashMap<>();
  private final JsonMapper json = new JsonMapper();

  /**
   * Makes one with an empty cache.
   *
   * @param timeout how long the gateway waits for an authorizer
   */
  Authorizers(LambdaFunctions functions, InstantSource clock, Duration timeout) {
    this.functions = functions;
    this.clock = clock;
    this.timeout = timeout;
  }

  /** May this call go on? */
  Admission admit(TokenAuthorizer authorizer, Call call) {
    Optional<String> token =
        call.request().header(authorizer.header()).filter(value -> !value.isEmpty());
    boolean worthAsking =
        token.isPresent()
            && authorizer
                .validation()
                .map(regex -> Pattern.matches(regex, token.get()))
                .orElse(true);
    if (!worthAsking) {
      return new Refused(GatewayResponseType.UNAUTHORIZED);
    }

    var key = new Key(authorizer.name(), token.get());
    Instant now = clock.instant();
    Remembered remembered = cache.get(key);
    if (remembered != null && now.isBefore(remembered.until())) {
      return judge(remembered.result(), call, 0);
    }
    return ask(authorizer, key, call, now);
  }

  private Admission ask(TokenAuthorizer authorizer, Key key, Call call, Instant now) {
    byte[] event =
        json.writeValueAsBytes(
            json.createObjectNode()
                .put("type", "TOKEN")
                .put("methodArn", call.methodArn())
                .put("authorizationToken", key.token()));

    return switch (functions.invoke(authorizer.function(), event, call.requestId(), timeout)) {
      case Invocation.Answered answered ->
          AuthorizerResult.read(answered.output())
              .map(result -> {
                remember(key, result, now.plus(authorizer.cacheFor()));
                return judge(result, call, Duration.between(now, clock.instant()).toMillis());
              })
              .orElseGet(() -> new Refused(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR));
      case Invocation.Failed failed when failed.message().equals(REFUSAL) ->
          new Refused(GatewayResponseType.UNAUTHORIZED);
      case Invocation.Failed failed -> new Refused(GatewayResponseType.AUTHORIZER_FAILURE);
      case Invocation.TimedOut timedOut -> new Refused(GatewayResponseType.AUTHORIZER_FAILURE);
    };
  }

  private void remember(Key key, AuthorizerResult result, Instant until) {
    if (cache.size() >= CACHE_SIZE) {
      cache.clear();
    }
    cache.put(key, new Remembered(result, until));
  }

  private static Admission judge(AuthorizerResult result, Call call, long latency) {
    return result.policy().allows(call.methodArn())
        ? new Admitted(Optional.of(new Identity(result.principalId(), result.context(), latency)))
        : new Refused(GatewayResponseType.ACCESS_DENIED);
  }
}
