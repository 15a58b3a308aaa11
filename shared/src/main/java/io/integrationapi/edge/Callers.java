package io.integrationapi.edge;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.Map;

/**
 * Who calls, as the authorizer told the gateway, and whether the route is for them (contract
 * section 1). The gateway's policy lets a token in; what it may do there is decided here.
 */
final class Callers {
  private static final String KIND = "kind";
  private static final String ID = "id";
  private static final String SCOPE = "scope";
  private static final String ACCOUNT = "account";
  private static final String CONNECTOR = "connector";
  private static final String FULL = "full";
  private static final String READ = "read";

  private Callers() {}

  /** The words by which {@link #reader} knows the principal again. */
  static Map<String, String> context(Principal principal) {
    String scope = principal.scope() == Scope.FULL ? FULL : READ;
    return switch (principal) {
      case Principal.Account(AccountId id, var _) ->
          Map.of(KIND, ACCOUNT, ID, id.value(), SCOPE, scope);
      case Principal.Connector(ConnectorId id, var _) ->
          Map.of(KIND, CONNECTOR, ID, id.value(), SCOPE, scope);
    };
  }

  /** The one name of a principal, in policies and in the access log. */
  static String principalId(Principal principal) {
    Map<String, String> words = context(principal);
    return words.get(KIND) + ":" + words.get(ID);
  }

  /** Any caller. */
  static Validated<Principal> reader(ProxyRequest request) {
    Map<String, Object> context = request.authorizer();
    if (!(context.get(KIND) instanceof String kind
        && context.get(ID) instanceof String id
        && context.get(SCOPE) instanceof String word)) {
      throw new IllegalStateException(
          "the event names no principal: is the route's authorizer on?");
    }
    Scope scope = word.equals(FULL) ? Scope.FULL : Scope.READ;
    return Validated.valid(
        kind.equals(CONNECTOR)
            ? new Principal.Connector(new ConnectorId(id), scope)
            : new Principal.Account(new AccountId(id), scope));
  }

  /** A caller whose token writes. */
  static Validated<Principal> writer(ProxyRequest request) {
    return reader(request)
        .then(principal ->
            principal.scope() == Scope.FULL
                ? Validated.valid(principal)
                : forbidden("This token can only read."));
  }

  /** The account that calls. */
  static Validated<AccountId> account(Principal principal) {
    return switch (principal) {
      case Principal.Account(AccountId id, var _) -> Validated.valid(id);
      case Principal.Connector _ -> forbidden("This route requires an account's token.");
    };
  }

  /** The connector that calls, if the path names it; another's is unknown to it. */
  static Validated<ConnectorId> connector(ProxyRequest request, Principal principal) {
    return switch (principal) {
      case Principal.Account _ -> forbidden("This route requires a connector's token.");
      case Principal.Connector(ConnectorId id, var _) ->
          id.value().equals(request.pathId())
              ? Validated.valid(id)
              : Validated.invalid(FaultCode.NOT_FOUND, "There is no such connector.");
    };
  }

  private static <T> Validated<T> forbidden(String message) {
    return Validated.invalid(FaultCode.FORBIDDEN, message);
  }
}
