package io.integrationapi.proof;

import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.functions.Api;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.proof.SimulatedNetwork.Sender;
import io.integrationapi.testing.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clients of all histories, each with functions, a line to the store and a clock of its own.
 * Histories follow one another in one table, each with accounts and connectors of its own.
 */
final class Clients {
  static final int COUNT = 7;

  /** Reads at the end what is there, over a line without faults. */
  static final int LAST_READER = COUNT - 1;

  /** A function's own times, but for the pauses, which would be real. */
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(4), Duration.ofSeconds(7), Duration.ofNanos(1));

  final SimulatedNetwork network = new SimulatedNetwork();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Api> apis = new ArrayList<>();
  private final long[] skews = new long[COUNT];
  private int histories;

  Clients() {
    Map<String, String> environment = TestStore.environment();
    for (int i = 0; i < COUNT; i++) {
      int client = i;
      Sender sender = network.sender("client " + client);
      senders.add(sender);
      apis.add(
          new Api(environment, sender, () -> World.BEGINNING.plusMillis(clock(client)), POLICY));
    }
  }

  /** Begins another history. */
  void begin(Setting setting) {
    histories++;
    for (int i = 0; i < COUNT; i++) {
      skews[i] = setting.skew(i);
    }
    apis.getFirst().register(connector());
  }

  /** What a client's clock shows, in milliseconds since the beginning. */
  long clock(int client) {
    return network.now() / World.CLOCK_STEP * World.CLOCK_STEP + skews[client] + client;
  }

  Sender sender(int client) {
    return senders.get(client);
  }

  private Caller connector() {
    return Caller.connector("%024x".formatted(0x571_0000_0000L + histories));
  }

  private Caller account() {
    return Caller.account("account " + histories);
  }

  private Caller caller(Call.Who who) {
    return switch (who) {
      case ACCOUNT, OPERATOR -> account();
      case CONNECTOR -> connector();
      case READ_ONLY -> account().readOnly();
      case OTHER_ACCOUNT -> Caller.account("other account " + histories);
      case OTHER_CONNECTOR -> Caller.connector("%024x".formatted(0x572_0000_0000L + histories));
    };
  }

  /** Carries a call out. */
  Reply send(int client, Call call) {
    Api api = apis.get(client);
    api.takeLog();
    Caller caller = caller(call.who());
    String path = "/integrations/" + (call.target() == null ? "f".repeat(24) : call.target());
    Api.Call request =
        switch (call.kind()) {
          case CREATE -> api.post(caller, "/integrations").body(created(call));
          case CLONE -> clone(api.post(caller, path + "/clone"), call);
          case PUT -> api.put(caller, path).body(call.content().json().toString());
          case PATCH -> api.patch(caller, path).body(patch(call).toString());
          case DELETE -> api.delete(caller, path);
          case GET -> api.get(caller, path);
          case LIST -> api.get(caller, "/integrations");
          case INSTALL_BASE -> api.get(caller, "/connectors/" + caller.id() + "/installBase");
          case BEGIN ->
              api.put(caller, "/connectors/" + caller.id() + "/update")
                  .body("{\"_integrationIds\":[\"" + path.substring(path.length() - 24) + "\"]}");
          case BREAK -> null;
        };
    if (request == null) {
      return breakLock(api, path.substring(path.length() - 24));
    }
    if (call.tag() != null) {
      request.header(call.kind() == Call.Kind.GET ? "If-None-Match" : "If-Match", call.tag());
    }
    if (call.key() != null) {
      request.header("Idempotency-Key", call.key());
    }
    return request.send();
  }

  private String created(Call call) {
    ObjectNode body = call.content().json();
    if (call.managed()) {
      body.put("_connectorId", connector().id());
    }
    return body.toString();
  }

  private static Api.Call clone(Api.Call request, Call call) {
    return call.content().name().isEmpty()
        ? request
        : request.body("{\"name\":\"" + call.content().name() + "\"}");
  }

  private static ArrayNode patch(Call call) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    if (call.test() != null) {
      patch.addObject().put("op", "test").put("path", "/name").put("value", call.test());
    }
    JsonNode members = call.content().json();
    members.forEachEntry((name, value) -> {
      if (!name.equals("name") || !call.content().name().isEmpty()) {
        patch.addObject().put("op", "add").put("path", "/" + name).set("value", value);
      }
    });
    return patch;
  }

  private static Reply breakLock(Api api, String id) {
    String answer =
        api.invoke(
            "BreakLockFunction",
            "{\"_integrationId\":\"" + id + "\",\"by\":\"ann\",\"reason\":\"history\"}");
    return new Reply(200, Map.of(), answer);
  }
}
