package io.integrationapi.local.gateway;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chooses the records that a function gets. Of the patterns' language it knows what the template
 * uses: values, and the beginning of a text.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html">Using event
 *     filtering with a DynamoDB event source</a>
 */
final class EventFilter {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> patterns;

  /**
   * @throws IllegalArgumentException if a pattern uses what is not known here
   */
  EventFilter(List<String> patterns) {
    this.patterns = patterns.stream().map(JSON::readTree).toList();
    this.patterns.forEach(EventFilter::check);
  }

  boolean takes(JsonNode record) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, record));
  }

  private static boolean matches(JsonNode pattern, JsonNode record) {
    if (pattern.isArray()) {
      return pattern.values().stream().anyMatch(wanted -> isMet(wanted, record));
    }
    return pattern.properties().stream()
        .allMatch(member -> matches(member.getValue(), record.path(member.getKey())));
  }

  private static boolean isMet(JsonNode wanted, JsonNode value) {
    if (wanted.isObject()) {
      return value.isString()
          && value.stringValue().startsWith(wanted.path("prefix").stringValue());
    }
    return wanted.equals(value);
  }

  private static void check(JsonNode pattern) {
    if (pattern.isObject()) {
      pattern.properties().stream().map(Map.Entry::getValue).forEach(EventFilter::check);
      return;
    }
    boolean known =
        pattern.isArray()
            && pattern.values().stream()
                .allMatch(wanted ->
                    wanted.isObject()
                        ? wanted.size() == 1 && wanted.path("prefix").isString()
                        : wanted.isValueNode());
    if (!known) {
      throw new IllegalArgumentException("a laptop knows no pattern " + pattern);
    }
  }
}
