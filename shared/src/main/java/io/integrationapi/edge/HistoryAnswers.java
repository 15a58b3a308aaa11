package io.integrationapi.edge;

import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.HistoryEntry;
import io.integrationapi.domain.history.KeptRevision;
import io.integrationapi.domain.history.Reverted;
import io.integrationapi.domain.history.TakeSnapshot;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns what the history tells into an answer (contract section 9). */
public final class HistoryAnswers {
  /** One answer for a revision and an integration that are unknown, foreign or malformed. */
  static final Fault NO_REVISION =
      new Fault(FaultCode.NOT_FOUND, "There is no such revision, or no such integration.");

  private static final Fault OFF = new Fault(FaultCode.NOT_FOUND, "No history is kept here.");

  private HistoryAnswers() {}

  /**
   * A page of the audit or of the revisions.
   *
   * @param list hands out rows and tells behind which the next page begins
   */
  public static Answer list(
      HistoryRequests.Listing request,
      Function<Page.Room<HistoryEntry>, Optional<History.Listed>> list) {
    PageBody body = new PageBody();
    boolean audit = request.query().page().view() == History.View.AUDIT;
    Optional<History.Listed> listed =
        list.apply(entry -> body.takes(audit ? auditRow(request.id(), entry) : revisionRow(entry)));
    if (listed.isEmpty()) {
      return Answers.invalid(List.of(Answers.NOT_FOUND));
    }
    Answer answer = body.answer();
    return listed.get().next() == null
        ? answer
        : Answers.withNext(answer, request.links().next(listed.get().next(), request.query()));
  }

  /** One revision with its document. */
  public static Answer revision(Optional<KeptRevision> found) {
    return found
        .map(revision -> {
          ObjectNode row = revisionRow(revision.entry());
          row.set("document", revision.state().document().verbatim());
          return Answer.of(200, row);
        })
        .orElseGet(HistoryAnswers::noRevision);
  }

  /** The JSON Patch between two states. */
  public static Answer difference(Optional<ArrayNode> found) {
    return found.map(patch -> Answer.of(200, patch)).orElseGet(HistoryAnswers::noRevision);
  }

  /** A snapshot, 201, with its address; 204 if there is one of this state; or the refusal. */
  public static Answer snapshot(TakeSnapshot.Result result, HistoryRequests.Snapshot request) {
    return switch (result) {
      case TakeSnapshot.Result.Kept(HistoryEntry entry) ->
          Answer.of(201, revisionRow(entry))
              .header("Location", request.links().revision(request.id(), entry.id()));
      case TakeSnapshot.Result.Unchanged() -> Answer.withoutBody(204);
      case TakeSnapshot.Result.Missing() -> Answers.invalid(List.of(Answers.NOT_FOUND));
      case TakeSnapshot.Result.Off() -> Answers.invalid(List.of(OFF));
    };
  }

  /** The document as the revert left it, 200, or 201 with its address if it was made anew. */
  public static Answer reverted(Reverted reverted, Links links) {
    if (reverted.outcome() instanceof Outcome.Missing) {
      return noRevision();
    }
    return reverted.anew()
        ? Answers.created(reverted.outcome(), links)
        : Answers.written(reverted.outcome());
  }

  private static Answer noRevision() {
    return Answers.invalid(List.of(NO_REVISION));
  }

  private static ObjectNode auditRow(IntegrationId id, HistoryEntry entry) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("_id", entry.id().value()).put("time", Document.time(entry.time()));
    row.put("event", entry.event().audited());
    switch (entry.by()) {
      case Author.Bearer _ -> row.put("source", "api");
      case Author.Operator _ -> row.put("source", "operator");
      case Author.Unknown() -> {}
    }
    row.put("resourceType", "integration").put("_resourceId", id.value());
    putAuthor(row, "by", entry.by());
    if (!entry.requestId().isEmpty()) {
      row.put("requestId", entry.requestId());
    }
    row.set("fieldChanges", entry.fieldChanges().list().verbatim());
    if (entry.fieldChanges().truncated()) {
      row.put("truncated", true);
    }
    return row;
  }

  private static ObjectNode revisionRow(HistoryEntry entry) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("_id", entry.id().value()).put("type", entry.event().revision());
    if (entry.description() != null) {
      row.put("description", entry.description());
    }
    row.put("createdAt", Document.time(entry.time()));
    putAuthor(row, "createdBy", entry.by());
    if (entry.version() != null) {
      row.put("version", entry.version());
    }
    if (entry.etag() != null) {
      row.put("etag", EntityTags.format(entry.etag()));
    }
    return row;
  }

  private static void putAuthor(ObjectNode row, String name, Author author) {
    switch (author) {
      case Author.Bearer bearer -> {
        ObjectNode by = row.putObject(name);
        switch (bearer.principal()) {
          case Principal.Account account -> by.put("_userId", account.id().value());
          case Principal.Connector connector -> by.put("_connectorId", connector.id().value());
        }
        if (bearer.label() != null) {
          by.put("label", bearer.label());
        }
      }
      case Author.Operator operator -> {
        if (operator.name() != null) {
          row.putObject(name).put("operator", operator.name());
        }
      }
      case Author.Unknown() -> {}
    }
  }
}
