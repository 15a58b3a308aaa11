package io.integrationapi.edge;

import io.integrationapi.domain.access.MintToken;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Token;
import io.integrationapi.domain.integration.BreakLock;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.LockRepository.LockStatistics;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.rollout.CheckVersion;
import io.integrationapi.edge.OperatorRequests.OperatorRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an operator is answered (contract section 8), and what the log keeps of it. */
public final class OperatorAnswer {
  private final ObjectNode json = object();
  private final @Nullable ObjectNode audit;

  private OperatorAnswer(@Nullable ObjectNode audit) {
    this.audit = audit;
  }

  /** The token, this once. */
  public static OperatorAnswer minted(OperatorRequests.Minting request, MintToken.Minted minted) {
    Token token = minted.token();
    OperatorAnswer answer = audited(request);
    answer
        .json
        .put("token", minted.secret())
        .put("_tokenId", token.hash().value())
        .put("scope", OperatorRequests.word(token.principal().scope()));
    if (token.expiresAt() != null) {
      answer.json.put("expiresAt", Document.time(token.expiresAt()));
    }
    describe(token, answer.log());
    return answer;
  }

  /** That it is revoked, or that there is no such token. */
  public static OperatorAnswer revoked(
      OperatorRequests.Revocation request, Optional<Token> revoked) {
    OperatorAnswer answer = audited(request);
    if (revoked.isEmpty()) {
      return answer.unknown("There is no such token.", "_tokenId");
    }
    answer.json.put("revoked", true);
    describe(revoked.get(), answer.log());
    return answer;
  }

  /** That it is broken and what it was, or that there was none, or no such integration. */
  public static OperatorAnswer broken(
      OperatorRequests.LockBreaking request, BreakLock.Result result) {
    OperatorAnswer answer = audited(request);
    return switch (result) {
      case BreakLock.Result.Broken(Lock lock) -> {
        describe(lock, answer.json.put("broken", true));
        describe(lock, answer.log().put("broken", true));
        yield answer;
      }
      case BreakLock.Result.NotLocked() -> {
        answer.json.put("broken", false);
        answer.log().put("broken", false);
        yield answer;
      }
      case BreakLock.Result.Unknown() ->
          answer.unknown("There is no such integration.", "_integrationId");
    };
  }

  /** Whether a new version may have callers, and what speaks against it. */
  public static OperatorAnswer checked(
      OperatorRequests.Rollout request, CheckVersion.Verdict verdict) {
    OperatorAnswer answer = audited(request);
    for (ObjectNode node : List.of(answer.json, answer.log())) {
      if (verdict.version() != null) {
        node.put("checked", verdict.version().function())
            .put("version", verdict.version().version());
      }
      node.put("passed", verdict.passed());
      if (verdict.problem() != null) {
        node.put("problem", verdict.problem());
      }
    }
    return answer;
  }

  /** How many locks there are, and since when the oldest. */
  public static OperatorAnswer locks(LockStatistics statistics) {
    OperatorAnswer answer = new OperatorAnswer(null);
    answer.json.put("locks", statistics.locks());
    if (statistics.oldest() != null) {
      answer.json.put("oldestSince", Document.time(statistics.oldest()));
    }
    return answer;
  }

  /** The input is at fault, and nothing was done. */
  static OperatorAnswer refused(OperatorRequests.Attribution attribution, List<Fault> faults) {
    OperatorAnswer answer = new OperatorAnswer(attribution.entry("refused"));
    ArrayNode fields = answer.log().putArray("fields");
    faults.forEach(fault -> fields.add(fault.field()));
    answer.error(faults.stream().map(ErrorEntry::of).toList());
    return answer;
  }

  /** It may have been done or not; the audit log says that it was asked for, and by whom. */
  static OperatorAnswer failed(OperatorRequest request, String code, String message) {
    OperatorAnswer answer = audited(request);
    answer.audit().ifPresent(entry -> entry.put("outcome", "unknown"));
    answer.error(List.of(ErrorEntry.of(code, message)));
    return answer;
  }

  ObjectNode json() {
    return json;
  }

  Optional<ObjectNode> audit() {
    return Optional.ofNullable(audit);
  }

  private static OperatorAnswer audited(OperatorRequest request) {
    return new OperatorAnswer(request.auditEntry().orElse(null));
  }

  private OperatorAnswer unknown(String message, String field) {
    log().put("unknown", true);
    error(List.of(ErrorEntry.of(new Fault(FaultCode.NOT_FOUND, message, field))));
    return this;
  }

  private void error(List<ErrorEntry> entries) {
    ArrayNode errors = json.putArray("errors");
    entries.forEach(entry -> errors.add(entry.json()));
  }

  private ObjectNode log() {
    return audit().orElseThrow();
  }

  private static void describe(Token token, ObjectNode log) {
    log.put("_tokenId", token.hash().value());
    switch (token.principal()) {
      case Principal.Account account -> log.put("_userId", account.id().value());
      case Principal.Connector connector -> log.put("_connectorId", connector.id().value());
    }
    log.put("scope", OperatorRequests.word(token.principal().scope()));
    if (token.label() != null) {
      log.put("label", token.label());
    }
    if (token.expiresAt() != null) {
      log.put("expiresAt", Document.time(token.expiresAt()));
    }
  }

  private static void describe(Lock lock, ObjectNode json) {
    json.put("since", Document.time(lock.since()));
    if (lock.connectorId() != null) {
      json.put("_connectorId", lock.connectorId().value());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
