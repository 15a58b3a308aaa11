package io.integrationapi.edge;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.MintToken;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.access.TokenHash;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.json.Validated;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
  private static final String FULL = "full";
  private static final String READ = "read";

  private OperatorRequests() {}

  /** What an operator's function is asked for. */
  public sealed interface OperatorRequest {
    /**
     * What the audit log says of it whatever becomes of it: the action, who asks for it and why,
     * and what it is about. Nothing if no operator asked.
     */
    Optional<ObjectNode> auditEntry();
  }

  /** Who does it and why, as they said it; both may be null where the contract does not ask. */
  public record Attribution(@Nullable String by, @Nullable String reason) {
    ObjectNode entry(String action) {
      ObjectNode entry = JsonNodeFactory.instance.objectNode().put("action", action);
      if (by != null) {
        entry.put("by", by);
      }
      if (reason != null) {
        entry.put("reason", reason);
      }
      return entry;
    }
  }

  /** A token to be minted. */
  public record Minting(MintToken.Request token, Attribution attribution)
      implements OperatorRequest {
    @Override
    public Optional<ObjectNode> auditEntry() {
      ObjectNode entry = attribution.entry("mint_token");
      switch (token.principal()) {
        case Principal.Account account -> entry.put(USER, account.id().value());
        case Principal.Connector connector -> entry.put(CONNECTOR, connector.id().value());
      }
      entry.put("scope", word(token.principal().scope()));
      if (token.label() != null) {
        entry.put("label", token.label());
      }
      return Optional.of(entry);
    }
  }

  /** A token to be revoked. */
  public record Revocation(TokenHash hash, Attribution attribution) implements OperatorRequest {
    @Override
    public Optional<ObjectNode> auditEntry() {
      return Optional.of(attribution.entry("revoke_token").put(TOKEN, hash.value()));
    }
  }

  /** A lock to be broken. */
  public record LockBreaking(IntegrationId id, Attribution attribution) implements OperatorRequest {
    /** Who breaks it. */
    public Author author() {
      return new Author.Operator(attribution.by());
    }

    @Override
    public Optional<ObjectNode> auditEntry() {
      return Optional.of(attribution.entry("break_lock").put(INTEGRATION, id.value()));
    }
  }

  /** A schedule's request, which asks for nothing in particular. */
  public record Scheduled() implements OperatorRequest {
    @Override
    public Optional<ObjectNode> auditEntry() {
      return Optional.empty();
    }
  }

  /**
   * CodeDeploy's question whether callers may be moved to a new version.
   *
   * @param deploymentId the deployment that moves them
   * @param hookId which of the deployment's questions it is
   */
  public record Rollout(String deploymentId, String hookId) implements OperatorRequest {
    @Override
    public Optional<ObjectNode> auditEntry() {
      return Optional.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("action", "check_version")
              .put("deployment", deploymentId));
    }
  }

  static String word(Scope scope) {
    return switch (scope) {
      case FULL -> FULL;
      case READ -> READ;
    };
  }

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
  public static Validated<Scheduled> scheduled(JsonNode input) {
    return Validated.valid(new Scheduled());
  }

  /** For the function that CodeDeploy invokes; members that it may add one day are ignored. */
  public static Validated<Rollout> rollout(JsonNode input) {
    OperatorInput in = new OperatorInput(input);
    Optional<String> deployment =
        in.required("DeploymentId", "an id", id -> in.id("DeploymentId", OperatorInput.MAX_WORDS));
    Optional<String> hook = in.required("LifecycleEventHookExecutionId", "an id", Optional::of);
    return in.read(() -> new Rollout(deployment.orElseThrow(), hook.orElseThrow()));
  }

  private static Scope scope(OperatorInput in) {
    return switch (in.text("scope", OperatorInput.MAX_WORDS).orElse(FULL)) {
      case FULL -> Scope.FULL;
      case READ -> Scope.READ;
      default -> {
        in.wrong("scope", "full or read");
        yield Scope.READ;
      }
    };
  }

  /** Who asks and why, as far as it can be read, of an input that may be refused. */
  static Attribution attribution(Validated<JsonNode> input) {
    return switch (input) {
      case Validated.Valid<JsonNode>(JsonNode json) -> attribution(new OperatorInput(json));
      case Validated.Invalid<JsonNode> _ -> new Attribution(null, null);
    };
  }

  private static Attribution attribution(OperatorInput in) {
    return new Attribution(
        in.text("by", OperatorInput.MAX_WORDS).orElse(null),
        in.text("reason", OperatorInput.MAX_WORDS).orElse(null));
  }
}
