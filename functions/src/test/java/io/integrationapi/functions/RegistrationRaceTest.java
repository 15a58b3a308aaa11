package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether an integration is managed is decided where it is made (contract section 1): a connector
 * that is registered between the look and the write publishes it.
 */
class RegistrationRaceTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String BODY =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\",\"version\":\"1\"}";

  private final Api api = new Api();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void integration_whose_connector_is_registered_behind_the_look_is_managed(boolean keyed) {
    registerBehindTheLook();
    Api.Call call = api.post(ALICE, "/integrations").body(BODY);
    Reply created = (keyed ? call.header("Idempotency-Key", "k") : call).send();

    assertEquals(201, created.status(), created.body());
    assertManaged(created.id());
  }

  @Test
  void clone_whose_connector_is_registered_behind_the_look_is_managed() {
    String source = api.create(ALICE, BODY).id();
    registerBehindTheLook();
    Reply copy = api.post(ALICE, "/integrations/" + source + "/clone").send();

    assertEquals(201, copy.status(), copy.body());
    assertManaged(copy.id());
  }

  @Test
  void integration_of_a_connector_that_is_not_registered_is_self_managed() {
    Reply created = api.create(ALICE, BODY);
    api.register(PUBLISHER);

    assertEquals("1", created.json().path("version").asString(""));
    assertEquals("not_found", begin(created.id()));
  }

  /** The first request looks; what follows writes. */
  private void registerBehindTheLook() {
    api.http.failWith(number -> {
      if (number == 1) {
        api.http.betweenAttempts(() -> {
          api.http.failWith(_ -> Fault.NONE);
          api.register(PUBLISHER);
        });
      }
      return Fault.NONE;
    });
  }

  private void assertManaged(String id) {
    assertEquals("started", begin(id));
    Reply ended =
        api.put(PUBLISHER, "/integrations/" + id)
            .body("{\"name\":\"One\",\"version\":\"3\",\"updateInProgress\":false}")
            .send();
    assertEquals(200, ended.status(), ended.body());

    Reply accounts = api.put(ALICE, "/integrations/" + id).body(BODY.replace("One", "Two")).send();
    assertEquals("Two", accounts.json().path("name").asString());
    assertEquals("3", accounts.json().path("version").asString());
  }

  private String begin(String id) {
    return api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
        .body("{\"_integrationIds\":[\"" + id + "\"]}")
        .send()
        .json()
        .at("/0/status")
        .asString();
  }
}
