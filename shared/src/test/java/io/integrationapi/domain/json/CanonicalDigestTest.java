package io.integrationapi.domain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal for equal JSON values, and only for those. */
class CanonicalDigestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
        "1 | 1.0",
        "1 | 10e-1",
        "100 | 1E2",
        "0 | -0.000e7",
        "1e-200 | 0.1e-199",
        "\"a\" | \"\\u0061\"",
        "123456789012345678901234567890 | 1.2345678901234567890123456789e29",
        "-0 | 0",
        "0.0500 | 5e-2",
        "-12.50 | -1250e-02",
        "1E+0005 | 100000",
        "0e99999999999999999999 | 0",
        "1.50e99999999999999999999 | 1.5E+99999999999999999999"
      })
  void equal_values_have_one_digest(String a, String b) {
    assertEquals(digest(a), digest(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1} | {\"a\":2}",
        "{\"a\":1} | {\"a\":1,\"b\":null}",
        "[1,2] | [2,1]",
        "[[],1] | [[1]]",
        "[\"a\",\"b\"] | [\"ab\"]",
        "{\"a\":{}} | {\"a\":[]}",
        "{\"a\":1} | {\"b\":1}",
        "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"b\":1,\"c\":2}}",
        "[\"a\",\"b\\\"c\"] | [\"a\\\"b\",\"c\"]",
        "[\"a\",\"b\\\"\\u0000\\u0000\\u0000c\"] | [\"a\\\"\\u0000\\u0000\\u0000b\",\"c\"]",
        "1 | \"1\"",
        "1 | -1",
        "0.1 | 0.10000000000000000000000000000000000001",
        "true | \"true\"",
        "null | false",
        "1e2147483000 | 1e2147483001",
        "1e99999999999999999999 | 1e99999999999999999998",
        "1e99999999999999999999 | 1e-99999999999999999999",
        "12 | 21",
        "1.2 | 12",
        "-1.5 | 1.5",
        "105 | 15"
      })
  void other_values_have_other_digests(String a, String b) {
    assertNotEquals(digest(a), digest(b));
  }

  /** A conversion to a number and back takes a time that grows with the square of the digits. */
  @Test
  void digest_of_a_number_is_linear_in_its_digits() {
    String million = "7".repeat(1_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertNotEquals(digest(million), digest(million + ".5")));
  }

  private static String digest(String json) {
    return CanonicalDigest.of(JsonText.readTrusted(json));
  }
}
