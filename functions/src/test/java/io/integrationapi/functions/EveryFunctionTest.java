package io.integrationapi.functions;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEvent;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One request that succeeds through each function of the template, on whichever store there is. */
@EveryStore
class EveryFunctionTest {
  private static final Template TEMPLATE = TestStore.template();
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  /** All requests there are; a function that is new has one more line here. */
  private static final Map<String, Request> REQUESTS =
      Map.ofEntries(
          entry("AuthorizerFunction", EveryFunctionTest::authorize),
          entry(
              "ListIntegrationsFunction",
              it -> it.answers(200, it.api.get(ALICE, "/integrations").send())),
          entry("GetIntegrationFunction", it -> it.answers(200, it.api.get(ALICE, it.own).send())),
          entry(
              "CreateIntegrationFunction",
              it -> it.answers(201, it.api.create(ALICE, "{\"name\":\"New\"}"))),
          entry(
              "ReplaceIntegrationFunction",
              it -> it.answers(200, it.api.put(ALICE, it.own).body("{\"name\":\"New\"}").send())),
          entry(
              "PatchIntegrationFunction",
              it ->
                  it.answers(
                      200,
                      it.api
                          .patch(ALICE, it.own)
                          .body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"New\"}]")
                          .send())),
          entry(
              "DeleteIntegrationFunction",
              it -> it.answers(204, it.api.delete(ALICE, it.own).send())),
          entry(
              "CloneIntegrationFunction",
              it -> it.answers(201, it.api.post(ALICE, it.own + "/clone").send())),
          entry(
              "ListAuditFunction",
              it -> it.answers(200, it.api.get(ALICE, it.own + "/audit").send())),
          entry(
              "ListRevisionsFunction",
              it -> it.answers(200, it.api.get(ALICE, it.own + "/revisions").send())),
          entry(
              "CreateSnapshotFunction",
              it -> it.answers(201, it.api.post(ALICE, it.own + "/revisions/create").send())),
          entry(
              "GetRevisionFunction",
              it -> it.answers(200, it.api.get(ALICE, it.revision()).send())),
          entry(
              "GetRevisionDiffFunction",
              it -> it.answers(200, it.api.get(ALICE, it.revision() + "/diff").send())),
          entry(
              "RevertIntegrationFunction",
              it -> it.answers(200, it.api.post(ALICE, it.revision() + "/revert").send())),
          entry("BeginUpdateFunction", EveryFunctionTest::beginUpdate),
          entry(
              "ListInstallBaseFunction",
              it ->
                  it.answers(
                      200,
                      it.api
                          .get(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/installBase")
                          .send())),
          entry(
              "GetTokenInfoFunction",
              it -> it.answers(200, it.api.get(ALICE, "/tokenInfo").send())),
          entry("ConsoleFunction", it -> it.operate("ConsoleFunction", "{}", "statusCode")),
          entry(
              "MintTokenFunction",
              it -> it.operate("MintTokenFunction", "{\"_userId\":\"alice\"}", "token")),
          entry(
              "RevokeTokenFunction",
              it ->
                  it.operate(
                      "RevokeTokenFunction",
                      "{\"_tokenId\":\"" + it.token().value() + "\"}",
                      "revoked")),
          entry("BreakLockFunction", EveryFunctionTest::breakLock),
          // What it is for takes a CodeDeploy: CheckVersionTest.
          entry("CheckVersionFunction", it -> it.operate("CheckVersionFunction", "{}", "errors")),
          entry("ReportLocksFunction", it -> it.operate("ReportLocksFunction", "{}", "locks")),
          entry("RecordChangesFunction", EveryFunctionTest::recordChanges));

  private final Api api = new Api();
  private String own = "";
  private String managed = "";

  /** A request, and what is expected of its answer. */
  private interface Request {
    void send(EveryFunctionTest it);
  }

  @BeforeEach
  void twoIntegrations() {
    api.register(PUBLISHER);
    own = "/integrations/" + api.create(ALICE, "{\"name\":\"Own\"}").id();
    managed =
        api.create(ALICE, "{\"name\":\"M\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}").id();
  }

  @ParameterizedTest
  @MethodSource("driven")
  void function_answers_a_request(String function) {
    api.called.clear();

    requireNonNull(REQUESTS.get(function)).send(this);

    assertEquals(Set.of(function), api.called);
  }

  @Test
  void every_function_of_the_template_is_driven() {
    assertEquals(TEMPLATE.functions().keySet(), REQUESTS.keySet());
  }

  static Stream<String> driven() {
    return REQUESTS.keySet().stream().sorted();
  }

  private void recordChanges() {
    assertEquals(List.of(), api.record(api.takeRecords()));

    List<HistoryEvent> events = new ArrayList<>();
    Principal alice = new Principal.Account(new AccountId(ALICE.id()), Scope.FULL);
    IntegrationId id = new IntegrationId(own.substring("/integrations/".length()));
    var _ =
        api.components
            .history()
            .list(
                alice,
                id,
                new History.Request(History.View.AUDIT, 10, null),
                entry -> events.add(entry.event()))
            .orElseThrow();
    assertEquals(List.of(HistoryEvent.CREATE), events);
  }

  private void answers(int status, Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
  }

  /** What an operator is answered has this member. */
  private void operate(String function, String input, String member) {
    JsonNode answer = JsonText.readTrusted(api.invoke(function, input));
    assertTrue(answer.has(member), answer::toString);
  }

  /** The path of a snapshot of the account's own. */
  private String revision() {
    String path = own + "/revisions/" + api.post(ALICE, own + "/revisions/create").send().id();
    api.called.clear();
    return path;
  }

  private TokenHash token() {
    Principal principal = new Principal.Account(new AccountId("alice"), Scope.FULL);
    TokenHash hash = TokenHash.of("good");
    api.components.tokens().add(new Token(hash, principal, null, null, null));
    return hash;
  }

  private void authorize() {
    token();

    JsonNode answer =
        JsonText.readTrusted(
            api.invoke(
                "AuthorizerFunction",
                """
                {"type":"TOKEN","authorizationToken":"Bearer good",\
                "methodArn":"arn:aws:execute-api:eu-west-1:1:api/v1/GET/integrations"}\
                """));

    assertEquals("alice", answer.path("context").path("id").asString());
  }

  private void breakLock() {
    beginUpdate();
    api.called.clear();

    JsonNode answer =
        JsonText.readTrusted(
            api.invoke(
                "BreakLockFunction",
                "{\"_integrationId\":\"" + managed + "\",\"by\":\"a\",\"reason\":\"b\"}"));

    assertTrue(answer.path("broken").booleanValue(), answer::toString);
  }

  private void beginUpdate() {
    Reply reply =
        api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
            .body("{\"_integrationIds\":[\"" + managed + "\"]}")
            .send();

    answers(200, reply);
    assertTrue(String.valueOf(reply.body()).contains("\"started\""), reply::toString);
  }
}
