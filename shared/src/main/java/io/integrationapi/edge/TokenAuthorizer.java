package io.integrationapi.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import io.integrationapi.domain.JsonText;
import io.integrationapi.domain.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A TOKEN authorizer besides the question whose token it is (API Gateway's developer guide, "Input
 * to an API Gateway Lambda authorizer").
 */
public abstract class TokenAuthorizer implements RequestStreamHandler {
  private static final String SCHEME = "bearer ";

  private final Function<String, Optional<Principal>> authenticator;

  /**
   * @param authenticator tells whose a token is
   */
  protected TokenAuthorizer(Function<String, Optional<Principal>> authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Answers a policy for the whole API, since API Gateway keeps it for the token's other routes
   * too.
   *
   * @throws UnauthorizedException for a token that is not valid; API Gateway knows it by its
   *     message
   */
  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    APIGatewayCustomAuthorizerEvent event = read(input);
    Principal principal =
        bearerToken(event).flatMap(authenticator).orElseThrow(UnauthorizedException::new);
    output.write(JsonText.writeBytes(policy(principal, event.getMethodArn())));
  }

  /** API Gateway answers 401 for an authorizer that fails with just this message. */
  public static final class UnauthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnauthorizedException() {
      super("Unauthorized", null, false, false);
    }
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

  private static ObjectNode policy(Principal principal, String methodArn) {
    Map<String, String> words = Callers.context(principal);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("principalId", words.get("kind") + ":" + words.get("id"));
    ObjectNode document = json.putObject("policyDocument").put("Version", "2012-10-17");
    document
        .putArray("Statement")
        .addObject()
        .put("Action", "execute-api:Invoke")
        .put("Effect", "Allow")
        .put("Resource", wholeApi(methodArn));
    ObjectNode context = json.putObject("context");
    words.forEach(context::put);
    return json;
  }

  /** From {@code arn:…:execute-api:region:account:api/stage/method/path}, all methods and paths. */
  private static String wholeApi(String methodArn) {
    String[] parts = methodArn.split("/", 3);
    return parts.length < 2 ? methodArn : parts[0] + "/" + parts[1] + "/*";
  }
}
