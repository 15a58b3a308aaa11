package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 3, lists: every integration once, however many pages and writers there are. */
class ListTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller BOB = Caller.account("bob");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String INSTALL_BASE = "/connectors/" + PUBLISHER.id() + "/installBase";
  private static final String MANAGED =
      "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\"}";

  private final Api api = new Api();

  private List<String> create(int count) {
    api.register(PUBLISHER);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(api.create(i % 2 == 0 ? ALICE : BOB, MANAGED).id());
    }
    Collections.sort(ids);
    return ids;
  }

  @Test
  void list_of_nothing_is_empty_and_has_no_next_page() {
    for (String target : List.of("/integrations", "/integrations?limit=1", INSTALL_BASE)) {
      Reply reply = api.get(PUBLISHER, target).send();
      assertEquals("[]", reply.body());
      assertFalse(reply.headers().containsKey("Link"));
    }
  }

  @Test
  void pages_of_any_size_make_up_the_whole_once_and_in_order() {
    List<String> all = create(9);
    List<String> alices = Walk.ids(Walk.pages(api, ALICE, "/integrations"));
    assertEquals(5, alices.size());

    for (int limit = 1; limit <= 10; limit++) {
      String query = "?limit=" + limit;
      assertPages(alices, limit, Walk.pages(api, ALICE, "/integrations" + query));
      assertPages(all, limit, Walk.pages(api, PUBLISHER, "/integrations" + query));
      assertPages(all, limit, Walk.pages(api, PUBLISHER, INSTALL_BASE + query));
    }
  }

  /** As many pages as are needed and no more: none has a Link to nothing behind it. */
  private static void assertPages(List<String> expected, int limit, List<Reply> pages) {
    assertEquals(expected, Walk.ids(pages));
    assertEquals((expected.size() + limit - 1) / limit, pages.size());
  }

  @Test
  void link_leads_to_the_same_list_as_it_was_asked_for() {
    create(4);

    Reply first =
        api.get(ALICE, "/integrations?limit=1&include=mode&other=1")
            .header("Host", "api.example.com")
            .header("X-Forwarded-Proto", "https")
            .send();

    String link = first.headers().getOrDefault("Link", "");
    assertTrue(link.startsWith("<https://api.example.com/v1/integrations?"), link);
    Reply second = api.get(ALICE, Walk.next(first).orElseThrow()).send();
    assertEquals(1, second.json().size());
    assertEquals(
        List.of("_id", "name", "mode"), List.copyOf(second.json().path(0).propertyNames()));
  }

  @Test
  void link_leads_to_the_list_without_what_was_left_out() {
    create(4);

    Reply first = api.get(ALICE, "/integrations?limit=1&exclude=mode").send();
    Reply second = api.get(ALICE, Walk.next(first).orElseThrow()).send();

    assertEquals(1, second.json().size());
    assertFalse(second.json().path(0).has("mode"));
  }

  @Test
  void page_after_the_last_that_was_deleted_since_is_empty_or_goes_on() {
    List<String> alices = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      alices.add(api.create(ALICE, "{\"name\":\"N\"}").id());
    }
    Collections.sort(alices);
    Reply first = api.get(ALICE, "/integrations?limit=2").send();

    // The cursor's own entry and the next one go.
    api.delete(ALICE, "/integrations/" + alices.get(1)).send();
    api.delete(ALICE, "/integrations/" + alices.get(2)).send();
    Reply second = api.get(ALICE, Walk.next(first).orElseThrow()).send();
    assertEquals(List.of(alices.get(3)), Walk.ids(List.of(second)));

    api.delete(ALICE, "/integrations/" + alices.get(3)).send();
    assertEquals("[]", api.get(ALICE, Walk.next(first).orElseThrow()).send().body());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void what_is_there_all_the_time_is_read_once_while_others_write(int limit) throws Exception {
    List<String> all = create(16);
    Set<String> lasting = new HashSet<>(all);

    whileWriting(
        all,
        () -> {
          for (int i = 0; i < 3; i++) {
            for (Caller caller : List.of(ALICE, PUBLISHER)) {
              assertReadOnce(lasting, caller, "/integrations?limit=" + limit);
            }
            assertReadOnce(lasting, PUBLISHER, INSTALL_BASE + "?limit=" + limit);
          }
        });
  }

  private void assertReadOnce(Set<String> lasting, Caller caller, String target) {
    List<String> ids = Walk.ids(Walk.pages(api, caller, target));

    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    List<String> found = ids.stream().filter(lasting::contains).toList();
    assertEquals(caller.equals(ALICE) ? 8 : 16, found.size());
  }

  /** Others change what lasts, and create and delete beside it, until the action is done. */
  private void whileWriting(List<String> lasting, Runnable action) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          executor.submit(() -> {
            RandomGenerator random = RandomGenerator.getDefault();
            while (!done.get()) {
              Reply created = api.create(ALICE, MANAGED);
              assertEquals(201, created.status());
              String path = "/integrations/" + lasting.get(random.nextInt(lasting.size()));
              String name = "{\"name\":\"" + random.nextInt() + "\"}";
              assertEquals(200, api.put(PUBLISHER, path).body(name).send().status());
              if (random.nextInt(4) > 0) {
                api.delete(ALICE, "/integrations/" + created.id()).send();
              }
            }
          });
      try {
        action.run();
      } finally {
        done.set(true);
      }
      writer.get();
    }
  }

  @Test
  void list_ends_although_others_create_more_than_is_read() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    Api slow = new Api(now::get);
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      first.add(slow.create(ALICE, "{\"name\":\"N\"}").id());
    }

    List<Reply> pages = new ArrayList<>();
    Optional<String> next = Optional.of("/integrations?limit=1");
    while (next.isPresent()) {
      assertTrue(pages.size() < 100, "the list does not end");
      pages.add(slow.get(ALICE, next.get()).send());
      next = Walk.next(pages.getLast());
      // A second passes for each page, and in it come more than a page can hold.
      now.updateAndGet(instant -> instant.plusSeconds(1));
      slow.create(ALICE, "{\"name\":\"M\"}");
      slow.create(ALICE, "{\"name\":\"M\"}");
    }
    assertTrue(Walk.ids(pages).containsAll(first));
  }

  /** A clock that was ahead has been set right. */
  @Test
  void documents_of_the_future_are_listed() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
    Api api = new Api(now::get);
    api.register(PUBLISHER);
    List<String> later = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      later.add(api.create(ALICE, MANAGED).id());
    }
    now.set(Instant.parse("2026-01-01T09:00:00Z"));
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(api.create(ALICE, MANAGED).id());
    }
    Collections.sort(all);
    Collections.sort(later);
    all.addAll(later);

    for (String query : List.of("", "?limit=1", "?limit=4")) {
      assertEquals(all, Walk.ids(Walk.pages(api, ALICE, "/integrations" + query)));
      assertEquals(all, Walk.ids(Walk.pages(api, PUBLISHER, "/integrations" + query)));
      assertEquals(all, Walk.ids(Walk.pages(api, PUBLISHER, INSTALL_BASE + query)));
    }
  }

  /** Known clients split the header at commas. */
  @Test
  void link_has_no_comma_space_or_angle_bracket_in_its_address() {
    create(4);
    String query =
        "?limit=1&include=_id,mode,settings.a&name=N&q=n&search=&createdAfter=2026-01-01T00:00:00"
            + " 02:00&sort=-createdAt&skip=0&other=a,b <c>";

    Reply first = api.get(PUBLISHER, "/integrations" + query).send();
    String link = String.valueOf(first.headers().get("Link"));

    assertTrue(
        link.matches(
            "</v1/integrations\\?limit=1&include=_id%2Cmode%2Csettings\\.a&skip=0&name=N&q=n&search="
                + "&createdAfter=2026-01-01T00%3A00%3A00%2002%3A00&sort=-createdAt&cursor=[\\w-]+>;"
                + " rel=\"next\""),
        link);
    List<Reply> pages = Walk.pages(api, PUBLISHER, "/integrations" + query);
    assertEquals(4, pages.size());
    assertEquals(
        List.of("_id", "name", "mode"),
        List.copyOf(pages.getLast().json().path(0).propertyNames()));

    Caller odd = Caller.connector("a,b");
    api.register(odd);
    for (int i = 0; i < 2; i++) {
      assertEquals(201, api.create(ALICE, "{\"name\":\"N\",\"_connectorId\":\"a,b\"}").status());
    }
    String base =
        String.valueOf(
            api.get(odd, "/connectors/a,b/installBase?limit=1&name=N")
                .send()
                .headers()
                .get("Link"));
    assertTrue(
        base.matches(
            "</v1/connectors/a%2Cb/installBase\\?limit=1&name=N&cursor=[\\w-]+>; rel=\"next\""),
        base);
  }

  @Test
  void accounts_list_shows_what_was_answered_before() {
    for (int i = 0; i < 20; i++) {
      String id = api.create(ALICE, "{\"name\":\"N\"}").id();
      List<String> ids = Walk.ids(Walk.pages(api, ALICE, "/integrations?limit=7"));
      assertTrue(ids.contains(id));
      assertEquals(i + 1, ids.size());
    }
  }

  @Test
  void install_base_tells_of_each_integration_where_it_stands() {
    api.register(PUBLISHER);
    Reply plain = api.create(ALICE, MANAGED);
    Reply updated = api.create(BOB, MANAGED);
    api.create(BOB, "{\"name\":\"Not the publisher's\"}");
    api.put(PUBLISHER, "/integrations/" + updated.id())
        .body(
            "{\"name\":\"U\",\"version\":\"2.0\",\"mode\":\"settings\",\"updateInProgress\":true}")
        .send();
    JsonNode document = api.get(BOB, "/integrations/" + updated.id()).send().json();

    Reply base = api.get(PUBLISHER, INSTALL_BASE).send();

    assertEquals(
        List.of(plain.id(), updated.id()).stream().sorted().toList(), Walk.ids(List.of(base)));
    for (JsonNode row : base.json().values()) {
      if (row.path("_integrationId").asString().equals(plain.id())) {
        assertEquals(
            Set.of("_integrationId", "name", "mode", "lastModified"),
            Set.copyOf(row.propertyNames()));
        assertEquals(plain.json().path("lastModified"), row.path("lastModified"));
      } else {
        for (String same : List.of("name", "version", "mode", "updateInProgress", "lastModified")) {
          assertEquals(document.path(same), row.path(same), same);
        }
        assertTrue(row.path("updateInProgressSince").isString());
      }
    }
  }

  @Test
  void next_page_of_an_install_base_carries_no_parameter_that_is_not_its_own() {
    create(2);
    String foreign = "&include=%0D%0AX-Evil:%201&exclude=a%26limit=0%3E";

    List<Reply> pages = Walk.pages(api, PUBLISHER, INSTALL_BASE + "?limit=1" + foreign);

    assertEquals(2, pages.size());
    String link = String.valueOf(pages.getFirst().headers().get("Link"));
    assertTrue(link.matches("<[^<>\\s]+\\?limit=1&cursor=[\\w-]+>; rel=\"next\""), link);
  }

  @Test
  void throttled_table_is_asked_again_for_what_it_left_out() {
    List<String> all = create(3);
    api.http.takeOperations();
    api.http.failWith(number -> number == 2 ? Fault.UNPROCESSED : Fault.NONE);

    Reply list = api.get(PUBLISHER, "/integrations").send();

    assertEquals(all, Walk.ids(List.of(list)));
    assertEquals(List.of("Query", "BatchGetItem", "BatchGetItem"), api.http.takeOperations());

    api.http.failWith(_ -> Fault.NONE);
  }

  @Test
  void table_that_stays_throttled_is_asked_a_bounded_number_of_times() {
    create(1);
    api.http.takeOperations();
    api.http.failWith(number -> number >= 2 ? Fault.UNPROCESSED : Fault.NONE);

    Reply list = api.get(PUBLISHER, "/integrations").send();

    assertEquals(503, list.status());
    assertEquals("1", list.headers().get("Retry-After"));
    int requests = api.http.takeOperations().size();
    assertTrue(requests < 50, requests + " requests");
    api.http.failWith(_ -> Fault.NONE);
  }

  @Test
  void install_base_is_its_connectors_alone() {
    assertEquals(403, api.get(ALICE, INSTALL_BASE).send().status());
    assertEquals(404, api.get(Caller.connector("another"), INSTALL_BASE).send().status());
    assertEquals(200, api.get(PUBLISHER.readOnly(), INSTALL_BASE).send().status());
  }
}
