package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.local.stack.Permission;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.StoreActions;
import io.integrationapi.testing.TestStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each function's role allows what the function does, and nothing else. That it is not too little
 * is held by every test, for {@link io.integrationapi.testing.FaultInjectingHttpClient} lets
 * nothing through that the template does not allow; that it is not too much is held here, where
 * each function goes all of its ways.
 */
class LeastPrivilegeTest {
  private static final Template TEMPLATE = TestStore.template();
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\"}";

  private final Api api = new Api();

  @Test
  void role_of_each_function_allows_just_what_it_does() {
    Map<String, Set<String>> allowed = new TreeMap<>();
    Map<String, Set<String>> used = new TreeMap<>();

    doEverything();

    for (String function : functionsOfTheStore()) {
      allowed.put(function, StoreActions.allowed(function));
      used.put(function, new TreeSet<>(api.http.actionsOf(function)));
    }
    assertEquals(allowed, used);
  }

  @Test
  void no_role_has_a_star() {
    for (String function : functionsOfTheStore()) {
      for (Permission permission : TEMPLATE.permissions(function)) {
        for (String word : permission.actions()) {
          assertEquals(-1, word.indexOf('*'), function);
        }
        for (String word : permission.resources()) {
          assertEquals(-1, word.indexOf('*'), function);
        }
      }
    }
  }

  @Test
  void roles_allow_the_same_on_a_restored_table() {
    Template restored =
        Template.read(
            TestStore.root().resolve("template.yaml"),
            Map.of("RestoredTable", "restored", "RestoredTableSchema", "1"));

    for (String function : TEMPLATE.functions().keySet()) {
      assertEquals(
          StoreActions.allowed(function),
          StoreActions.allowed(restored, "restored", function),
          function);
      assertEquals("restored", restored.function(function).environment().get("TABLE_NAME"));
    }
  }

  /** All but the one that asks AWS about deployments: {@link CheckVersionTest}. */
  private static Set<String> functionsOfTheStore() {
    Set<String> functions = new TreeSet<>(TEMPLATE.functions().keySet());
    functions.remove("CheckVersionFunction");
    return functions;
  }

  private void doEverything() {
    api.register(PUBLISHER);
    String managed = "/integrations/" + api.create(ALICE, MANAGED).id();
    keyed("/integrations", MANAGED);
    for (Caller caller : new Caller[] {ALICE, PUBLISHER}) {
      api.get(caller, "/integrations").send();
      api.get(caller, managed).send();
      api.put(caller, managed).body("{\"name\":\"One\"}").send();
      api.patch(caller, managed).body("[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]").send();
      api.post(caller, managed + "/clone").send();
    }
    // Faults of members that hang on the publisher.
    api.put(ALICE, managed).body("{\"mode\":1}").send();
    keyed(managed + "/clone", "{}");
    keyed("/integrations/ffffffffffffffffffffffff/clone", "{}");
    // A connector that is not registered must not be at the moment of the copy either.
    String unregistered =
        api.create(ALICE, "{\"name\":\"One\",\"_connectorId\":\"5f0000000000000000000009\"}").id();
    api.post(ALICE, "/integrations/" + unregistered + "/clone").send();

    api.put(PUBLISHER, "/connectors/57179182e0a908200c2781d9/update")
        .body("{\"_integrationIds\":[\"" + managed.substring("/integrations/".length()) + "\"]}")
        .send();
    api.get(PUBLISHER, "/connectors/57179182e0a908200c2781d9/installBase").send();
    api.get(ALICE, "/tokenInfo").send();
    operate(managed.substring("/integrations/".length()));
    String snapshot = "";
    for (Caller caller : new Caller[] {ALICE, PUBLISHER}) {
      api.get(caller, managed + "/audit").send();
      api.get(caller, managed + "/revisions").send();
      String create = managed + "/revisions/create?ignoreIfNoChanges=true";
      snapshot = managed + "/revisions/" + api.post(ALICE, create).send().id();
      api.post(caller, create).send();
      api.get(caller, snapshot).send();
      api.get(caller, snapshot + "/diff").send();
      api.put(PUBLISHER, managed).body("{\"name\":\"Two\"}").send();
      api.post(caller, snapshot + "/revert").send();
    }
    keyed(snapshot + "/revert", "{}");
    keyed(managed + "/revisions/ffffffffffffffffffffffff/revert", "{}");
    api.delete(ALICE, managed).send();
    api.post(ALICE, snapshot + "/revert").send();
    api.delete(PUBLISHER, "/integrations/" + unregistered).send();
  }

  private void operate(String id) {
    api.invoke("ReportLocksFunction", "{}");
    api.invoke(
        "BreakLockFunction",
        "{\"_integrationId\":\"" + id + "\",\"by\":\"ann\",\"reason\":\"gone\"}");
    api.invoke("MintTokenFunction", "{\"_userId\":\"alice\"}");
    api.invoke("MintTokenFunction", "{\"_connectorId\":\"alice\"}");
    api.invoke("RevokeTokenFunction", "{\"_tokenId\":\"" + "f".repeat(64) + "\"}");
    assertThrows(
        RuntimeException.class,
        () ->
            api.invoke(
                "AuthorizerFunction",
                "{\"methodArn\":\"a/b\",\"authorizationToken\":\"Bearer no\"}"));
  }

  private void keyed(String path, String body) {
    for (int i = 0; i < 2; i++) {
      api.post(ALICE, path).header("Idempotency-Key", path).body(body).send();
    }
  }
}
