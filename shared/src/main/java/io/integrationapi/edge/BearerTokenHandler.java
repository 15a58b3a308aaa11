package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.rollout.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.crac.Core;
import org.crac.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The TOKEN authorizer, all but the question whose token it is (API Gateway's developer guide,
 * "Input to an API Gateway Lambda authorizer").
 */
public abstract class BearerTokenHandler implements RequestStreamHandler, Resource, Probe {
  private static final String SCHEME = "bearer ";
  private static final int UNAUTHORIZED = 401;

  /** Of the one failure that API Gateway takes for a refusal. */
  private static final String REFUSAL = "Unauthorized";

  private final EmbeddedMetrics metrics;
  private final Function<String, Optional<Token>> authenticator;

  /**
   * @param authenticator tells whose a token is
   */
  // The registry only remembers the handler, and calls it when the process is about to be copied.
  @SuppressWarnings("this-escape")
  protected BearerTokenHandler(
      EmbeddedMetrics metrics, Function<String, Optional<Token>> authenticator) {
    this.metrics = metrics;
    this.authenticator = authenticator;
    Core.getGlobalContext().register(this);
  }

  /**
   * Answers a policy for the whole API, since API Gateway keeps it for the token's other routes
   * too.
   *
   * @throws UnauthorizedException for a token that is not valid; API Gateway knows it by its
   *     message
   * @throws FailedException if it cannot be told
   */
  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    APIGatewayCustomAuthorizerEvent event = read(input);
    Log log = new Log(context, context.getAwsRequestId());
    try {
      Token token = authenticate(event, log);
      output.write(JsonText.writeBytes(policy(token, event.getMethodArn())));
    } finally {
      metrics.flush(log);
    }
  }

  private Token authenticate(APIGatewayCustomAuthorizerEvent event, Log log) {
    Optional<Token> token;
    try {
      token = Deadline.within(ApiHandler.BUDGET, () -> bearerToken(event).flatMap(authenticator));
    } catch (RuntimeException e) {
      log.failure(e);
      throw new FailedException();
    }
    if (token.isEmpty()) {
      // On Lambda this is an error of the function: the alarm takes these from its errors.
      metrics.refused(UNAUTHORIZED, "unauthorized");
      throw new UnauthorizedException();
    }
    return token.get();
  }

  /** API Gateway answers 401 for an authorizer that fails with just this message. */
  public static final class UnauthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnauthorizedException() {
      super(REFUSAL, null, false, false);
    }
  }

  /** API Gateway answers 500 for it. It says nothing, for Lambda logs what a function throws. */
  public static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException() {
      super("the token could not be looked up", null, false, false);
    }
  }

  /** Looks for a token that nobody has, so that a copy of the process begins warm. */
  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      authenticator.apply("priming").ifPresent(token -> policy(token, ""));
    } catch (RuntimeException e) {
      // A function that could not be warmed works all the same, only later.
      Log.beforeInvocations(this).failure(e);
    }
  }

  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {
    // Nothing here must be fresh in each copy.
  }

  /** A token that nobody has. */
  @Override
  public final byte[] probe() {
    return JsonText.writeBytes(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "TOKEN")
            .put("methodArn", "priming/priming")
            .put("authorizationToken", "Bearer priming"));
  }

  @Override
  public final boolean isProven(byte[] answer) {
    return JsonText.readTrusted(answer).path("errorMessage").asString("").equals(REFUSAL);
  }

  private static APIGatewayCustomAuthorizerEvent read(InputStream input) throws IOException {
    JsonNode json = JsonText.readTrusted(input.readAllBytes());
    APIGatewayCustomAuthorizerEvent event = new APIGatewayCustomAuthorizerEvent();
    event.setAuthorizationToken(json.path("authorizationToken").asString(""));
    event.setMethodArn(json.path("methodArn").asString(""));
    return event;
  }

  /** The scheme's case does not count (RFC 9110 section 11.1). */
  private static Optional<String> bearerToken(APIGatewayCustomAuthorizerEvent event) {
    String header = event.getAuthorizationToken().strip();
    return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private static ObjectNode policy(Token token, String methodArn) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("principalId", Callers.principalId(token.principal()));
    ObjectNode document = json.putObject("policyDocument").put("Version", "2012-10-17");
    document
        .putArray("Statement")
        .addObject()
        .put("Action", "execute-api:Invoke")
        .put("Effect", "Allow")
        .put("Resource", wholeApi(methodArn));
    ObjectNode context = json.putObject("context");
    Callers.context(token.bearer()).forEach(context::put);
    return json;
  }

  /** From {@code arn:…:execute-api:region:account:api/stage/method/path}, all methods and paths. */
  private static String wholeApi(String methodArn) {
    String[] parts = methodArn.split("/", 3);
    return parts.length < 2 ? methodArn : parts[0] + "/" + parts[1] + "/*";
  }
}
