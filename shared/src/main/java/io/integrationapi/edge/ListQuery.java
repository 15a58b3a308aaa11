package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.Validated;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of a list: its query parameters (contract section 3).
 *
 * @param text the parameters that say what is on the list, in which order and with which members,
 *     as a query that is percent-encoded; a cursor belongs to it
 * @param limit as it was sent, as a parameter of a query, or an empty text
 */
public record ListQuery(Page.Request page, Selection selection, String text, String limit) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** Of a list of documents. */
  static Validated<ListQuery> ofDocuments(ProxyRequest request, Principal principal) {
    return Selection.read(request)
        .then(selection ->
            read(
                request,
                principal,
                selection,
                new QueryReader(request, selection.query()),
                Filters.OF_DOCUMENTS));
  }

  /** Of an install base, whose rows have the members that they have. */
  static Validated<ListQuery> ofInstallBase(ProxyRequest request, Principal principal) {
    return read(
        request,
        principal,
        Selection.EVERYTHING,
        new QueryReader(request, ""),
        Filters.OF_INSTALL_BASE);
  }

  private static Validated<ListQuery> read(
      ProxyRequest request,
      Principal principal,
      Selection selection,
      QueryReader reader,
      Filters filters) {
    int limit = limit(request, reader);
    int skip =
        reader
            .read(
                "skip",
                "a number from 0 to " + Page.MAX_SKIP,
                sent -> number(sent, 0, Page.MAX_SKIP))
            .orElse(0);
    var filter = filters.read(reader);
    Page.Order order =
        reader
            .readUnlessEmpty("sort", "_id, -_id, createdAt or -createdAt", ListQuery::order)
            .orElse(Page.Order.ASCENDING);

    Page.Position beginning = new Page.Position(null, null, skip);
    Page.Position from =
        request
            .query("cursor")
            .map(sent ->
                Cursor.parse(sent, principal, request.route(), reader.text())
                    .orElseGet(() -> {
                      refuseCursor(reader);
                      return beginning;
                    }))
            .orElse(beginning);
    return reader.faults().isEmpty()
        ? Validated.valid(
            new ListQuery(
                new Page.Request(limit, from, order, filter),
                selection,
                reader.text(),
                limitText(request)))
        : new Validated.Invalid<>(reader.faults());
  }

  static void refuseCursor(QueryReader reader) {
    reader.refuse(
        "cursor",
        "cursor must be taken from a Link header of this list, and goes with the same query only.");
  }

  /** The most entries of a page. */
  static int limit(ProxyRequest request, QueryReader reader) {
    return sentLimit(request)
        .map(sent ->
            number(sent, 1, Page.MAX_LIMIT)
                .orElseGet(() -> {
                  reader.refuse(
                      "limit", "limit must be a number from 1 to " + Page.MAX_LIMIT + ".");
                  return Page.MAX_LIMIT;
                }))
        .orElse(Page.MAX_LIMIT);
  }

  /** As it was sent, as a parameter of a query, or an empty text. */
  static String limitText(ProxyRequest request) {
    return sentLimit(request).map(sent -> "limit=" + sent).orElse("");
  }

  private static Optional<String> sentLimit(ProxyRequest request) {
    return request.query("limit").filter(sent -> !sent.isEmpty());
  }

  private static Optional<Integer> number(String text, int least, int most) {
    return Optional.of(text)
        .filter(NUMBER.asMatchPredicate())
        .map(Integer::valueOf)
        .filter(number -> number >= least && number <= most);
  }

  /** An {@code _id} begins with its integration's {@code createdAt}, so both orders are one. */
  private static Optional<Page.Order> order(String sort) {
    return switch (sort) {
      case "_id", "createdAt" -> Optional.of(Page.Order.ASCENDING);
      case "-_id", "-createdAt" -> Optional.of(Page.Order.DESCENDING);
      default -> Optional.empty();
    };
  }
}
