package io.integrationapi.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks that every Java source stands as google-java-format would have it, or puts it so. The
 * known Maven plugins run the formatter inside Maven, whose JDK may be too old to read the sources.
 */
public final class Format {
  private Format() {}

  /**
   * Arguments: {@code check} or {@code apply}, and the folder. Ends with status 1 if a check fails.
   */
  public static void main(String[] args) throws IOException, FormatterException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> wrong = new ArrayList<>();

    for (Path file : sources(root)) {
      String source = Files.readString(file);
      String formatted =
          formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(source));
      if (!formatted.equals(source)) {
        wrong.add(root.relativize(file));
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }

    if (!apply && !wrong.isEmpty()) {
      wrong.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println(
          "To put it right: mvn -q -pl build/format process-classes -Dformat.mode=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isBuilt(root.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isBuilt(Path file) {
    return StreamSupport.stream(file.spliterator(), false)
        .anyMatch(name -> name.toString().equals("target"));
  }
}
