package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.NoSecretsInOutput;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The life of a token at the gateway: the template's routes, authorizer and functions, and a clock
 * that the test turns.
 */
class TokenLifeTest {
  private static final Template TEMPLATE = TestStore.template();

  /** A revoked token is refused at the latest then (contract section 1). */
  private static final Duration LATEST = Duration.ofSeconds(60);

  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(20));

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final Components components =
      Components.from(TestStore.environment(), line, clock, PATIENT);
  private final LambdaFunctions functions =
      new LambdaFunctions(TEMPLATE.functions(), Map.of(), this::handler, clock);
  private final RestGateway gateway =
      new RestGateway(TEMPLATE.api(), functions, clock, RestGateway.TIMEOUT);

  @AfterEach
  void stop() {
    functions.close();
  }

  @Test
  void policy_that_was_made_for_one_route_serves_the_others_without_another_look() {
    String token = mint().path("token").asString();
    assertEquals(200, get("/v1/tokenInfo", token));
    line.takeOperations();

    assertEquals(200, get("/v1/integrations", token));
    assertEquals(404, get("/v1/integrations/ffffffffffffffffffffffff", token));

    // The list's and the integration's own; none of the authorizer's.
    assertEquals(List.of("Query", "GetItem"), line.takeOperations());
  }

  @Test
  void revoked_token_is_dead_within_a_minute() {
    JsonNode minted = mint();
    String token = minted.path("token").asString();
    assertEquals(200, get("/v1/tokenInfo", token));

    invoke("RevokeTokenFunction", "{\"_tokenId\":\"" + minted.path("_tokenId").asString() + "\"}");

    assertEquals(200, get("/v1/tokenInfo", token), "the cache still knows it");
    now = now.plus(LATEST);
    assertEquals(401, get("/v1/tokenInfo", token));
    assertTrue(
        TEMPLATE.api().routes().stream()
            .flatMap(route -> route.authorizer().stream())
            .allMatch(authorizer -> authorizer.cacheFor().compareTo(LATEST) <= 0));
  }

  private JsonNode mint() {
    JsonNode minted = JsonText.readTrusted(invoke("MintTokenFunction", "{\"_userId\":\"alice\"}"));
    NoSecretsInOutput.plant(minted.path("token").asString());
    return minted;
  }

  private byte[] invoke(String function, String input) {
    Invocation invocation =
        functions.invoke(
            function, input.getBytes(StandardCharsets.UTF_8), "test", Duration.ofSeconds(20));
    return ((Invocation.Answered) invocation).output();
  }

  private int get(String path, String token) {
    return gateway
        .answer(
            new HttpRequest(
                "GET",
                path,
                Optional.empty(),
                "HTTP/1.1",
                List.of(new Header("Authorization", "Bearer " + token)),
                new byte[0],
                false,
                "127.0.0.1",
                3000))
        .status();
  }

  private RequestStreamHandler handler(String className, Map<String, String> environment)
      throws ReflectiveOperationException {
    return Class.forName(className)
        .asSubclass(RequestStreamHandler.class)
        .getConstructor(Components.class)
        .newInstance(components);
  }
}
