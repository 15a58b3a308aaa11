package io.integrationapi.contract;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationFilter;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three lists: what is on them, in which order, and how their pages follow one another. */
@EveryStore
class ListContractTest {
  private final Ports ports = new Ports();

  /** A list, as the ids of its pages. */
  enum Way {
    ACCOUNT,
    CONNECTOR,
    INSTALL_BASE
  }

  @Test
  void account_sees_all_of_its_own_as_they_are() {
    Integration first = ports.anIntegration().configured("{\"a\":1.00}").keep();
    Integration second = ports.anIntegration().managed().locked().keep();
    ports.anIntegration().of(ports.bob).managed().keep();
    Integration changed = Ports.done(ports.aChangeOf(first).as(ports.asAlice));

    assertEquals(sorted(changed, second), ports.list(ports.asAlice));
  }

  @Test
  void connector_sees_what_carries_its_id_in_all_accounts() {
    Integration first = ports.anIntegration().managed().configured("{\"a\":1.00}").keep();
    Integration second = ports.anIntegration().of(ports.bob).withConnector().keep();
    ports.anIntegration().keep();
    Integration changed = Ports.done(ports.aChangeOf(first).as(ports.asAlice));

    assertEquals(sorted(changed, second), ports.list(ports.asConnector));
    assertEquals(List.of(), ports.list(ports.asOtherConnector));
  }

  @Test
  void connector_sees_too_what_the_store_left_for_another_request() {
    Integration first = ports.anIntegration().managed().keep();
    Integration second = ports.anIntegration().of(ports.bob).managed().keep();
    // The first request asks the index.
    ports.line.failWith(number -> number == 2 ? Fault.UNPROCESSED : Fault.NONE);

    assertEquals(sorted(first, second), ports.list(ports.asConnector));
  }

  @Test
  void connector_does_not_see_what_is_deleted_while_it_looks() {
    Integration gone = ports.anIntegration().managed().keep();
    Integration other = ports.anIntegration().managed().keep();
    // Between the request that asks the index and the one that asks the table.
    ports.line.betweenAttempts(() ->
        ports.integrations.delete(ports.asAlice, gone.id(), Precondition.NONE, ports.authorship()));

    assertEquals(List.of(other), ports.list(ports.asConnector));
  }

  @Test
  void install_base_shows_a_part_of_what_carries_the_connectors_id() {
    Integration given =
        ports.anIntegration().managed().published(Mode.SETTINGS, "1.0", "[]").locked().keep();
    Integration plain = ports.anIntegration().of(ports.bob).withConnector().keep();
    ports.anIntegration().keep();

    List<InstallBaseEntry> shown =
        Stream.of(
                new InstallBaseEntry(
                    given.id(), "Given", "1.0", Mode.SETTINGS, true, ports.now(), ports.now()),
                new InstallBaseEntry(plain.id(), "Given", null, null, null, null, ports.now()))
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .toList();
    assertEquals(shown, ports.installBase());
  }

  @ParameterizedTest
  @EnumSource
  void list_of_nothing_is_one_empty_page(Way way) {
    assertEquals(new ReadPage<>(List.of(), null), page(way, 1, Page.Position.BEGINNING));
  }

  @ParameterizedTest
  @EnumSource
  void pages_hold_every_integration_once_by_id_and_the_last_has_no_next(Way way) {
    List<IntegrationId> ids = keep(6);

    for (Page.Order order : Page.Order.values()) {
      for (int limit = 1; limit <= 7; limit++) {
        List<ReadPage<IntegrationId>> pages = walk(way, request(limit, order));
        assertEquals(order == Page.Order.ASCENDING ? ids : ids.reversed(), entries(pages));
        assertEquals((6 + limit - 1) / limit, pages.size());
      }
    }
  }

