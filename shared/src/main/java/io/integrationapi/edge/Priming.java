package io.integrationapi.edge;

import io.integrationapi.domain.JsonText;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request that warms a handler before a snapshot of its process is taken (Lambda's developer
 * guide, "Improving startup performance with Lambda SnapStart"). It goes the way of a real one up
 * to its first read of the store, and ends in a refusal there, for it is about an integration, an
 * account and a connector that nobody has; so it changes nothing.
 */
public final class Priming {
  /** Nobody's {@code _id}, {@code _userId} and {@code _connectorId}. */
  private static final String NOBODY = "000000000000000000000000";

  private final String kind;
  private final String body;

  private Priming(String kind, String body) {
    this.kind = kind;
    this.body = body;
  }

  /** A connector's request without a body: it looks for the integration, and finds none. */
  static Priming withoutBody() {
    return new Priming("connector", "");
  }

  /** A connector's request: it looks for the integration, and finds none. */
  public static Priming withBody(String body) {
    return new Priming("connector", body);
  }

  /** An account's request, which must be one that the store is only read for. */
  public static Priming byAccount(String body) {
    return new Priming("account", body);
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
    event.putObject("pathParameters").put("_id", NOBODY);
    ObjectNode context = event.putObject("requestContext").put("requestId", "priming");
    context.putObject("authorizer").put("kind", kind).put("id", NOBODY).put("scope", "full");
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    return JsonText.write(event).getBytes(StandardCharsets.UTF_8);
  }
}
