package io.integrationapi.edge;

import io.integrationapi.domain.AccountId;
import io.integrationapi.domain.ConnectorId;
import io.integrationapi.domain.IntegrationId;
import io.integrationapi.domain.MintToken;
import io.integrationapi.domain.Principal;
import io.integrationapi.domain.Scope;
import io.integrationapi.domain.TokenHash;
import io.integrationapi.domain.Validated;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what operators ask for (contract section 8). A member that is not known is refused by its
 * name: what was meant by a misspelt {@code expiresInSeconds} is not a token for ever.
 */
public final class OperatorRequests {
  /** The longest life of a token, in seconds: ten years. */
  private static final long MAX_LIFETIME = 315_360_000;

  private static final String USER = "_userId";
  private static final String CONNECTOR = "_connectorId";
  private static final String TOKEN = "_tokenId";
  private static final String INTEGRATION = "_integrationId";

  private OperatorRequests() {}

  /** Who does it and why, as they said it; both may be null where the contract does not ask. */
  public record Attribution(@Nullable String by, @Nullable String reason) {}

  /** A token to be minted. */
  public record Minting(MintToken.Request token, Attribution attribution) {}

  /** A token to be revoked. */
  public record Revocation(TokenHash hash, Attribution attribution) {}

  /** A lock to be broken. */
  public record LockBreaking(IntegrationId id, Attribution attribution) {}

  /** Nothing in particular. */
  public record Anything() {}

  /** For {@code MintTokenFunction}. */
  public static Validated<Minting> mint(JsonNode input) {
    OperatorInput in = new OperatorInput(input);
    in.allow(Set.of(USER, CONNECTOR, "scope", "expiresInSeconds", "label", "by", "reason"));
    Optional<String> user = in.id(USER, AccountId.MAX_LENGTH);
    Optional<String> connector = in.id(CONNECTOR, ConnectorId.MAX_LENGTH);
    if (in.has(USER) && in.has(CONNECTOR)) {
      in.wrong(CONNECTOR, "left out where there is a _userId");
    } else if (!in.has(USER) && !in.has(CONNECTOR)) {
      in.missing(USER, "_userId or _connectorId is required.");
    }
    Scope scope = scope(in);
    Optional<Duration> lifetime =
        in.number("expiresInSeconds", 1, MAX_LIFETIME).map(Duration::ofSeconds);
    Optional<String> label = in.text("label", OperatorInput.MAX_WORDS);
    Attribution attribution = attribution(in);
    return in.read(() -> {
      Principal principal =
          user.<Principal>map(id -> new Principal.Account(new AccountId(id), scope))
              .or(() -> connector.map(id -> new Principal.Connector(new ConnectorId(id), scope)))
              .orElseThrow();
      return new Minting(
          new MintToken.Request(principal, lifetime.orElse(null), label.orElse(null)), attribution);
    });
  }

  /** For {@code RevokeTokenFunction}. */
  public static Validated<Revocation> revoke(JsonNode input) {
    OperatorInput in = new OperatorInput(input);
    in.allow(Set.of(TOKEN, "by", "reason"));
    Optional<TokenHash> hash =
        in.required(TOKEN, "64 hexadecimal digits, as minting answered them", TokenHash::parse);
    Attribution attribution = attribution(in);
    return in.read(() -> new Revocation(hash.orElseThrow(), attribution));
  }

  /** For {@code BreakLockFunction}. */
  public static Validated<LockBreaking> breakLock(JsonNode input) {
    OperatorInput in = new OperatorInput(input);
    in.allow(Set.of(INTEGRATION, "by", "reason"));
    Optional<IntegrationId> id =
        in.required(INTEGRATION, "24 lower-case hexadecimal digits", IntegrationId::parse);
    for (String name : new String[] {"reason", "by"}) {
      if (!in.has(name)) {
        in.missing(name, name + " is required.");
      }
    }
    Attribution attribution = attribution(in);
    return in.read(() -> new LockBreaking(id.orElseThrow(), attribution));
  }

  /** For functions that a schedule invokes. */
  public static Validated<Anything> anything(JsonNode input) {
    return Validated.valid(new Anything());
  }

  private static Scope scope(OperatorInput in) {
    String word = in.text("scope", OperatorInput.MAX_WORDS).orElse("full");
    return switch (word) {
      case "full" -> Scope.FULL;
      case "read" -> Scope.READ;
      default -> {
        in.wrong("scope", "full or read");
        yield Scope.READ;
      }
    };
  }

  private static Attribution attribution(OperatorInput in) {
    return new Attribution(
        in.text("by", OperatorInput.MAX_WORDS).orElse(null),
        in.text("reason", OperatorInput.MAX_WORDS).orElse(null));
  }
}