  /** Whatever the clock says: ids may be ahead of it. */
  @ParameterizedTest
  @EnumSource
  void list_ends_with_what_there_was_when_its_second_page_was_read(Way way) {
    List<IntegrationId> ids = keep(3);
    ReadPage<IntegrationId> first = page(way, 1, Page.Position.BEGINNING);
    assertEquals(new Page.Position(ids.get(0), null, 0), first.next());
    ports.pass(Duration.ofMinutes(-1));
    IntegrationId before = keep(1).getFirst();
    ports.pass(Duration.ofDays(1));
    IntegrationId second = keep(1).getFirst();

    ReadPage<IntegrationId> page = page(way, 1, requireNonNull(first.next()));
    assertEquals(
        new ReadPage<>(List.of(ids.get(1)), new Page.Position(ids.get(1), second, 0)), page);
    ports.pass(Duration.ofDays(1));
    keep(2);

    List<ReadPage<IntegrationId>> rest = walk(way, Ports.page(1, requireNonNull(page.next())));
    assertEquals(List.of(ids.get(2), second), entries(rest));
    assertEquals(before, page(way, 1, Page.Position.BEGINNING).entries().getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void page_goes_on_behind_an_integration_that_is_gone(Way way) {
    List<IntegrationId> ids = keep(3);
    ports.integrations.delete(ports.asAlice, ids.get(1), Precondition.NONE, ports.authorship());

    assertEquals(
        new ReadPage<>(ids.subList(2, 3), null),
        page(way, 3, new Page.Position(ids.get(1), null, 0)));
    assertEquals(
        new ReadPage<>(List.of(), null),
        page(way, 3, new Page.Position(ids.get(2), ids.get(1), 0)));
  }

  @ParameterizedTest
  @EnumSource
  void list_is_as_long_as_it_is(Way way) {
    List<IntegrationId> ids = keep(90);

    assertEquals(new ReadPage<>(ids, null), page(way, Page.MAX_LIMIT, Page.Position.BEGINNING));
    for (int skip : List.of(1, 50, 89, 90, 91, Page.MAX_SKIP)) {
      List<IntegrationId> rest = ids.subList(Math.min(skip, 90), 90);
      Page.Position from = new Page.Position(null, null, skip);
      assertEquals(rest, entries(walk(way, Ports.page(7, from))));
    }
  }

  /** The store answers 1 MB at a time. */
  @ParameterizedTest
  @EnumSource
  void page_holds_what_it_has_room_for_however_much_that_is(Way way) {
    List<IntegrationId> ids = keepLarge(9);
    List<IntegrationId> taken = new ArrayList<>();
    Page.Room<IntegrationId> room = id -> taken.size() < 7 && taken.add(id);

    Optional<Page.Position> next = page(way, Ports.all(), room);

    assertEquals(ids.subList(0, 7), taken);
    assertEquals(Optional.of(new Page.Position(ids.get(6), null, 0)), next);
    assertEquals(new ReadPage<>(ids.subList(7, 9), null), page(way, 9, next.orElseThrow()));
    assertEquals(
        ids.subList(4, 9), entries(walk(way, Ports.page(2, new Page.Position(null, null, 4)))));
  }

  /** What keeps an id taken stands in the account's partition, and is none of its integrations. */
  @Test
  void what_is_no_integration_is_neither_listed_nor_counted() {
    // The first attempt gets lost, and its id with it.
    for (int i = 0; i < 3; i++) {
      Integration integration = ports.anIntegration().make();
      ports.line.failWith(number -> number == 1 ? Fault.REFUSED : Fault.NONE);
      Ports.done(ports.integrations.create(integration, null));
      ports.line.failWith(_ -> Fault.NONE);
    }
    List<IntegrationId> ids = ports.list(ports.asAlice).stream().map(Integration::id).toList();
    assertEquals(3, ids.size());

    for (int limit = 1; limit <= 3; limit++) {
      assertEquals(ids, entries(walk(Way.ACCOUNT, request(limit, Page.Order.ASCENDING))));
      assertEquals(
          ids.subList(1, 3),
          entries(walk(Way.ACCOUNT, Ports.page(limit, new Page.Position(null, null, 1)))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void filter_is_applied_before_entries_are_counted(Way way) {
    List<IntegrationId> ids = keep(8);
    for (IntegrationId id : List.of(ids.get(1), ids.get(4), ids.get(7))) {
      Integration one = ports.integrations.find(ports.asAlice, id).orElseThrow();
      Ports.done(ports.aChangeOf(one).labels("Other", null, null).as(ports.asAlice));
    }

    List<ReadPage<IntegrationId>> pages =
        walk(
            way,
            new Page.Request(2, Page.Position.BEGINNING, Page.Order.ASCENDING, named("Other")));
    assertEquals(
        List.of(List.of(ids.get(1), ids.get(4)), List.of(ids.get(7))),
        pages.stream().map(ReadPage::entries).toList());
    assertEquals(
        List.of(ids.get(1)),
        entries(
            walk(
                way,
                new Page.Request(
                    2, new Page.Position(null, null, 2), Page.Order.DESCENDING, named("Other")))));
  }

  /** Each query reads 1 MB. A page that finds nothing in time says where to go on. */
  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT", "CONNECTOR"})
  void page_ends_before_its_time_does_and_leads_on(Way way) {
    List<IntegrationId> ids = keepLarge(9);
    IntegrationFilter none =
        new IntegrationFilter(
            null,
            null,
            null,
            null,
            null,
            null,
            List.of("nothing has this"),
            IntegrationFilter.Between.ANY,
            IntegrationFilter.Between.ANY);
    Page.Position position = Page.Position.BEGINNING;
    int pages = 0;
    while (position != null) {
      Page.Request request = new Page.Request(5, position, Page.Order.ASCENDING, none);
      ReadPage<IntegrationId> page =
          Deadline.within(
              Duration.ofMillis(2900), () -> ReadPage.of(room -> page(way, request, room)));
      assertEquals(List.of(), page.entries());
      position = page.next();
      pages++;
    }
    assertTrue(pages >= 3, pages + " pages");

    Page.Request all = Ports.all();
    ReadPage<IntegrationId> found =
        Deadline.within(Duration.ofMillis(2900), () -> ReadPage.of(room -> page(way, all, room)));
    assertEquals(ids.subList(0, found.entries().size()), found.entries());
    assertEquals(found.entries().getLast(), requireNonNull(found.next()).after());
  }

  @Test
  void what_is_left_out_of_an_accounts_list_may_take_more_time_than_a_page_has() {
    List<IntegrationId> ids = keepLarge(9);
    Page.Request request = Ports.page(5, new Page.Position(null, null, 8));

    ReadPage<IntegrationId> page =
        Deadline.within(
            Duration.ofMillis(2900), () -> ReadPage.of(room -> page(Way.ACCOUNT, request, room)));

    assertEquals(List.of(), page.entries());
    assertEquals(
        ids.subList(8, 9), entries(walk(Way.ACCOUNT, Ports.page(5, requireNonNull(page.next())))));
  }

  private static IntegrationFilter named(String name) {
    return new IntegrationFilter(
        name,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        IntegrationFilter.Between.ANY,
        IntegrationFilter.Between.ANY);
  }

  private static Page.Request request(int limit, Page.Order order) {
    return new Page.Request(limit, Page.Position.BEGINNING, order, IntegrationFilter.EVERYTHING);
  }

  private ReadPage<IntegrationId> page(Way way, int limit, Page.Position from) {
    return ReadPage.of(room -> page(way, Ports.page(limit, from), room));
  }

  private Optional<Page.Position> page(
      Way way, Page.Request request, Page.Room<IntegrationId> room) {
    return switch (way) {
      case ACCOUNT ->
          ports.integrations.list(ports.asAlice, request, entry -> room.takes(entry.id()));
      case CONNECTOR ->
          ports.integrations.list(ports.asConnector, request, entry -> room.takes(entry.id()));
      case INSTALL_BASE ->
          ports.integrations.installBase(ports.connector, request, entry -> room.takes(entry.id()));
    };
  }

  private List<ReadPage<IntegrationId>> walk(Way way, Page.Request first) {
    List<ReadPage<IntegrationId>> pages = new ArrayList<>();
    Page.@Nullable Position next = first.from();
    while (next != null) {
      Page.Request request = new Page.Request(first.limit(), next, first.order(), first.filter());
      ReadPage<IntegrationId> page = ReadPage.of(room -> page(way, request, room));
      pages.add(page);
      next = page.next();
    }
    return pages;
  }

  private static List<IntegrationId> entries(List<ReadPage<IntegrationId>> pages) {
    return pages.stream().flatMap(page -> page.entries().stream()).toList();
  }

  /** So many of Alice's, managed by the connector: their ids in order. */
  private List<IntegrationId> keep(int count) {
    return Stream.generate(() -> ports.anIntegration().managed().keep().id())
        .limit(count)
        .sorted()
        .toList();
  }

  /** The same, of 340 KB each. */
  private List<IntegrationId> keepLarge(int count) {
    String large = "{\"a\":\"" + "x".repeat(340_000) + "\"}";
    return Stream.generate(() -> ports.anIntegration().managed().configured(large).keep().id())
        .limit(count)
        .sorted()
        .toList();
  }

  private static List<Integration> sorted(Integration... integrations) {
    return Stream.of(integrations).sorted((one, other) -> one.id().compareTo(other.id())).toList();
  }
}
