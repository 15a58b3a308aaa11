package io.integrationapi.functions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.history.FieldChanges;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.HistoryEvent;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.local.stack.Permission;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.StoreActions;
import io.integrationapi.testing.TestStore;
import java.util.List;
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

  /** What Lambda does in the name of the function that the stream's records go to. */
  private static final Set<String> OF_LAMBDA =
      Set.of(
          "dynamodb:DescribeStream stream/local",
          "dynamodb:GetRecords stream/local",
          "dynamodb:GetShardIterator stream/local",
          "dynamodb:ListStreams stream/local");

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
    requireNonNull(used.get("RecordChangesFunction")).addAll(OF_LAMBDA);
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
            Map.of(
                "RestoredTable",
                "restored",
                "RestoredTableSchema",
                "1",
                "RestoredTableStreamArn",
                "arn:aws:dynamodb:us-east-1:000000000000:table/restored/stream/local"));

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
    record();
  }

  private void record() {
    Principal alice = new Principal.Account(new AccountId(ALICE.id()), Scope.FULL);
    String id = api.create(ALICE, "{\"name\":\"Named\"}").id();
    History history = api.components.history();
    History.Present present = history.present(alice, new IntegrationId(id)).orElseThrow();
    Integration integration = present.integration();
    // A snapshot, which a deletion gives an end.
    history.keep(
        integration.account(),
        integration.id(),
        new HistoryEntry(
            RevisionId.ofSnapshot(present.number(), integration.lastModified()),
            present.number(),
            null,
            HistoryEvent.SNAPSHOT,
            integration.lastModified(),
            integration.lastWrite().author(),
            "",
            null,
            integration.revision(),
            "named",
            FieldChanges.NONE),
        null,
        null);
    api.delete(ALICE, "/integrations/" + id).send();
    assertEquals(List.of(), api.record(api.takeRecords()));
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
