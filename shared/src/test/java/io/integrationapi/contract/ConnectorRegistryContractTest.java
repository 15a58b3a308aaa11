package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.testing.EveryStore;
import org.junit.jupiter.api.Test;

/** What {@link io.integrationapi.domain.access.ConnectorRegistry} knows. */
@EveryStore
class ConnectorRegistryContractTest {
  private final Ports ports = new Ports();

  @Test
  void connector_is_registered_from_its_first_token_on() {
    assertFalse(ports.connectors.isRegistered(ports.connector));

    ports.register();

    assertTrue(ports.connectors.isRegistered(ports.connector));
  }

  @Test
  void connector_stays_registered_whatever_becomes_of_its_tokens() {
    TokenHash hash = TokenHash.of("of " + ports.connector);
    ports.register();
    ports.register();

    ports.tokens.revoke(hash, ports.now());

    assertTrue(ports.connectors.isRegistered(ports.connector));
  }

  @Test
  void token_of_an_account_registers_nothing() {
    AccountId namesake = new AccountId(ports.connector.value());
    Principal account = new Principal.Account(namesake, Scope.FULL);

    ports.tokens.add(new Token(TokenHash.of("of " + namesake), account, null, null, null));

    assertFalse(ports.connectors.isRegistered(ports.connector));
  }

  @Test
  void another_connector_is_not_registered_with_it() {
    ports.register();

    assertFalse(ports.connectors.isRegistered(new ConnectorId(ports.nextId().value())));
  }

  @Test
  void integration_does_not_register_its_connector() {
    ports.anIntegration().withConnector().keep();

    assertFalse(ports.connectors.isRegistered(ports.connector));
  }
}
