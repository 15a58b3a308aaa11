package io.integrationapi.functions;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Filters, {@code sort} and {@code skip} of contract section 3, for the {@link Model}. */
final class ModelFilter {
  private static final Pattern TIME = Pattern.compile("2[0-9]{3}-[0-9-]{5}T[0-9:.]{12}Z");
  private static final List<String> TEXTS = List.of("name", "_connectorId", "mode", "version");
  private static final List<String> FLAGS = List.of("sandbox", "updateInProgress");
  private static final List<String> WORDS = List.of("q", "search");
  private static final Map<String, String> TIMES =
      Map.of(
          "createdAfter", "createdAt",
          "createdBefore", "createdAt",
          "modifiedAfter", "lastModified",
          "modifiedBefore", "lastModified");
  private static final List<String> OF_DOCUMENTS =
      List.of("_connectorId", "sandbox", "q", "search", "createdAfter", "createdBefore");

  private final Map<String, String> query;
  private final boolean ofRows;

  ModelFilter(Map<String, String> query, boolean ofRows) {
    this.query = query;
    this.ofRows = ofRows;
  }

  boolean isWrong() {
    return (ofRows && OF_DOCUMENTS.stream().anyMatch(query::containsKey))
        || !query.getOrDefault("mode", "install").matches("install|settings|uninstall")
        || !query.getOrDefault("sort", "").matches("|-?_id|-?createdAt")
        || !query.getOrDefault("skip", "0").matches("[0-9]{1,4}")
        || sent(FLAGS.stream()).anyMatch(name -> !value(name).matches("true|false"))
        || sent(TIMES.keySet().stream()).anyMatch(name -> !TIME.matcher(value(name)).matches());
  }

  boolean descends() {
    return query.getOrDefault("sort", "").startsWith("-");
  }

  int skip() {
    return Integer.parseInt(query.getOrDefault("skip", "0"));
  }

  boolean shows(ObjectNode document) {
    return sent(TEXTS.stream())
            .allMatch(name ->
                document.path(name).isString()
                    && document.path(name).stringValue().equals(value(name)))
        && sent(FLAGS.stream())
            .allMatch(name ->
                document.path(name).isBoolean()
                    && document.path(name).toString().equals(value(name)))
        && sent(WORDS.stream()).allMatch(name -> hasWord(document, value(name)))
        && sent(TIMES.keySet().stream()).allMatch(name -> isInTime(document, name));
  }

  private static boolean hasWord(ObjectNode document, String word) {
    Pattern part =
        Pattern.compile(word, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return Stream.of("name", "description")
        .anyMatch(name -> part.matcher(document.path(name).asString("\n")).find());
  }

  /** Times of this form are in the order of their letters. */
  private boolean isInTime(ObjectNode document, String name) {
    JsonNode time = document.path(TIMES.getOrDefault(name, ""));
    int order = time.asString("").compareTo(value(name));
    return time.isString() && (name.endsWith("After") ? order > 0 : order < 0);
  }

  private String value(String name) {
    return query.getOrDefault(name, "");
  }

  private Stream<String> sent(Stream<String> names) {
    return names.filter(query::containsKey);
  }
}
