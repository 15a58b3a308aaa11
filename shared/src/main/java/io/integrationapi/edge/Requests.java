package io.integrationapi.edge;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.domain.integration.CloneRequest;
import io.integrationapi.domain.integration.Draft;
import io.integrationapi.domain.integration.DraftReader;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.JsonPatch;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what is asked of each endpoint: one method for each, in the order in which an endpoint
 * refuses: who may, the media type and the JSON's syntax, the address, the headers, the body.
 */
public final class Requests {
  /** An id has 24; what is longer is refused, what is shorter is not found. */
  private static final int MAX_ID_LENGTH = 100;

  private final ClockAndRandom clockAndRandom;

  public Requests(ClockAndRandom clockAndRandom) {
    this.clockAndRandom = clockAndRandom;
  }

  /** One integration, as it is. */
  public record Single(Principal principal, IntegrationId id, Precondition precondition) {}

  /** A deletion. */
  public record Deletion(
      Principal principal, IntegrationId id, Precondition precondition, Authorship authorship) {}

  /** A page of the caller's integrations. */
  public record Listing(Principal principal, ListQuery query, Links links) {}

  /** A page of a connector's install base. */
  public record InstallBase(ConnectorId connectorId, ListQuery query, Links links) {}

  /** A new integration. */
  public record Creation(
      AccountId account,
      Draft draft,
      @Nullable IdempotencyClaim claim,
      Authorship authorship,
      Links links) {}

  /** A replacement. */
  public record Replacement(
      Principal principal,
      IntegrationId id,
      Draft draft,
      Precondition precondition,
      Authorship authorship) {}

  /** A patch. */
  public record Patching(
      Principal principal,
      IntegrationId id,
      JsonPatch patch,
      Precondition precondition,
      Authorship authorship) {}

  /** A clone. */
  public record Cloning(
      Principal principal,
      IntegrationId id,
      CloneRequest cloneRequest,
      Precondition precondition,
      @Nullable IdempotencyClaim claim,
      Authorship authorship,
      Links links) {}

  /** The beginning of a managed update. */
  public record UpdateBeginning(ConnectorId connectorId, List<String> ids, Authorship authorship) {}

  /** GET of one integration. */
  public Validated<Single> get(ProxyRequest request) {
    return Callers.reader(request).then(principal -> bodiless(request, principal));
  }

