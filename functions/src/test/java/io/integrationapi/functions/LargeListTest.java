package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Contract section 3: a page never exceeds what the platform can carry. */
class LargeListTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  private static final String INSTALL_BASE = "/connectors/" + PUBLISHER.id() + "/installBase";
  private static final String MANAGED =
      "{\"name\":\"N\",\"_connectorId\":\"" + PUBLISHER.id() + "\",\"settings\":{\"a\":\"%s\"}}";

  /** What a function's answer may have, as JSON with the body as a string in it. */
  private static final int MAX_ANSWER_BYTES = 6_291_556;

  private static final int MAX_BODY_BYTES = 5_000_000;

  private final Api api = new Api();

  private List<String> create(int count, String text) {
    api.register(PUBLISHER);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Reply created = api.create(ALICE, MANAGED.formatted(text));
      assertEquals(201, created.status());
      ids.add(created.id());
    }
    return ids.stream().sorted().toList();
  }

  private void assertWalked(List<String> ids, Caller caller, String target) {
    List<Reply> pages = Walk.pages(api, caller, target);

    assertEquals(ids, Walk.ids(pages));
    for (Reply page : pages) {
      int bodyBytes = String.valueOf(page.body()).getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bodyBytes < MAX_BODY_BYTES, () -> "a body of " + bodyBytes + " bytes");
      String answer = JsonText.write(JsonNodeFactory.instance.stringNode(page.body()));
      int bytes = answer.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes < MAX_ANSWER_BYTES, () -> "an answer of " + bytes + " bytes");
    }
    assertTrue(pages.size() > 1, "the list should need more than one page");
  }

  /** The store answers 1 MB at a time, the connector's list collects more of them. */
  @ParameterizedTest
  @ValueSource(strings = {"é", "\\\"", "\\u0001"})
  void large_documents_come_on_pages_that_can_be_carried(String repeated) {
    int size = repeated.getBytes(StandardCharsets.UTF_8).length;
    List<String> ids = create(16, repeated.repeat(349_800 / size));

    assertWalked(ids, ALICE, "/integrations");
    assertWalked(ids, PUBLISHER, "/integrations");
    assertWalked(ids, PUBLISHER, "/integrations?include=settings");
  }

  @Test
  void pages_that_are_cut_by_size_keep_to_the_limit_too() {
    List<String> ids = create(9, "x".repeat(340_000));

    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      List<Reply> pages = Walk.pages(api, caller, "/integrations?limit=2");
      assertEquals(ids, Walk.ids(pages));
      assertEquals(5, pages.size());
    }
  }

  @Test
  void what_is_left_out_of_a_large_list_does_not_hide_entries() {
    List<String> ids = create(9, "x".repeat(340_000));

    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      List<Reply> pages = Walk.pages(api, caller, "/integrations?exclude=settings");
      assertEquals(ids, Walk.ids(pages));
    }
  }

  /** Since many clients never look for a second page. */
  @Test
  void thousand_small_integrations_are_one_page() {
    List<String> ids = create(1000, "x");
    api.http.takeOperations();

    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      List<Reply> pages = Walk.pages(api, caller, "/integrations");
      assertEquals(ids, Walk.ids(pages));
      assertEquals(1, pages.size());
    }
    List<String> operations = api.http.takeOperations();
    // Some 700 bytes each: less than 1 MB. A connector gets them 40 at a time.
    assertEquals(List.of("Query", "Query"), operations.subList(0, 2));
    assertEquals(Collections.nCopies(25, "BatchGetItem"), operations.subList(2, 27));

    assertEquals(1000, api.get(PUBLISHER, INSTALL_BASE).send().json().size());
    List<Reply> rest = Walk.pages(api, ALICE, "/integrations?skip=990");
    assertEquals(ids.subList(990, 1000), Walk.ids(rest));
  }

  @Test
  void thousand_integrations_of_10_kb_are_three_pages_and_a_query_for_each_megabyte() {
    List<String> ids = create(1000, "x".repeat(9_800));
    api.http.takeOperations();

    List<Reply> pages = Walk.pages(api, ALICE, "/integrations");
    int queries = api.http.takeOperations().size();

    assertEquals(ids, Walk.ids(pages));
    assertEquals(3, pages.size());
    pages
        .subList(0, 2)
        .forEach(page -> assertTrue(String.valueOf(page.body()).length() > 4_980_000));
    // 10 MB and what is read twice where a page ends, and one that looks where the list ends.
    assertTrue(queries >= 11 && queries <= 14, queries + " queries");

    List<Reply> names = Walk.pages(api, ALICE, "/integrations?include=mode");
    queries = api.http.takeOperations().size();
    assertEquals(ids, Walk.ids(names));
    assertEquals(1, names.size());
    assertTrue(queries >= 10 && queries <= 12, queries + " queries");

    List<Reply> filtered = Walk.pages(api, ALICE, "/integrations?name=none");
    assertEquals(List.of(), Walk.ids(filtered));
    assertEquals(1, filtered.size());

    List<Reply> publishers = Walk.pages(api, PUBLISHER, "/integrations");
    assertEquals(ids, Walk.ids(publishers));
    assertEquals(3, publishers.size());
  }

  @Test
  void small_documents_come_on_one_page() {
    List<String> ids = create(30, "x");

    for (Caller caller : List.of(ALICE, PUBLISHER)) {
      List<Reply> pages = Walk.pages(api, caller, "/integrations?limit=30");
      assertEquals(ids, Walk.ids(pages));
      assertEquals(1, pages.size());
    }
  }

  /** A control character is one byte to the store, six in JSON, and seven in the answer. */
  @ParameterizedTest
  @ValueSource(strings = {"\\\"", "\\u0001"})
  void install_base_of_long_versions_comes_on_pages_that_can_be_carried(String repeated) {
    List<String> ids = create(20, "x");
    String version = repeated.repeat(349_000 / repeated.length());
    for (String id : ids) {
      String body = "{\"name\":\"N\",\"version\":\"" + version + "\"}";
      assertEquals(200, api.put(PUBLISHER, "/integrations/" + id).body(body).send().status());
    }

    assertWalked(ids, PUBLISHER, INSTALL_BASE);
  }
}
