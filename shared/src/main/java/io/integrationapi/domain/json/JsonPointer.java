package io.integrationapi.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a JSON document (RFC 6901).
 *
 * @param tokens the names and indexes on the way, unescaped; none for the whole document
 */
record JsonPointer(List<String> tokens) {

  /** The pointer that the text says, or nothing if it breaks RFC 6901 section 3. */
  static Optional<JsonPointer> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(new JsonPointer(List.of()));
    }
    if (text.charAt(0) != '/') {
      return Optional.empty();
    }
    List<String> tokens = new ArrayList<>();
    for (String escaped : text.substring(1).split("/", -1)) {
      Optional<String> token = unescape(escaped);
      if (token.isEmpty()) {
        return Optional.empty();
      }
      tokens.add(token.get());
    }
    return Optional.of(new JsonPointer(List.copyOf(tokens)));
  }

  private static Optional<String> unescape(String escaped) {
    StringBuilder token = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '~') {
        i++;
        switch (i < escaped.length() ? escaped.charAt(i) : ' ') {
          case '0' -> token.append('~');
          case '1' -> token.append('/');
          default -> {
            return Optional.empty();
          }
        }
      } else {
        token.append(c);
      }
    }
    return Optional.of(token.toString());
  }

  boolean isRoot() {
    return tokens.isEmpty();
  }

  JsonPointer parent() {
    return new JsonPointer(tokens.subList(0, tokens.size() - 1));
  }

  String last() {
    return tokens.getLast();
  }

  boolean isProperPrefixOf(JsonPointer other) {
    return tokens.size() < other.tokens.size()
        && other.tokens.subList(0, tokens.size()).equals(tokens);
  }

  /** As it is written in a patch. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
