package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way through a list that its answers themselves point out. */
final class Walk {
  private static final Pattern NEXT = Pattern.compile("<[^>]*/v1(/[^>]+)>; rel=\"next\"");

  private Walk() {}

  /** All pages, from the target on. */
  static List<Reply> pages(Api api, Caller caller, String target) {
    List<Reply> pages = new ArrayList<>();
    Optional<String> next = Optional.of(target);
    while (next.isPresent()) {
      Reply page = api.get(caller, next.get()).send();
      assertEquals(200, page.status(), page::toString);
      pages.add(page);
      next = next(page);
      assertTrue(pages.size() < 10_000, "the list does not end");
      assertFalse(next.isPresent() && page.json().isEmpty(), "an empty page with another behind");
    }
    return pages;
  }

  /** The target of the next page. */
  static Optional<String> next(Reply page) {
    return Optional.ofNullable(page.headers().get("Link"))
        .map(link -> {
          Matcher matcher = NEXT.matcher(link);
          assertTrue(matcher.matches(), link);
          return matcher.group(1);
        });
  }

  /** The ids of all entries, in the order answered. */
  static List<String> ids(List<Reply> pages) {
    return pages.stream()
        .flatMap(page -> page.json().values().stream())
        .map(entry -> entry.path(entry.has("_id") ? "_id" : "_integrationId").asString())
        .toList();
  }
}
