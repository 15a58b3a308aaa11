package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which part of a list is asked for: {@code limit} and {@code cursor} of contract section 3. */
final class Paging {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /**
   * A list ends with what was made when its first page was asked for, so that it ends at all while
   * others add to it; and a little later, since clocks differ.
   */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

  private Paging() {}

  static Validated<Page.Request> read(
      ProxyRequest request, Principal principal, InstantSource clock) {
    return limit(request)
        .then(limit ->
            position(request, principal, clock).map(position -> new Page.Request(limit, position)));
  }

  private static Validated<Integer> limit(ProxyRequest request) {
    Optional<String> sent = request.query("limit");
    if (sent.isEmpty()) {
      return Validated.valid(Page.MAX_LIMIT);
    }
    int limit = NUMBER.matcher(sent.get()).matches() ? Integer.parseInt(sent.get()) : 0;
    return limit >= 1 && limit <= Page.MAX_LIMIT
        ? Validated.valid(limit)
        : Validated.invalid(
            FaultCode.INVALID_QUERY_PARAMS,
            "limit must be a number from 1 to " + Page.MAX_LIMIT + ".",
            "limit");
  }

  private static Validated<Page.Position> position(
      ProxyRequest request, Principal principal, InstantSource clock) {
    Optional<String> sent = request.query("cursor");
    if (sent.isEmpty()) {
      return Validated.valid(
          new Page.Position(null, IntegrationId.firstAt(clock.instant().plus(CLOCK_SKEW))));
    }
    return Cursor.parse(sent.get(), principal, request.route())
        .map(Validated::valid)
        .orElseGet(() ->
            Validated.invalid(
                FaultCode.INVALID_QUERY_PARAMS,
                "cursor must be taken from a Link header of this list.",
                "cursor"));
  }
}
