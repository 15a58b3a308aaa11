package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract section 3: {@code include} and {@code exclude} of lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionTest {
  private static final Caller ALICE = Caller.account("alice");

  private final Api api = new Api();
  private final JsonNode whole =
      api.create(
              ALICE,
              "{\"name\":\"N\",\"readme\":\"R\",\"settings\":{\"a\":{\"b\":1,\"c\":[2]},\"d\":3},"
                  + "\"install\":[{\"name\":\"S\",\"completed\":true},"
                  + "{\"name\":\"T\",\"x\":{\"y\":4}}],"
                  + "\"other\":{\"e\":[{\"f\":1,\"g\":2},[{\"f\":3}],5]},\"scalar\":6}")
          .json();

  private ObjectNode list(String query) {
    JsonNode list = api.get(ALICE, "/integrations?" + query).send().json();
    assertEquals(1, list.size());
    return (ObjectNode) list.path(0);
  }

  /** The expectation leaves out {@code _id} and {@code name}, which are always there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "readme | {\"readme\":\"R\"}",
        "settings.d | {\"settings\":{\"d\":3}}",
        "settings.a.b | {\"settings\":{\"a\":{\"b\":1}}}",
        "settings.a.b,settings.d | {\"settings\":{\"a\":{\"b\":1},\"d\":3}}",
        "settings.a.c | {\"settings\":{\"a\":{\"c\":[2]}}}",
        "settings,settings.d | {\"settings\":{\"a\":{\"b\":1,\"c\":[2]},\"d\":3}}",
        "settings.d,settings | {\"settings\":{\"a\":{\"b\":1,\"c\":[2]},\"d\":3}}",
        "settings.a,settings.a.b | {\"settings\":{\"a\":{\"b\":1,\"c\":[2]}}}",
        "scalar,readme | {\"readme\":\"R\",\"scalar\":6}",
        "scalar,scalar | {\"scalar\":6}",
        "missing | {}",
        "missing.a | {}",
        "scalar.a | {}",
        "Readme | {}",
        "_id,name | {}",
        ", | {}",
        "install.name | {\"install\":[{\"name\":\"S\"},{\"name\":\"T\"}]}",
        "install.x.y | {\"install\":[{},{\"x\":{\"y\":4}}]}",
      })
  void include_answers_only_what_it_names(String include, String expected) {
    ObjectNode entry = list("include=" + include);

    assertEquals(whole.path("_id"), entry.remove("_id"));
    assertEquals("N", entry.remove("name").asString());
    assertEquals(expected, entry.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "readme",
        "settings",
        "scalar",
        "createdAt",
        "lastModified",
        "install",
        "missing",
      })
  void exclude_answers_all_but_what_it_names(String exclude) {
    ObjectNode expected = (ObjectNode) whole.deepCopy();
    expected.remove(exclude);

    assertEquals(expected.toString(), list("exclude=" + exclude).toString());
  }

  @Test
  void exclude_leads_into_objects_and_arrays() {
    ObjectNode entry = list("exclude=settings.a.b,install.name,other.e.f,scalar.a,missing.b");

    assertEquals("{\"a\":{\"c\":[2]},\"d\":3}", entry.path("settings").toString());
    assertEquals("[{\"completed\":true},{\"x\":{\"y\":4}}]", entry.path("install").toString());
    assertEquals("{\"e\":[{\"g\":2},[{}],5]}", entry.path("other").toString());
    assertEquals("6", entry.path("scalar").toString());
    assertFalse(list("exclude=settings.a,settings").has("settings"));
    assertFalse(list("exclude=settings,settings.a").has("settings"));
  }

  @Test
  void exclude_of_nothing_answers_everything() {
    assertEquals(whole.toString(), list("exclude=").toString());
    assertEquals(whole.toString(), list("include=").toString());
    assertEquals(whole.toString(), list("include=&exclude=&sort=&limit=").toString());
    assertFalse(list("include=&exclude=settings").has("settings"));
    assertFalse(list("include=scalar&exclude=").has("settings"));
    assertEquals(whole.toString(), list("unknown=1&Include=name").toString());
  }

  @Test
  void order_of_members_is_the_documents_not_the_questions() {
    assertEquals(
        List.of("_id", "lastModified", "name", "readme", "settings", "scalar"),
        List.copyOf(list("include=scalar,settings,lastModified,readme").propertyNames()));
  }

  @Test
  void selection_is_for_lists() {
    JsonNode document =
        api.get(ALICE, "/integrations/" + whole.path("_id").asString() + "?include=name")
            .send()
            .json();

    assertTrue(document.has("settings"));
  }
}
