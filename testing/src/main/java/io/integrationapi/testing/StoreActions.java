package io.integrationapi.testing;

import io.integrationapi.local.stack.Permission;
import io.integrationapi.local.stack.Template;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * IAM's actions on the table, each with what it is done to: {@code dynamodb:Query index/byLock},
 * {@code dynamodb:GetItem table}.
 */
public final class StoreActions {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, Set<String>> ALLOWED = new ConcurrentHashMap<>();

  private StoreActions() {}

  /**
   * What a request needs leave for. A transaction is authorised action by action (DynamoDB's
   * developer guide, "Using IAM with DynamoDB transactions").
   *
   * @param operation the one of DynamoDB's API, {@code Query} for instance
   */
  public static Set<String> of(String operation, byte[] body) {
    JsonNode request = JSON.readTree(body);
    Set<String> actions = new TreeSet<>();
    if (operation.equals("TransactWriteItems")) {
      for (JsonNode item : request.path("TransactItems").values()) {
        item.propertyNames().forEach(kind -> actions.add("dynamodb:" + actionOf(kind) + " table"));
      }
    } else {
      JsonNode index = request.path("IndexName");
      String target = index.isString() ? "index/" + index.stringValue() : "table";
      actions.add("dynamodb:" + operation + " " + target);
    }
    return actions;
  }

  /** What the template lets a function do. */
  public static Set<String> allowed(String function) {
    Template template = TestStore.template();
    return ALLOWED.computeIfAbsent(
        function, name -> Set.copyOf(allowed(template, template.tables().getFirst().name(), name)));
  }

  /**
   * What a template lets a function do. A resource that is neither the table nor an index or a
   * stream of it is named as the template does, so that it equals nothing that a request needs.
   */
  public static Set<String> allowed(Template template, String table, String function) {
    String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/" + table;
    Set<String> actions = new TreeSet<>();
    for (Permission permission : template.permissions(function)) {
      for (String action : permission.actions()) {
        for (String resource : permission.resources()) {
          actions.add(action + " " + target(resource, arn));
        }
      }
    }
    return actions;
  }

  private static String target(String resource, String table) {
    if (resource.equals(table)) {
      return "table";
    }
    return resource.startsWith(table + "/index/") || resource.startsWith(table + "/stream/")
        ? resource.substring(table.length() + 1)
        : resource;
  }

  private static String actionOf(String kind) {
    return kind.equals("ConditionCheck") ? "ConditionCheckItem" : kind + "Item";
  }
}
