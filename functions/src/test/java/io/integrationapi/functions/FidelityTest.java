package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 2, fidelity: JSON comes back as it was sent, whichever way it goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FidelityTest {
  private static final Caller ALICE = Caller.account("alice");
  private static final Pattern NUMBER = Pattern.compile("\"n\":(-?[0-9][-+0-9.eE]*)[,}]");

  private final Api api = new Api();

  private List<JsonNode> everyWay(String body) {
    return EveryWay.documents(api, ALICE, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"z\":1,\"a\":2,\"m\":{\"2\":1,\"10\":2,\"1\":{\"y\":1,\"x\":2}}}",
        "{\"\":{\"\":\"\"},\" \":\" \"}",
        "[[],{},\"\",null,true,false,0,[null,{\"a\":null}]]",
        "{\"_id\":1,\"name\":[],\"mode\":2,\"install\":{},\"updateInProgress\":\"no\"}",
        "{\"__proto__\":1,\"constructor\":2,\"$ref\":\"#\",\"@class\":\"java.lang\"}",
        "[\"\\\"\\\\/\",\"</script>\",\"'\",\"${x}\",\"%s\",\"\\t\\r\\n\\b\\f\"]",
        "{\"a.b\":1,\"a\":{\"b\":2},\"a/b\":3,\"a~b\":4,\"a[0]\":5}",
      })
  void value_comes_back_as_it_was_sent(String value) {
    String install = "[{\"v\":" + value + "}]";
    String settings = "{\"v\":" + value + "}";
    String body =
        "{\"v\":"
            + value
            + ",\"name\":\"N\",\"install\":"
            + install
            + ",\"settings\":"
            + settings
            + ",\"a\":1}";

    for (JsonNode document : everyWay(body)) {
      // As texts, since JSON values do not know the order of their members.
      assertEquals(value, document.path("v").toString());
      assertEquals(settings, document.path("settings").toString());
      assertEquals(install, document.path("install").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.0",
        "1.10",
        "-0.50",
        "100",
        "1e2",
        "1E+2",
        "1e-200",
        "1E400",
        "-1.00E-400",
        "0.0000000000000000000000000000001",
        "0.1234567890123456789012345678901234567890",
        "1234567890123456789012345678901234567890",
        "9007199254740993",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616.5",
        "0e10",
        "0.000",
        "-0",
        "-0.0",
        "-0e5",
        "1e2147483648",
        "1e-2147483649",
        "1e99999999999999999999",
      })
  void number_comes_back_as_it_was_spelled(String number) {
    String body = "{\"name\":\"N\",\"n\":" + number + ",\"settings\":{\"n\":" + number + "}}";
    for (JsonNode document : everyWay(body)) {
      Matcher found = NUMBER.matcher(document.toString());
      int times = 0;
      while (found.find()) {
        times++;
        assertEquals(number, found.group(1));
      }
      assertEquals(2, times, document::toString);
    }
  }

  @Test
  void hundred_levels_come_back() {
    String value = "{\"a\":[".repeat(49) + "1" + "]}".repeat(49);

    for (JsonNode document : everyWay("{\"name\":\"N\",\"settings\":{\"s\":" + value + "}}")) {
      assertEquals("{\"s\":" + value + "}", document.path("settings").toString());
    }
  }

  /** Names that the store or the platform use themselves are but names here. */
  @Test
  void no_name_is_taken() {
    String members =
        "\"pk\":1,\"sk\":2,\"id\":3,\"revision\":4,\"managed\":5,\"lockedSince\":6,\"expires\":7,"
            + "\"configuration\":8,\"contentBytes\":9,\"Name\":10,\"_ID\":11,\"mode \":12,"
            + "\"errors\":13";

    for (JsonNode document : everyWay("{\"name\":\"N\"," + members + "}")) {
      assertTrue(document.toString().contains(members), document::toString);
    }
  }

  @Test
  void null_means_absent_where_a_member_is_named_and_stays_where_it_is_any_json() {
    String body =
        "{\"name\":\"N\",\"description\":null,\"readme\":null,"
            + "\"settings\":{\"a\":null,\"b\":[null]},"
            + "\"mode\":null,\"version\":null,\"updateInProgress\":null,\"other\":null,"
            + "\"_connectorId\":null,\"install\":null}";

    for (JsonNode document : everyWay(body)) {
      assertFalse(document.has("description") || document.has("readme") || document.has("mode"));
      assertFalse(document.has("version") || document.has("updateInProgress"));
      assertFalse(document.has("other") || document.has("_connectorId") || document.has("install"));
      assertEquals("{\"a\":null,\"b\":[null]}", document.path("settings").toString());
    }
  }

  @Test
  void null_in_a_step_means_absent_for_the_members_that_have_a_type() {
    String body =
        "{\"name\":\"N\",\"install\":[{\"name\":\"S\",\"completed\":null,\"installURL\":null}]}";

    for (JsonNode document : EveryWay.documents(api, Caller.account("steps"), body)) {
      assertFalse(document.at("/install/0").has("installURL"), document::toString);
      assertFalse(document.at("/install/0").has("completed"), document::toString);
    }
  }
}
