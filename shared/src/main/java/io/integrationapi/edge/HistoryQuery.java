package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.History;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.json.Validated;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a history's list.
 *
 * @param list names the list; a cursor belongs to it
 * @param limit as it was sent, as a parameter of a query, or an empty text
 */
public record HistoryQuery(History.Request page, String list, String limit) {

  static Validated<HistoryQuery> read(
      ProxyRequest request, Principal principal, IntegrationId id, History.View view) {
    QueryReader reader = new QueryReader(request, "");
    int limit = ListQuery.limit(request, reader);
    String list = request.route() + "\n" + id;
    @Nullable RevisionId before =
        request
            .query("cursor")
            .flatMap(sent -> {
              Optional<RevisionId> row = Cursor.parseRow(sent, principal, list);
              if (row.isEmpty()) {
                ListQuery.refuseCursor(reader);
              }
              return row;
            })
            .orElse(null);
    return reader.faults().isEmpty()
        ? Validated.valid(
            new HistoryQuery(
                new History.Request(view, limit, before), list, ListQuery.limitText(request)))
        : new Validated.Invalid<>(reader.faults());
  }
}