  /** DELETE. */
  public Validated<Deletion> delete(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            bodiless(request, writer.principal())
                .map(single ->
                    new Deletion(
                        single.principal(),
                        single.id(),
                        single.precondition(),
                        authorship(request, writer))));
  }

  private static Validated<Single> bodiless(ProxyRequest request, Principal principal) {
    return Bodies.checkMediaType(request).then(_ -> single(request, principal));
  }

  private static Validated<Single> single(ProxyRequest request, Principal principal) {
    return id(request)
        .then(id ->
            EntityTags.read(request).map(precondition -> new Single(principal, id, precondition)));
  }

  /** GET of the list. */
  public Validated<Listing> list(ProxyRequest request) {
    return Callers.reader(request)
        .then(principal ->
            Bodies.checkMediaType(request)
                .then(_ -> ListQuery.ofDocuments(request, principal))
                .map(query -> new Listing(principal, query, new Links(request, principal))));
  }

  /** GET of an install base. */
  public Validated<InstallBase> installBase(ProxyRequest request) {
    return Callers.reader(request)
        .then(principal ->
            Callers.connector(request, principal)
                .then(connectorId ->
                    Bodies.checkMediaType(request)
                        .then(_ -> ListQuery.ofInstallBase(request, principal))
                        .map(query ->
                            new InstallBase(connectorId, query, new Links(request, principal)))));
  }

  /** GET of the token's own principal. */
  public Validated<Principal> tokenInfo(ProxyRequest request) {
    return Callers.reader(request)
        .then(principal -> Bodies.checkMediaType(request).map(_ -> principal));
  }

  /** POST of a new integration. */
  public Validated<Creation> create(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Callers.account(writer.principal())
                .then(account -> creation(request, writer, account)));
  }

  private Validated<Creation> creation(
      ProxyRequest request, Author.Bearer writer, AccountId account) {
    return Bodies.json(request)
        .then(body ->
            IdempotencyKeys.read(
                    request, writer.principal(), "create", body, clockAndRandom.clock())
                .then(key ->
                    DraftReader.forNew(body, clockAndRandom)
                        .map(draft ->
                            new Creation(
                                account,
                                draft,
                                key.claim(),
                                authorship(request, writer),
                                new Links(request, writer.principal())))));
  }

  /** PUT. */
  public Validated<Replacement> replace(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Bodies.json(request)
                .then(body ->
                    single(request, writer.principal())
                        .then(single ->
                            DraftReader.forExisting(body, single.id(), clockAndRandom)
                                .map(draft ->
                                    new Replacement(
                                        writer.principal(),
                                        single.id(),
                                        draft,
                                        single.precondition(),
                                        authorship(request, writer))))));
  }

  /** PATCH. */
  public Validated<Patching> patch(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Bodies.patch(request)
                .then(body ->
                    single(request, writer.principal())
                        .then(single ->
                            JsonPatch.read(body)
                                .map(patch ->
                                    new Patching(
                                        writer.principal(),
                                        single.id(),
                                        patch,
                                        single.precondition(),
                                        authorship(request, writer))))));
  }

  /** POST of a clone. */
  public Validated<Cloning> clone(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Bodies.optionalJson(request)
                .then(body ->
                    single(request, writer.principal())
                        .then(single -> cloning(request, writer, single, body))));
  }

  private Validated<Cloning> cloning(
      ProxyRequest request, Author.Bearer writer, Single single, JsonNode body) {
    return IdempotencyKeys.read(
            request, writer.principal(), "clone " + single.id(), body, clockAndRandom.clock())
        .then(key ->
            CloneRequest.read(body)
                .map(cloneRequest ->
                    new Cloning(
                        writer.principal(),
                        single.id(),
                        cloneRequest,
                        single.precondition(),
                        key.claim(),
                        authorship(request, writer),
                        new Links(request, writer.principal()))));
  }

  /** PUT of an update's beginning. */
  public Validated<UpdateBeginning> beginUpdate(ProxyRequest request) {
    return Callers.writer(request)
        .then(writer ->
            Callers.connector(request, writer.principal())
                .then(connectorId ->
                    Bodies.json(request)
                        .then(Requests::integrationIds)
                        .map(ids ->
                            new UpdateBeginning(connectorId, ids, authorship(request, writer)))));
  }

  private static Validated<List<String>> integrationIds(JsonNode body) {
    String field = "_integrationIds";
    JsonNode sent = body.path(field);
    if (!body.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The body must be a JSON object.");
    }
    if (sent.isMissingNode() || sent.isNull()) {
      return Validated.invalid(
          FaultCode.MISSING_REQUIRED_FIELD, "_integrationIds is required.", field);
    }
    if (!sent.isArray() || sent.isEmpty() || sent.size() > BeginUpdate.MAX_INTEGRATIONS) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD,
          "_integrationIds must be an array of 1 to " + BeginUpdate.MAX_INTEGRATIONS + " ids.",
          field);
    }
    List<String> ids = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      // Each is told in the answer, which has to stay within what the platform carries.
      if (sent.get(i).isString() && isShort(sent.get(i).stringValue())) {
        ids.add(sent.get(i).stringValue());
      } else {
        faults.add(
            new Fault(
                FaultCode.INVALID_FIELD,
                field + "[" + i + "] must be a string of at most " + MAX_ID_LENGTH + " characters.",
                field + "[" + i + "]"));
      }
    }
    return faults.isEmpty() ? Validated.valid(ids) : new Validated.Invalid<>(faults);
  }

  /** The write begins where the request has been read. */
  private Authorship authorship(ProxyRequest request, Author.Bearer writer) {
    return Authorship.begin(writer, request.id(), clockAndRandom);
  }

  private static boolean isShort(String id) {
    return id.codePointCount(0, id.length()) <= MAX_ID_LENGTH;
  }

  /** A malformed id is like an unknown one: it tells nothing about what there is. */
  static Validated<IntegrationId> id(ProxyRequest request) {
    return IntegrationId.parse(request.pathId())
        .map(Validated::valid)
        .orElseGet(() -> new Validated.Invalid<>(List.of(Answers.NOT_FOUND)));
  }
}
