package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract section 3: filters, {@code sort} and {@code skip} of lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListFilterTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String INSTALL_BASE = "/connectors/" + PUBLISHER.id() + "/installBase";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
  private final Api api = new Api(now::get);

  /** The ids, in the order of letters: A was made first. Each is a day younger than the last. */
  private final List<String> ids = new ArrayList<>();

  ListFilterTest() {
    api.register(PUBLISHER);
    make("{\"name\":\"Orders\",\"description\":\"From SHOP to Straße\",\"sandbox\":true}");
    make("{\"name\":\"orders\",\"sandbox\":false,\"version\":\"1.0\",\"mode\":\"settings\"}");
    make("{\"name\":\"ΟΔΟΣ, a & b\",\"sandbox\":\"true\",\"settings\":{\"sandbox\":true}}");
    String managed = ",\"_connectorId\":\"" + PUBLISHER.id() + "\"";
    make("{\"name\":\"Managed\",\"sandbox\":true" + managed + "}");
    make("{\"name\":\"Managed too\",\"description\":\"orders\"" + managed + "}");
    // The last is changed on the day after it was made.
    api.put(PUBLISHER, "/integrations/" + ids.get(4))
        .body(
            "{\"name\":\"Managed too\",\"description\":\"orders\",\"version\":\"1.0\","
                + "\"mode\":\"settings\",\"updateInProgress\":true}")
        .send();
    api.put(PUBLISHER, "/integrations/" + ids.get(3))
        .body("{\"name\":\"Managed\",\"sandbox\":true,\"updateInProgress\":false}")
        .send();
  }

  private void make(String body) {
    Reply created = api.create(ALICE, body);
    assertEquals(201, created.status(), created::toString);
    ids.add(created.id());
    now.updateAndGet(instant -> instant.plusSeconds(86_400));
  }

  private String letters(Caller caller, String target) {
    return Walk.ids(Walk.pages(api, caller, target)).stream()
        .map(id -> String.valueOf((char) ('A' + ids.indexOf(id))))
        .collect(Collectors.joining());
  }

  /** What the account's list shows; a connector's shows those of it that are D or E. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "name=Orders | A",
        "name=orders | B",
        "name=Order | ''",
        "name= | ''",
        "name=ΟΔΟΣ%2C%20a%20%26%20b | C",
        "_connectorId=57179182e0a908200c2781d9 | DE",
        "_connectorId=57179182e0a908200c2781d | ''",
        "mode=install | D",
        "mode=settings | BE",
        "mode=uninstall | ''",
        "version=1.0 | BE",
        "version=1 | ''",
        "sandbox=true | AD",
        "sandbox=false | B",
        "updateInProgress=true | E",
        "updateInProgress=false | D",
        "q=ORDERS | ABE",
        "search=orders | ABE",
        "q=orders&search=managed | E",
        "q=shop | A",
        "q=strasse | A",
        "q=οδος | C",
        "q=οδοσ | C",
        "q=%20a%20%26 | C",
        "q= | ABCDE",
        "q=1.0 | ''",
        "createdAfter=2026-03-02T00:00:00Z | CDE",
        "createdAfter=2026-03-01T23:59:59.999Z | BCDE",
        "createdAfter=2026-03-02T01:00:00%2B01:00 | CDE",
        "createdAfter=2026-03-02T01:00:00 01:00 | CDE",
        "createdAfter=2026-03-02T01:00:00%2B0100 | CDE",
        "createdAfter=2026-03-02T00:00:00.000%2B0000 | CDE",
        "createdAfter=2026-03-02T01:00%2B01 | CDE",
        "createdAfter=2026-03-01T02:33:00-21:27 | CDE",
        "createdAfter=2026-03-01T02:32:59.999-21:27 | BCDE",
        "createdAfter=2026-03-02T23:59%2B23:59 | CDE",
        "createdAfter=2026-03-02t00:00z | CDE",
        "createdAfter=2026-03-02 | CDE",
        "createdBefore=2026-03-02 | A",
        "createdAfter=2026-03-01&createdBefore=2026-03-03 | B",
        "modifiedAfter=2026-03-03 | DE",
        "modifiedBefore=2026-03-04 | ABC",
        "mode=settings&sandbox=false | B",
        "mode=settings&version=1.0&updateInProgress=true | E",
        "sort=_id | ABCDE",
        "sort=createdAt | ABCDE",
        "sort=-_id | EDCBA",
        "sort=-createdAt | EDCBA",
        "sort= | ABCDE",
        "skip=0 | ABCDE",
        "skip=2 | CDE",
        "skip=5 | ''",
        "skip=10000 | ''",
        "skip=1&sort=-_id | DCBA",
        "skip=1&q=orders | BE",
        "skip=1&version=1.0&sort=-createdAt | B",
      })
  void account_is_shown_what_is_asked_for(String query, String expected) {
    for (String limit : List.of("", "&limit=1", "&limit=2", "&include=mode")) {
      assertEquals(expected, letters(ALICE, "/integrations?" + query + limit), limit);
    }
    if (query.contains("skip")) {
      return;
    }
    String publishers = expected.replaceAll("[ABC]", "");
    for (String limit : List.of("", "&limit=1", "&limit=2")) {
      assertEquals(publishers, letters(PUBLISHER, "/integrations?" + query + limit), limit);
      if (!query.matches(".*(_connectorId|sandbox|q=|search|created(After|Before)).*")) {
        assertEquals(publishers, letters(PUBLISHER, INSTALL_BASE + "?" + query + limit), limit);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "skip=1 | E",
        "skip=2 | ''",
        "skip=1&sort=-_id | D",
        "skip=1&version=1.0 | ''",
        "skip=0&version=1.0 | E",
      })
  void connector_is_shown_what_is_asked_for(String query, String expected) {
    for (String limit : List.of("", "&limit=1")) {
      assertEquals(expected, letters(PUBLISHER, "/integrations?" + query + limit));
      assertEquals(expected, letters(PUBLISHER, INSTALL_BASE + "?" + query + limit));
    }
    assertEquals("E", letters(PUBLISHER, "/integrations?skip=1&q=managed"));
  }

  /** The order of ids is that of {@code createdAt}, to the millisecond. */
  @Test
  void sort_by_creation_is_that_order() {
    AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    // Each look at the clock is a millisecond later.
    Api api = new Api(() -> time.getAndUpdate(instant -> instant.plusMillis(1)));
    for (int i = 0; i < 5; i++) {
      String id = api.create(ALICE, "{\"name\":\"N\"}").id();
      assertEquals(201, api.post(ALICE, "/integrations/" + id + "/clone").send().status());
    }

    List<String> times =
        api.get(ALICE, "/integrations?sort=-createdAt").send().json().values().stream()
            .map(entry -> entry.path("createdAt").asString())
            .toList();

    assertEquals(times.stream().sorted().toList().reversed(), times);
    for (var entry : api.get(ALICE, "/integrations").send().json().values()) {
      long seconds = Long.parseLong(entry.path("_id").asString().substring(0, 8), 16);
      Instant created = Instant.parse(entry.path("createdAt").asString());
      assertEquals(created.getEpochSecond(), seconds);
      int millis = Integer.parseInt(entry.path("_id").asString().substring(8, 11), 16) >> 2;
      assertEquals(created.toEpochMilli() % 1000, millis);
    }
  }
}
