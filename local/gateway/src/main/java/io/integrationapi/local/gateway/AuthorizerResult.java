package io.integrationapi.local.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an authorizer answered about a token.
 *
 * <p>Not known here are {@code Condition}, {@code NotAction} and {@code NotResource}: a policy with
 * one of them is refused, rather than read as if it were not there.
 */
record AuthorizerResult(String principalId, Policy policy, Map<String, String> context) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads it; empty if it is no result, which AWS calls a configuration error. */
  static Optional<AuthorizerResult> read(byte[] output) {
    JsonNode result;
    try {
      result = JSON.readTree(output);
    } catch (JacksonException e) {
      return Optional.empty();
    }

    JsonNode principal = result.path("principalId");
    Optional<Map<String, String>> context = context(result.path("context"));
    Optional<Policy> policy = policy(result.path("policyDocument").path("Statement"));
    if (!principal.isString() || context.isEmpty() || policy.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new AuthorizerResult(principal.asString(), policy.get(), context.get()));
  }

  /** Text, numbers and booleans become text; anything else is an error. */
  private static Optional<Map<String, String>> context(JsonNode context) {
    var texts = new LinkedHashMap<String, String>();
    if (context.isMissingNode() || context.isNull()) {
      return Optional.of(texts);
    }
    if (!context.isObject()) {
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> entry : context.properties()) {
      if (!entry.getValue().isValueNode()) {
        return Optional.empty();
      }
      if (!entry.getValue().isNull()) {
        texts.put(entry.getKey(), entry.getValue().asString());
      }
    }
    return Optional.of(texts);
  }

  private static Optional<Policy> policy(JsonNode written) {
    var statements = new ArrayList<Policy.Statement>();
    for (JsonNode statement : written.isArray() ? written : List.of(written)) {
      String effect = statement.path("Effect").asString("");
      List<String> actions = texts(statement.path("Action"));
      List<String> resources = texts(statement.path("Resource"));
      boolean known = effect.equals("Allow") || effect.equals("Deny");
      if (!known || actions.isEmpty() || resources.isEmpty() || statement.has("Condition")) {
        return Optional.empty();
      }
      statements.add(new Policy.Statement(effect.equals("Allow"), actions, resources));
    }
    return Optional.of(new Policy(statements));
  }

  private static List<String> texts(JsonNode node) {
    if (node.isString()) {
      return List.of(node.asString());
    }
    var texts = new ArrayList<String>();
    for (JsonNode item : node) {
      if (!item.isString()) {
        return List.of();
      }
      texts.add(item.asString());
    }
    return texts;
  }
}
