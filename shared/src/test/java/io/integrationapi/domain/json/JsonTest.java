package io.integrationapi.domain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** What is made without reading or writing equals what reading and writing would make. */
class JsonTest {
  private static final JsonLimits LIMITS = new JsonLimits(1000, 100);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"\":{}}",
        "{\"settings\":{\"a\":[1,2,{\"b\":[]}]},\"x\":1.50,\"y\":null}",
        "{\"a\":\"}],\\\"{[\",\"b\":[\"\\\\\",\"\\\\\\\"\"],\"c\":\"\\\\\"}",
        "{\"a\\\"b\\\\\":true,\"\\u0000\":false,\"é中😀\":\"é中😀\"}"
      })
  void members_are_written_as_they_were(String text) {
    assertEquals(text, JsonText.write(Json.ofText(text).verbatimMembers()));
    assertEquals(
        text,
        new String(
            JsonText.writeBytes(Json.ofText(text).verbatimMembers()), StandardCharsets.UTF_8));
    assertEquals(
        List.copyOf(JsonText.readTrusted(text).propertyNames()),
        List.copyOf(Json.ofText(text).verbatimMembers().propertyNames()));
  }

  @Test
  void long_members_are_written_as_they_were() {
    String text =
        "{\"a\":\"" + "x\\\"é".repeat(20_000) + "\",\"b\":[" + "1,".repeat(20_000) + "2]}";

    assertEquals(text, JsonText.write(Json.ofText(text).verbatimMembers()));
    assertEquals(text, JsonText.write(Json.ofText(text).verbatim()));
    assertEquals(text, Json.of(JsonText.readTrusted(text)).text());
  }

  @Test
  void size_of_a_string_is_that_of_its_text() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x3000; c++) {
      all.append((char) c);
      assertSize(Character.toString(c));
    }
    assertSize(all + "😀");
    assertSize("");
  }

  private static void assertSize(String string) {
    assertEquals(
        JsonText.sizeInBytes(StringNode.valueOf(string)), JsonText.sizeInBytes(string), string);
  }

  @Test
  void string_of_bytes_is_written_as_the_string() {
    String all = "é\"\\\b\t\n\f\r\0\u007f中😀/".repeat(1000);
    byte[] utf8 = all.getBytes(StandardCharsets.UTF_8);

    assertEquals(
        new String(JsonText.writeBytes(StringNode.valueOf(all)), StandardCharsets.UTF_8),
        new String(JsonText.writeBytes(ReadyText.string(utf8)), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":{\"c\":1,\"c\":2}} | A name occurs twice in one object of the body: see"
            + " line 1, column 22.",
        "{\"a\":1,\"a\":2,} | A name occurs twice in one object of the body: see line 1, column"
            + " 11.",
        "{\"é\":1,} | The body is not valid JSON: see line 1, column 8.",
        "[1] [2] | The body is not valid JSON: see line 1, column 6.",
        "\"\\ud800\" | A string of the body contains an unpaired surrogate, which is no character.",
        "{\"\\uDC00x\":1} | The body is not valid JSON: see line 1, column 9.",
        "\"\\ude00\\ud83d\" | A string of the body contains an unpaired surrogate, which is no"
            + " character."
      })
  void what_is_wrong_is_told(String text, String message) {
    Validated<JsonNode> read = JsonText.read(text.getBytes(StandardCharsets.UTF_8), LIMITS);

    assertEquals(
        List.of(new Fault(FaultCode.MALFORMED_JSON, message)),
        assertInstanceOf(Validated.Invalid.class, read).faults());
  }

  @Test
  void replacement_character_is_a_character_and_what_is_no_utf8_is_none() {
    byte[] sent = "\"\ufffd\"".getBytes(StandardCharsets.UTF_8);
    assertEquals(Validated.valid(StringNode.valueOf("\ufffd")), JsonText.read(sent, LIMITS));

    sent[3] = (byte) 0xff;
    assertEquals(
        Validated.invalid(FaultCode.MALFORMED_JSON, "The body is not valid UTF-8."),
        JsonText.read(sent, LIMITS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "7", "-100", "999999999999999999", "-99999999999999999", "1.50"})
  void number_is_written_as_it_was(String text) {
    assertEquals(text, JsonText.write(JsonText.readTrusted(text)));
  }

  /** As the versions before made them, which stand in the table. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}" + " | OaWyop01LliuEQVHoRtsekPSpG0sxQD6DxuB1o2AYlQ",
        "{\"b\":[1,1.0,-0,\"\"],\"a\":{\"é\":null,\"😀\":true,\"z\":false}}"
            + " | w002Gowk-vuoFVCcBf6vLnu_gW8VKuLIDlx_BUVUFO0",
        "[100,-100,0,10e-1,1.50e99999999999999999999,1E+0005,-12.50,999999999999999999]"
            + " | UP4ITNda-v6RoVejO5XA7QYr2CSrZkEGhRygm-DHjAM",
        "{\"settings\":{\"a\":\"x\"},\"n\":7}" + " | Me6lGFWnIQpHc1csjWrxHr_hNn2KfR79xoswGDcUn58"
      })
  void digest_is_that_of_the_versions_before(String text, String digest) {
    assertEquals(digest, Json.ofText(text).digest());
  }

  @Test
  void digest_of_long_texts_is_that_of_the_versions_before() {
    var object = JsonNodeFactory.instance.objectNode();
    for (int length : new int[] {8186, 8187, 8188, 8192, 20_000}) {
      object.put("a" + length, "x".repeat(length)).put("b" + length, "é".repeat(length));
      object.put("c".repeat(length), length);
    }
    assertEquals("A_Qg6-mBnjscIkGxlLxjMDO-UP1ADXynWrBXLWU-DiY", CanonicalDigest.of(object));
  }
}
