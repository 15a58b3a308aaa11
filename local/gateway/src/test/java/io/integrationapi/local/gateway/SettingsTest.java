package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Path ROOT = Path.of("root");

  @Test
  void there_is_a_default_for_everything() throws StartFault {
    var settings = Settings.from(Map.of("PORT", " ", "DATA_DIR", ""), ROOT);

    assertEquals("127.0.0.1:3000", text(settings.api()));
    assertEquals("127.0.0.1:8000", text(settings.store()));
    assertEquals(Optional.of(ROOT.resolve(".data")), settings.folder());
  }

  @Test
  void everything_can_be_chosen() throws StartFault {
    var environment =
        Map.of(
            "PORT", "0", "DYNAMODB_PORT", "8001", "DYNAMODB_HOST", "0.0.0.0", "DATA_DIR", "kept");

    var settings = Settings.from(environment, ROOT);

    assertEquals("127.0.0.1:0", text(settings.api()));
    assertEquals("0.0.0.0:8001", text(settings.store()));
    assertEquals(Optional.of(ROOT.resolve("kept")), settings.folder());
    assertEquals(Optional.empty(), Settings.from(Map.of("DATA_DIR", "memory"), ROOT).folder());
    assertFalse(settings.accessLog());
    assertTrue(Settings.from(Map.of("LOG", "access"), ROOT).accessLog());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PORT | http | PORT is http: set it to a number from 0 to 65535, 0 for any free port.",
        "PORT | -1 | PORT is -1: set it to a number from 0 to 65535, 0 for any free port.",
        "DYNAMODB_PORT | 70000 | DYNAMODB_PORT is 70000: set it to a number from 0 to 65535, 0 for"
            + " any free port.",
        "LOG | all | LOG is all: set it to access for a line for each request, or leave it out.",
        "DYNAMODB_HOST | no such host | DYNAMODB_HOST is no such host, which is no address: set it"
            + " to one of this machine.",
      })
  void what_makes_no_sense_is_said_with_what_does(String name, String value, String message) {
    StartFault fault =
        assertThrows(StartFault.class, () -> Settings.from(Map.of(name, value), ROOT));

    assertEquals(message, fault.getMessage());
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
