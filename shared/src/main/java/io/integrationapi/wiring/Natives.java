package io.integrationapi.wiring;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A zip holds the native code of one processor. One that was packed for another would fail at its
 * first request to the store, with words that nobody understands.
 */
final class Natives {
  /** The folder of aws-crt's natives, by what the JVM calls the processor. */
  private static final Map<String, String> FOLDERS = Map.of("amd64", "x86_64", "aarch64", "armv8");

  private Natives() {}

  /**
   * Does nothing on the processor that this was packed for, or where nobody can tell.
   *
   * @throws IllegalStateException on the other one
   */
  static void check() {
    problem(
            System.getProperty("os.arch", ""),
            folder ->
                Natives.class.getResource("/linux/" + folder + "/glibc/libaws-crt-jni.so") != null)
        .ifPresent(problem -> {
          throw new IllegalStateException(problem);
        });
  }

  /**
   * What is wrong, if anything.
   *
   * @param processor by the JVM's name
   * @param packed whether the natives of that folder are here
   */
  static Optional<String> problem(String processor, Predicate<String> packed) {
    String own = FOLDERS.get(processor);
    if (own == null || packed.test(own) || FOLDERS.values().stream().noneMatch(packed)) {
      return Optional.empty();
    }
    return Optional.of(
        "this zip is not packed for "
            + processor
            + ": pack it with -Dlambda.architecture, or set the template's Architecture, so that"
            + " the two agree");
  }
}
