package io.integrationapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.IntegrationFilter;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import tools.jackson.databind.JsonNode;

/**
 * Which reads ask for a consistent answer. No store that the tests run on ever gives another one,
 * so what is asked for is looked at instead.
 */
class ConsistentReadsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final IntegrationId ID = new IntegrationId("57179182e0a908200c2781d9");
  private static final ConnectorId CONNECTOR = new ConnectorId(ID.value());
  private static final Principal ACCOUNT =
      new Principal.Account(new AccountId("alice"), Scope.FULL);
  private static final Page.Request PAGE =
      new Page.Request(
          1, Page.Position.BEGINNING, Page.Order.ASCENDING, IntegrationFilter.EVERYTHING);

  private final Line line = new Line();
  private final Components components =
      Components.from(
          TestStore.environment(), line, InstantSource.fixed(NOW), RetryPolicy.FUNCTION);
  private final IntegrationRepository integrations = components.integrations();

  @Test
  void reads_that_see_every_answered_write_are_consistent() {
    integrations.find(ACCOUNT, ID);
    integrations.list(ACCOUNT, PAGE, _ -> true);
    integrations.findEarlier(
        IdempotencyClaim.of(ACCOUNT, "key", "create", JsonText.readTrusted("{}"), NOW));
    components.tokens().find(TokenHash.of("token"));
    components.connectors().isRegistered(CONNECTOR);

    assertEquals(List.of(true, true, true, true, true), line.consistent());
  }

  @Test
  void reads_of_the_index_cannot_be() {
    integrations.installBase(CONNECTOR, PAGE, _ -> true);
    integrations.list(new Principal.Connector(CONNECTOR, Scope.FULL), PAGE, _ -> true);

    assertEquals(List.of(false, false), line.consistent());
  }

  /** Keeps what is sent. */
  private static final class Line implements SdkHttpClient {
    private final SdkHttpClient line = UrlConnectionHttpClient.create();
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

    List<Boolean> consistent() {
      return sent.stream().map(it -> it.path("ConsistentRead").asBoolean(false)).toList();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      try (var body = request.contentStreamProvider().orElseThrow().newStream()) {
        sent.add(JsonText.readTrusted(body.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return line.prepareRequest(request);
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
