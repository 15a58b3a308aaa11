package io.integrationapi.edge;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.json.JsonText;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request that warms a handler before a snapshot of its process is taken (Lambda's developer
 * guide, "Improving startup performance with Lambda SnapStart"). It goes the way of a real one and
 * changes nothing, for it is about an integration, an account and a connector that nobody has.
 */
public final class Priming {
  /** Nobody's {@code _id}, {@code _userId} and {@code _connectorId}. */
  private static final String NOBODY = "000000000000000000000000";

  private static final Principal ACCOUNT = new Principal.Account(new AccountId(NOBODY), Scope.FULL);
  private static final Principal CONNECTOR =
      new Principal.Connector(new ConnectorId(NOBODY), Scope.FULL);

  private final Principal caller;
  private final String body;

  private Priming(Principal caller, String body) {
    this.caller = caller;
    this.body = body;
  }

  /** A connector's request without a body: it looks for the integration, and finds none. */
  static Priming withoutBody() {
    return new Priming(CONNECTOR, "");
  }

  /** A connector's request: it looks for the integration, and finds none. */
  public static Priming withBody(String body) {
    return new Priming(CONNECTOR, body);
  }

  /** An account's request, which must be one that the store is only read for. */
  public static Priming byAccount(String body) {
    return new Priming(ACCOUNT, body);
  }

  /** The body of the update of an integration that nobody has. */
  public static String idList() {
    return "{\"_integrationIds\":[\"" + NOBODY + "\"]}";
  }

  /** A new integration whose connector is looked for, and whose mode is then refused. */
  public static String refusedIntegration() {
    return "{\"name\":\"-\",\"_connectorId\":\"" + NOBODY + "\",\"mode\":\"-\"}";
  }

  byte[] event() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", "/priming").put("path", "/priming").put("httpMethod", "GET");
    event.putObject("headers").put("Content-Type", "application/json");
    event.putObject("pathParameters").put("_id", NOBODY).put("_revisionId", NOBODY);
    ObjectNode context = event.putObject("requestContext").put("requestId", "priming");
    ObjectNode authorizer = context.putObject("authorizer");
    Callers.context(new Author.Bearer(caller, null, null)).forEach(authorizer::put);
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    return JsonText.write(event).getBytes(StandardCharsets.UTF_8);
  }
}
