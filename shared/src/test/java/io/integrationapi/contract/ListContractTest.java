package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.integration.Document;
import io.integrationapi.domain.integration.InstallBaseEntry;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Mode;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.PublisherMembers;
import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.EveryStore;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three lists: what is on them, in which order, and how their pages follow one another. */
@EveryStore
class ListContractTest {
  private static final int MAX_PAGE_BYTES = 2_500_000;

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

    assertEquals(sorted(changed, second), ports.integrations.list(ports.asAlice, all()).entries());
  }

  @Test
  void connector_sees_what_carries_its_id_in_all_accounts() {
    Integration first = ports.anIntegration().managed().configured("{\"a\":1.00}").keep();
    Integration second = ports.anIntegration().of(ports.bob).withConnector().keep();
    ports.anIntegration().keep();
    Integration changed = Ports.done(ports.aChangeOf(first).as(ports.asAlice));

    assertEquals(
        sorted(changed, second), ports.integrations.list(ports.asConnector, all()).entries());
    assertEquals(List.of(), ports.integrations.list(ports.asOtherConnector, all()).entries());
  }

  @Test
  void connector_sees_too_what_the_store_left_for_another_request() {
    Integration first = ports.anIntegration().managed().keep();
    Integration second = ports.anIntegration().of(ports.bob).managed().keep();
    // The first request asks the index.
    ports.line.failWith(number -> number == 2 ? Fault.UNPROCESSED : Fault.NONE);

    assertEquals(
        sorted(first, second), ports.integrations.list(ports.asConnector, all()).entries());
  }

  @Test
  void connector_does_not_see_what_is_deleted_while_it_looks() {
    Integration gone = ports.anIntegration().managed().keep();
    Integration other = ports.anIntegration().managed().keep();
    // Between the request that asks the index and the one that asks the table.
    ports.line.betweenAttempts(
        () -> ports.integrations.delete(ports.asAlice, gone.id(), Precondition.NONE));

    assertEquals(List.of(other), ports.integrations.list(ports.asConnector, all()).entries());
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
    assertEquals(shown, ports.integrations.installBase(ports.connector, all()).entries());
  }

  @ParameterizedTest
  @EnumSource
  void list_of_nothing_is_one_empty_page(Way way) {
    assertEquals(new Page<>(List.of(), null), page(way, 1, null, ports.lastId()));
  }

  @ParameterizedTest
  @EnumSource
  void pages_hold_every_integration_once_by_id_and_the_last_has_no_next(Way way) {
    List<IntegrationId> ids = keep(6);

    for (int limit = 1; limit <= 7; limit++) {
      List<IntegrationId> walked = new ArrayList<>();
      int pages = 0;
      IntegrationId after = null;
      do {
        Page<IntegrationId> page = page(way, limit, after, ports.lastId());
        walked.addAll(page.entries());
        pages++;
        after = page.next() == null ? null : page.next().after();
      } while (after != null);

      assertEquals(ids, walked);
      assertEquals((6 + limit - 1) / limit, pages);
    }
  }

  @ParameterizedTest
  @EnumSource
  void page_leaves_out_what_is_from_the_bound_on_and_hands_the_bound_on(Way way) {
    List<IntegrationId> ids = keep(5);

    assertEquals(new Page<>(ids.subList(0, 3), null), page(way, 3, null, ids.get(3)));
    assertEquals(
        new Page<>(ids.subList(1, 2), new Page.Position(ids.get(1), ids.get(3))),
        page(way, 1, ids.get(0), ids.get(3)));
    assertEquals(new Page<>(List.of(), null), page(way, 3, null, ids.get(0)));
    assertEquals(new Page<>(List.of(), null), page(way, 3, ids.get(4), ids.get(1)));
  }

  @ParameterizedTest
  @EnumSource
  void page_goes_on_behind_an_integration_that_is_gone(Way way) {
    List<IntegrationId> ids = keep(3);
    ports.integrations.delete(ports.asAlice, ids.get(1), Precondition.NONE);

    assertEquals(new Page<>(ids.subList(2, 3), null), page(way, 3, ids.get(1), ports.lastId()));
  }

  @ParameterizedTest
  @EnumSource
  void list_is_as_long_as_it_is(Way way) {
    List<IntegrationId> ids = keep(90);

    assertEquals(new Page<>(ids, null), page(way, Page.MAX_LIMIT, null, ports.lastId()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT", "CONNECTOR"})
  void page_carries_no_more_bytes_of_documents_than_promised(Way way) {
    String large = "{\"a\":\"" + "x".repeat(340_000) + "\"}";
    List<Integration> given =
        Stream.generate(() -> ports.anIntegration().managed().configured(large).keep())
            .limit(9)
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .toList();

    List<Integration> walked = new ArrayList<>();
    Page.@Nullable Position next = new Page.Position(null, ports.lastId());
    while (next != null) {
      Page<Integration> page =
          ports.integrations.list(
              way == Way.ACCOUNT ? ports.asAlice : ports.asConnector, new Page.Request(9, next));
      int bytes =
          page.entries().stream().mapToInt(entry -> JsonText.sizeInBytes(Document.of(entry))).sum();
      assertTrue(bytes <= MAX_PAGE_BYTES, () -> bytes + " bytes");
      walked.addAll(page.entries());
      next = page.next();
    }

    assertEquals(given, walked);
    assertNull(next);
  }

  /** An embedded store counts the documents of an index's page, and so ends it before they do. */
  @Test
  void connectors_page_is_cut_when_its_documents_are_larger_than_the_index_showed() {
    List<Integration> given =
        Stream.generate(() -> ports.anIntegration().managed().keep()).limit(9).toList();
    String half = "{\"a\":\"" + "x".repeat(170_000) + "\"}";
    PublisherMembers steps =
        PublisherMembers.of(null, null, null, IntegrationMaker.steps("[" + half + "]"));
    ports.line.betweenAttempts(() ->
        given.forEach(it ->
            Ports.done(
                ports
                    .aChangeOf(it)
                    .configured(half)
                    .published(steps)
                    .underLock()
                    .as(ports.asConnector))));

    Page<Integration> page = ports.integrations.list(ports.asConnector, all());

    int bytes =
        page.entries().stream().mapToInt(entry -> JsonText.sizeInBytes(Document.of(entry))).sum();
    assertTrue(bytes <= MAX_PAGE_BYTES, () -> bytes + " bytes");
    assertEquals(7, page.entries().size());
    assertEquals(page.entries().getLast().id(), page.next() == null ? null : page.next().after());
  }

  private Page.Request all() {
    return new Page.Request(10, new Page.Position(null, ports.lastId()));
  }

  private Page<IntegrationId> page(
      Way way, int limit, @Nullable IntegrationId after, IntegrationId until) {
    Page.Request request = new Page.Request(limit, new Page.Position(after, until));
    return switch (way) {
      case ACCOUNT -> ids(ports.integrations.list(ports.asAlice, request));
      case CONNECTOR -> ids(ports.integrations.list(ports.asConnector, request));
      case INSTALL_BASE -> {
        Page<InstallBaseEntry> page = ports.integrations.installBase(ports.connector, request);
        yield new Page<>(page.entries().stream().map(InstallBaseEntry::id).toList(), page.next());
      }
    };
  }

  private static Page<IntegrationId> ids(Page<Integration> page) {
    return new Page<>(page.entries().stream().map(Integration::id).toList(), page.next());
  }

  /** So many of Alice's, managed by the connector: their ids in order. */
  private List<IntegrationId> keep(int count) {
    return Stream.generate(() -> ports.anIntegration().managed().keep().id())
        .limit(count)
        .sorted()
        .toList();
  }

  private static List<Integration> sorted(Integration... integrations) {
    return Stream.of(integrations).sorted((one, other) -> one.id().compareTo(other.id())).toList();
  }
}
