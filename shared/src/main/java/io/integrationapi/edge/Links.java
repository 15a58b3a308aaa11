package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses in answers, as the caller of this request reaches them. */
public final class Links {
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

  /**
   * Some clients split the header at commas, and an id in a path may hold whatever it likes. What
   * the path says in percents already stays so.
   */
  private static final Pattern NOT_IN_PATH = Pattern.compile("[^A-Za-z0-9/%._~!$&'()*+;=:@-]+");

  private final ProxyRequest request;
  private final Principal principal;

  Links(ProxyRequest request, Principal principal) {
    this.request = request;
    this.principal = principal;
  }

  /** The address of an integration. */
  String integration(IntegrationId id) {
    return origin() + prefix() + "/integrations/" + id.value();
  }

  /** The address of a revision. */
  String revision(IntegrationId id, RevisionId revisionId) {
    return integration(id) + "/revisions/" + revisionId.value();
  }

  /** The address of the next page: this request's query, with a cursor. */
  String next(Page.Position position, ListQuery query) {
    String cursor = Cursor.format(position, principal, request.route(), query.text());
    return next(Stream.of(query.limit(), query.text(), "cursor=" + cursor));
  }

  /** The address of the next page of a history. */
  String next(RevisionId last, HistoryQuery query) {
    String cursor = Cursor.format(last, principal, query.list());
    return next(Stream.of(query.limit(), "cursor=" + cursor));
  }

  private String next(Stream<String> parameters) {
    return origin()
        + NOT_IN_PATH.matcher(request.path()).replaceAll(odd -> PercentEncoding.of(odd.group()))
        + "?"
        + parameters.filter(Predicate.not(String::isEmpty)).collect(Collectors.joining("&"));
  }

  /** Empty, which makes the address relative, when the event does not tell how it was reached. */
  private String origin() {
    Optional<String> host =
        request.headers("Host").stream().filter(AUTHORITY.asMatchPredicate()).findFirst();
    boolean plain = request.headers("X-Forwarded-Proto").contains("http");
    return host.map(authority -> (plain ? "http://" : "https://") + authority).orElse("");
  }

  /** What stands before the route: the stage, or whatever a custom domain maps to the API. */
  private String prefix() {
    long segments = request.route().chars().filter(c -> c == '/').count();
    String path = request.path();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    for (long i = 0; i < segments; i++) {
      path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
    return path;
  }
}
