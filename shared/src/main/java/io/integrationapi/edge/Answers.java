package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Lock;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the outcome of a request into an answer: the statuses of contract sections 3 and 4. */
public final class Answers {
  /** Long enough for a burst of writers to pass, in seconds. */
  private static final String RETRY_AFTER = "1";

  /** More faults than that help nobody, and an answer has room for 6 MB. */
  private static final int MAX_ENTRIES = 1000;

  /** One answer for what is unknown, foreign or malformed: it tells nothing about what there is. */
  static final Fault NOT_FOUND = new Fault(FaultCode.NOT_FOUND, "There is no such integration.");

  private Answers() {}

  /** A document that was asked for, 200 or 304; or 404, or 412. */
  public static Answer found(Optional<Integration> found, Precondition precondition) {
    if (found.isEmpty()) {
      return missing();
    }
    Integration integration = found.get();
    if (!precondition.ifMatchAllows(integration.revision())) {
      return stale();
    }
    return precondition.ifNoneMatchAllows(integration.revision())
        ? document(200, integration)
        : Answer.withoutBody(304).header("ETag", EntityTags.format(integration.revision()));
  }

  /** A document as a write left it, 200; 204 if nothing is left; or the refusal. */
  public static Answer written(Outcome outcome) {
    return of(outcome, 200);
  }

  /** A document that was made, 201, with its address; or the refusal. */
  public static Answer created(Outcome outcome, Links links) {
    Answer answer = of(outcome, 201);
    return outcome instanceof Outcome.Done(Integration integration)
        ? answer.header("Location", links.integration(integration.id()))
        : answer;
  }

  /**
   * A page of documents, with the members that were asked for.
   *
   * @param list hands out documents and tells where the next page begins
   */
  public static Answer list(
      ListQuery query,
      Links links,
      Function<Page.Room<Integration>, Optional<Page.Position>> list) {
    PageBody body = new PageBody();
    Optional<Page.Position> next =
        list.apply(entry -> body.takes(query.selection().of(Document.of(entry))));
    return withNext(body.answer(), next, links, query);
  }

  /**
   * A page of an install base (contract section 3).
   *
   * @param list hands out entries and tells where the next page begins
   */
  public static Answer installBase(
      ListQuery query,
      Links links,
      Function<Page.Room<InstallBaseEntry>, Optional<Page.Position>> list) {
    PageBody body = new PageBody();
    Optional<Page.Position> next = list.apply(entry -> body.takes(row(entry)));
    return withNext(body.answer(), next, links, query);
  }

  private static ObjectNode row(InstallBaseEntry entry) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("_integrationId", entry.id().value()).put("name", entry.name());
    if (entry.version() != null) {
      row.put("version", entry.version());
    }
    if (entry.mode() != null) {
      row.put("mode", entry.mode().word());
    }
    if (entry.updateInProgress() != null) {
      row.put("updateInProgress", entry.updateInProgress());
    }
    if (entry.lockedSince() != null) {
      row.put("updateInProgressSince", Document.time(entry.lockedSince()));
    }
    row.put("lastModified", Document.time(entry.lastModified()));
    return row;
  }

  /** The outcome for each integration whose update was to begin (contract section 5). */
  public static Answer updates(List<BeginUpdate.Start> starts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (BeginUpdate.Start start : starts) {
      array.addObject().put("_integrationId", start.id()).put("status", start.start().word());
    }
    Answer answer = Answer.of(200, array);
    // One of a kind is enough: what fails for one fails for all.
    starts.stream()
        .map(BeginUpdate.Start::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(answer::despite);
    return answer;
  }

  /** Whose token it is, and what it lets them do. */
  public static Answer tokenInfo(Principal principal) {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    switch (principal) {
      case Principal.Account account -> info.put("_userId", account.id().value());
      case Principal.Connector connector -> info.put("_connectorId", connector.id().value());
    }
    info.put("scope", principal.scope() == Scope.FULL ? "*" : "read");
    return Answer.of(200, info);
  }

  /** All that is wrong with a request, with the status of the first. */
  static Answer invalid(List<Fault> faults) {
    int status = ErrorEntry.status(faults.getFirst().code());
    return error(status, faults.stream().limit(MAX_ENTRIES).map(ErrorEntry::of).toList());
  }

  static Answer unavailable() {
    return error(
            503,
            ErrorEntry.of(
                "service_unavailable", "The request could not be completed in time; try again."))
        .header("Retry-After", RETRY_AFTER);
  }

  static Answer internalError() {
    return error(
        500, ErrorEntry.of("internal_error", "Something went wrong here; it has been logged."));
  }

  private static Answer of(Outcome outcome, int success) {
    return switch (outcome) {
      case Outcome.Done(Integration integration) -> document(success, integration);
      case Outcome.Gone() -> Answer.withoutBody(204);
      case Outcome.Missing() -> missing();
      case Outcome.Locked(Lock lock) -> error(409, ErrorEntry.of(lock));
      case Outcome.Stale() -> stale();
      case Outcome.Invalid(List<Fault> faults) -> invalid(faults);
      case Outcome.InProgress() ->
          error(
              409,
              ErrorEntry.of(
                  "idempotency_in_progress",
                  "The first request with this Idempotency-Key is still running; repeat this one"
                      + " later."));
      case Outcome.Unknown() -> unavailable();
    };
  }

  private static Answer document(int status, Integration integration) {
    return Answer.of(status, Document.verbatim(integration))
        .header("ETag", EntityTags.format(integration.revision()));
  }

  private static Answer missing() {
    return invalid(List.of(NOT_FOUND));
  }

  private static Answer stale() {
    return error(
        412,
        ErrorEntry.of(
            "precondition_failed",
            "The document is not in a state that the request's If-Match or If-None-Match allows;"
                + " read it again."));
  }

  private static Answer error(int status, ErrorEntry entry) {
    return error(status, List.of(entry));
  }

  private static Answer error(int status, List<ErrorEntry> entries) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    ArrayNode errors = envelope.putArray("errors");
    entries.forEach(entry -> errors.add(entry.json()));
    return Answer.of(status, envelope).refusedAs(entries.getFirst().code());
  }

  private static Answer withNext(
      Answer answer, Optional<Page.Position> next, Links links, ListQuery query) {
    next.ifPresent(position -> withNext(answer, links.next(position, query)));
    return answer;
  }

  /** An answer with the address of the next page. */
  static Answer withNext(Answer answer, String address) {
    return answer.header("Link", "<" + address + ">; rel=\"next\"");
  }
}
