package io.integrationapi.edge;

import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.history.TakeSnapshot;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is asked of the history's endpoints, in the order of {@link Requests}. */
public final class HistoryRequests {
  private static final String DESCRIPTION = "description";

  private final ClockAndRandom clockAndRandom;

  public HistoryRequests(ClockAndRandom clockAndRandom) {
    this.clockAndRandom = clockAndRandom;
  }

  /** A page of an integration's history. */
  public record Listing(Principal principal, IntegrationId id, HistoryQuery query, Links links) {}

  /** One revision. */
  public record Single(Principal principal, IntegrationId id, RevisionId revisionId) {}

  /**
   * What differs between a revision and another state.
   *
   * @param to the other revision, or null for the present state
   */
  public record Comparison(
      Principal principal, IntegrationId id, RevisionId from, @Nullable RevisionId to) {}

  /** A snapshot of the present state. */
  public record Snapshot(
      Principal principal,
      IntegrationId id,
      @Nullable String description,
      boolean ignoreIfNoChanges,
      Authorship authorship,
      Links links) {}

  /** A revision that is to be brought back. */
  public record Reversion(
      Principal principal,
      IntegrationId id,
      RevisionId revisionId,
      Precondition precondition,
      @Nullable IdempotencyClaim claim,
      Authorship authorship,
      Links links) {}

  /** GET of the audit. */
  public Validated<Listing> audit(ProxyRequest request) {
    return listing(request, History.View.AUDIT);
  }

  /** GET of the revisions. */
  public Validated<Listing> revisions(ProxyRequest request) {
    return listing(request, History.View.REVISIONS);
  }

  private static Validated<Listing> listing(ProxyRequest request, History.View view) {
    return Callers.reader(request)
        .then(principal ->
            Bodies.checkMediaType(request)
                .then(_ -> Requests.id(request))
                .then(id ->
                    HistoryQuery.read(request, principal, id, view)
                        .map(query ->
                            new Listing(principal, id, query, new Links(request, principal)))));
  }

  /** GET of one revision. */
  public Validated<Single> revision(ProxyRequest request) {
    return Callers.reader(request)
        .then(principal -> Bodies.checkMediaType(request).then(_ -> single(request, principal)));
  }

  /** GET of a difference. */
  public Validated<Comparison> difference(ProxyRequest request) {
    return revision(request)
        .then(single -> {
          QueryReader reader = new QueryReader(request, "");
          @Nullable RevisionId to =
              reader.readUnlessEmpty("to", "the _id of a revision", RevisionId::parse).orElse(null);
          return reader.faults().isEmpty()
              ? Validated.valid(
                  new Comparison(single.principal(), single.id(), single.revisionId(), to))
              : new Validated.Invalid<>(reader.faults());
        });
  }

  /** POST of a snapshot. */
  public Validated<Snapshot> snapshot(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Bodies.optionalJson(request)
                .then(
                    body -> Requests.id(request).then(id -> snapshot(request, writer, id, body))));
  }

  private Validated<Snapshot> snapshot(
      ProxyRequest request, Author.Bearer writer, IntegrationId id, JsonNode body) {
    QueryReader reader = new QueryReader(request, "");
    boolean ignoreIfNoChanges =
        reader
            .readUnlessEmpty("ignoreIfNoChanges", "true or false", HistoryRequests::flag)
            .orElse(false);
    if (!reader.faults().isEmpty()) {
      return new Validated.Invalid<>(reader.faults());
    }
    if (!body.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The body must be a JSON object.");
    }
    JsonNode sent = body.path(DESCRIPTION);
    boolean absent = sent.isMissingNode() || sent.isNull();
    if (!absent && !isDescription(sent)) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD,
          "description must be a string of at most "
              + TakeSnapshot.MAX_DESCRIPTION_LENGTH
              + " characters.",
          DESCRIPTION);
    }
    return Validated.valid(
        new Snapshot(
            writer.principal(),
            id,
            absent ? null : sent.stringValue(),
            ignoreIfNoChanges,
            Authorship.begin(writer, request.id(), clockAndRandom),
            new Links(request, writer.principal())));
  }

  private static boolean isDescription(JsonNode sent) {
    return sent.isString()
        && sent.stringValue().codePointCount(0, sent.stringValue().length())
            <= TakeSnapshot.MAX_DESCRIPTION_LENGTH;
  }

  private static Optional<Boolean> flag(String sent) {
    return switch (sent) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** POST of a revert. */
  public Validated<Reversion> revert(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Bodies.optionalJson(request)
                .then(body ->
                    single(request, writer.principal())
                        .then(single -> reversion(request, writer, single, body))));
  }

  private Validated<Reversion> reversion(
      ProxyRequest request, Author.Bearer writer, Single single, JsonNode body) {
    String operation = "revert " + single.id() + " " + single.revisionId();
    return EntityTags.read(request)
        .then(precondition ->
            IdempotencyKeys.read(
                    request, writer.principal(), operation, body, clockAndRandom.clock())
                .map(key ->
                    new Reversion(
                        writer.principal(),
                        single.id(),
                        single.revisionId(),
                        precondition,
                        key.claim(),
                        Authorship.begin(writer, request.id(), clockAndRandom),
                        new Links(request, writer.principal()))));
  }

  /** A malformed id is like an unknown one, of an integration as well as of a revision. */
  private static Validated<Single> single(ProxyRequest request, Principal principal) {
    return IntegrationId.parse(request.pathId())
        .flatMap(id ->
            RevisionId.parse(request.pathRevisionId())
                .map(revisionId -> new Single(principal, id, revisionId)))
        .map(Validated::valid)
        .orElseGet(() -> new Validated.Invalid<>(List.of(HistoryAnswers.NO_REVISION)));
  }
}
