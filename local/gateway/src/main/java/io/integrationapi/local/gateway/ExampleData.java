package io.integrationapi.local.gateway;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Draft;
import io.integrationapi.domain.integration.DraftReader;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Validated;
import io.integrationapi.wiring.Components;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The two integrations that the API's public examples show, and tokens that exist on a laptop only.
 */
final class ExampleData implements Seed {
  private static final AccountId OWNER = new AccountId("5541a9c0853bb53af2900001");
  private static final AccountId OTHER = new AccountId("5541a9c0853bb53af2900002");
  private static final ConnectorId CONNECTOR = new ConnectorId("57179182e0a908200c2781d9");
  private static final ConnectorId OTHER_CONNECTOR = new ConnectorId("57179182e0a908200c2781da");

  private final Function<Map<String, String>, Components> wiring;

  /** Fills through what the functions are made of, so that nothing is made twice at start. */
  ExampleData(Function<Map<String, String>, Components> wiring) {
    this.wiring = wiring;
  }

  @Override
  public void fill(Map<String, String> environment) {
    Components components = wiring.apply(environment);
    add(components, "my_api_token", new Principal.Account(OWNER, Scope.FULL));
    add(components, "my_read_token", new Principal.Account(OWNER, Scope.READ));
    add(components, "other_api_token", new Principal.Account(OTHER, Scope.FULL));
    add(components, "my_connector_token", new Principal.Connector(CONNECTOR, Scope.FULL));
    add(components, "other_connector_token", new Principal.Connector(OTHER_CONNECTOR, Scope.FULL));
    create(components, "self-managed-integration.json");
    create(components, "managed-integration.json");
  }

  private static void add(Components components, String token, Principal principal) {
    components.tokens().add(new Token(TokenHash.of(token), principal, null, null, null));
  }

  private static void create(Components components, String resource) {
    JsonNode document = JsonText.readTrusted(read(resource));
    IntegrationId id = new IntegrationId(document.path("_id").asString());
    if (!(DraftReader.forExisting(document, id, components.clockAndRandom())
            instanceof Validated.Valid<Draft>(Draft draft))
        || !draft.faults(true).isEmpty()) {
      throw new IllegalStateException(resource + " is no integration");
    }
    components
        .integrations()
        .create(
            new Integration(
                id,
                OWNER,
                null,
                null,
                draft.connectorId(),
                draft.connectorId() != null,
                draft.labels(),
                draft.configuration(),
                draft.publisherMembers(),
                null,
                new Authorship(
                    new Author.Unknown(),
                    Document.parseTime(document.path("lastModified").asString()),
                    Revision.next(Instant.now(), new SecureRandom()),
                    "")),
            null);
  }

  private static byte[] read(String resource) {
    try (InputStream stream = ExampleData.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(stream, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
