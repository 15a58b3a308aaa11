package io.integrationapi.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativesTest {
  @ParameterizedTest
  @CsvSource({
    "amd64, x86_64, false",
    "amd64, armv8, true",
    "aarch64, armv8, false",
    "aarch64, x86_64, true",
    // A laptop has the natives of all, and other processors are nobody's business.
    "amd64, x86_64 armv8, false",
    "amd64, '', false",
    "riscv64, x86_64, false"
  })
  void zip_for_another_processor_is_refused(String processor, String packed, boolean refused) {
    Set<String> folders = Set.of(packed.split(" ", -1));

    assertEquals(refused, Natives.problem(processor, folders::contains).isPresent());
  }

  @Test
  void refusal_says_what_to_do() {
    String problem = Natives.problem("aarch64", "x86_64"::equals).orElseThrow();

    assertTrue(problem.contains("aarch64") && problem.contains("-Dlambda.architecture"), problem);
  }

  @Test
  void here_the_natives_fit() {
    Natives.check();
  }
}
