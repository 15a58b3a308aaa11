package io.integrationapi.edge;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who calls, as the authorizer told the gateway, and whether the route is for them (contract
 * section 1). The gateway's policy lets a token in; what it may do there is decided here.
 */
final class Callers {
  private static final String KIND = "kind";
  private static final String ID = "id";
  private static final String SCOPE = "scope";
  private static final String TOKEN = "tokenId";
  private static final String LABEL = "label";
  private static final String ACCOUNT = "account";
  private static final String CONNECTOR = "connector";
  private static final String FULL = "full";
  private static final String READ = "read";

  private Callers() {}

  /** The words by which {@link #bearer} knows the bearer again. */
  static Map<String, String> context(Author.Bearer bearer) {
    Map<String, String> words = new LinkedHashMap<>();
    switch (bearer.principal()) {
      case Principal.Account(AccountId id, var _) -> {
        words.put(KIND, ACCOUNT);
        words.put(ID, id.value());
      }
      case Principal.Connector(ConnectorId id, var _) -> {
        words.put(KIND, CONNECTOR);
        words.put(ID, id.value());
      }
    }
    words.put(SCOPE, bearer.principal().scope() == Scope.FULL ? FULL : READ);
    if (bearer.tokenId() != null) {
      words.put(TOKEN, bearer.tokenId().value());
    }
    if (bearer.label() != null) {
      words.put(LABEL, bearer.label());
    }
    return words;
  }

  /** The one name of a principal, in policies and in the access log. */
  static String principalId(Principal principal) {
    return switch (principal) {
      case Principal.Account(AccountId id, var _) -> ACCOUNT + ":" + id;
      case Principal.Connector(ConnectorId id, var _) -> CONNECTOR + ":" + id;
    };
  }

  /** Any caller. */
  static Validated<Principal> reader(ProxyRequest request) {
    return Validated.valid(bearer(request).principal());
  }

  /** A caller whose token writes. */
  static Validated<Author.Bearer> writer(ProxyRequest request) {
    Author.Bearer bearer = bearer(request);
    return bearer.principal().scope() == Scope.FULL
        ? Validated.valid(bearer)
        : forbidden("This token can only read.");
  }

  private static Author.Bearer bearer(ProxyRequest request) {
    Map<String, Object> context = request.authorizer();
    if (!(context.get(KIND) instanceof String kind
        && context.get(ID) instanceof String id
        && context.get(SCOPE) instanceof String word)) {
      throw new IllegalStateException(
          "the event names no principal: is the route's authorizer on?");
    }
    Scope scope = word.equals(FULL) ? Scope.FULL : Scope.READ;
    return new Author.Bearer(
        kind.equals(CONNECTOR)
            ? new Principal.Connector(new ConnectorId(id), scope)
            : new Principal.Account(new AccountId(id), scope),
        // While a deployment is under way, the authorizer may be of the version before.
        context.get(TOKEN) instanceof String token ? TokenHash.parse(token).orElse(null) : null,
        context.get(LABEL) instanceof String label ? label : null);
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
