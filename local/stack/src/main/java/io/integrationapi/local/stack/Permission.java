package io.integrationapi.local.stack;

import java.util.List;

/**
 * What a statement of a function's policies allows. A laptop asks nobody for leave; the tests hold
 * it against what the function does.
 *
 * @param actions as IAM writes them, {@code dynamodb:GetItem}
 * @param resources ARNs, resolved
 */
public record Permission(List<String> actions, List<String> resources) {

  /** Copies both, so that a permission stays what it is. */
  public Permission {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
  }
}
