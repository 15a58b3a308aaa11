package io.integrationapi.edge;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.domain.json.Utf8;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON array of a page, which grows entry by entry. Each is written at once, so that a page
 * holds no trees and its size is known.
 */
final class PageBody {
  /** A body has less (contract section 3), unless its only entry has more. */
  static final int MAX_BYTES = 5_000_000;

  /**
   * What the body may take of a function's answer, in bytes. Lambda allows the answer 6,291,556,
   * status and headers included, and the body is a string of JSON in it.
   */
  static final int MAX_ANSWER_BYTES = 6_291_556 - 64 * 1024;

  private final StringBuilder json = new StringBuilder("[");
  private int bytes = "[]".length();
  private int answerBytes = bytes;

  /** Adds an entry, if there is room for it. There is always room for the first. */
  boolean takes(ObjectNode entry) {
    String text = JsonText.write(entry);
    int more = Utf8.length(text) + ",".length();
    int moreOfAnswer = more + escapes(text);
    boolean first = json.length() == 1;
    if (!first && (bytes + more >= MAX_BYTES || answerBytes + moreOfAnswer > MAX_ANSWER_BYTES)) {
      return false;
    }
    if (!first) {
      json.append(',');
    }
    json.append(text);
    bytes += more;
    answerBytes += moreOfAnswer;
    return true;
  }

  /** The answer with all entries; the last call. */
  Answer answer() {
    return Answer.ofText(200, json.append(']').toString());
  }

  /** Within a string of JSON each of them takes a backslash more. */
  private static int escapes(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"' || text.charAt(i) == '\\') {
        count++;
      }
    }
    return count;
  }
}
