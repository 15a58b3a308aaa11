package io.integrationapi.local.gateway;

import static io.integrationapi.local.gateway.DeployedApi.Caller.ACCOUNT;
import static io.integrationapi.local.gateway.DeployedApi.Caller.CONNECTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.local.gateway.DeployedApi.Answer;
import io.integrationapi.local.gateway.DeployedApi.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/**
 * What the black-box tests share: an API that they see from outside, on a laptop or wherever {@link
 * DeployedApi} is told. They expect nothing of what is stored there, and delete what they make.
 */
abstract class BlackBox {
  static final String UNKNOWN = "/integrations/ffffffffffffffffffffffff";

  private static @Nullable DeployedApi opened;
  private static final List<String> made = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    opened = DeployedApi.open();
  }

  @AfterAll
  static void close() throws Exception {
    for (String path : made) {
      call(ACCOUNT, "DELETE", path).send();
    }
    made.clear();
    api().close();
  }

  static DeployedApi api() {
    return Objects.requireNonNull(opened);
  }

  static DeployedApi.Call call(Caller caller, String method, String target) {
    return api().call(caller, method, target);
  }

  /** The path of a new integration of the account. */
  static String create(String body) throws Exception {
    Answer created = call(ACCOUNT, "POST", "/integrations").body(body).send();
    assertEquals(201, created.status(), created.body());
    return deleteLater(created);
  }

  /** The path of what was made. */
  static String deleteLater(Answer created) {
    String path = "/integrations/" + created.id();
    made.add(path);
    return path;
  }

  static Answer keyed(String key, String body) throws Exception {
    return call(ACCOUNT, "POST", "/integrations").header("Idempotency-Key", key).body(body).send();
  }

  static JsonNode tokenInfo(Caller caller) throws Exception {
    Answer info = call(caller, "GET", "/tokenInfo").send();
    assertEquals(200, info.status(), info.body());
    return info.json();
  }

  /** A connector's first sight of a new integration, which may lag by seconds. */
  static Answer eventually(String path) throws Exception {
    Answer answer = call(CONNECTOR, "GET", path).send();
    for (int i = 0; answer.status() == 404 && i < 20; i++) {
      Thread.sleep(500);
      answer = call(CONNECTOR, "GET", path).send();
    }
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }

  /** What became of each id. */
  static List<String> begin(String connectorId, String id) throws Exception {
    Answer begun =
        call(CONNECTOR, "PUT", "/connectors/" + connectorId + "/update")
            .body("{\"_integrationIds\":[\"%s\"]}".formatted(id))
            .send();
    assertEquals(200, begun.status(), begun.body());
    return begun.json().findValuesAsString("status");
  }

  /** An integration in the install base, once its update is seen to have ended. */
  static JsonNode row(String connectorId, String id) throws Exception {
    for (int i = 0; i < 20; i++) {
      Answer base = call(CONNECTOR, "GET", "/connectors/" + connectorId + "/installBase").send();
      for (JsonNode row : base.json()) {
        if (row.path("_integrationId").asString().equals(id)
            && !row.path("updateInProgress").asBoolean(false)) {
          return row;
        }
      }
      Thread.sleep(500);
    }
    throw new AssertionError(id + " is not in the install base, or its update does not end");
  }

  static List<String> ids(Answer list) {
    assertEquals(200, list.status(), list.body());
    return list.json().findValuesAsString("_id");
  }
}
