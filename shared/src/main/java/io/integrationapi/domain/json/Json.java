package io.integrationapi.domain.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON value as a tree, as text and as a digest. Each is made once, when it is first asked for,
 * so that a large value is read, written and digested no more often than it must be.
 *
 * <p>Two are equal if their texts are: the order of members and the spelling of numbers count.
 */
public final class Json {
  private @Nullable JsonNode tree;
  private @Nullable String text;
  private @Nullable String digest;
  private int bytes = -1;

  private Json(@Nullable JsonNode tree, @Nullable String text, @Nullable String digest) {
    this.tree = tree;
    this.text = text;
    this.digest = digest;
  }

  /**
   * A value as a tree.
   *
   * @param tree never changed once it is here
   */
  public static Json of(JsonNode tree) {
    return new Json(tree, null, null);
  }

  /**
   * A value that this program wrote.
   *
   * @param text as {@link #text} answered it
   */
  public static Json ofText(String text) {
    return new Json(null, text, null);
  }

  /**
   * The same, with its digest.
   *
   * @param digest as {@link #digest} answered it
   */
  public static Json ofText(String text, String digest) {
    return new Json(null, text, digest);
  }

  /** Returns the other value if its text is the same, so that nothing is made of it twice. */
  public Json orSame(@Nullable Json atHand) {
    return equals(atHand) ? requireNonNull(atHand) : this;
  }

  /** The tree, which nobody may change. */
  public JsonNode tree() {
    JsonNode made = tree;
    if (made == null) {
      made = JsonText.readTrusted(text());
      tree = made;
    }
    return made;
  }

  /** The shortest text that means the value. */
  public String text() {
    String made = text;
    if (made == null) {
      byte[] utf8 = JsonText.writeBytes(tree());
      made = new String(utf8, StandardCharsets.UTF_8);
      text = made;
      bytes = utf8.length;
    }
    return made;
  }

  /** The value as a node that can only be written, and is so without being read. */
  public JsonNode verbatim() {
    return ReadyText.value(text());
  }

  /** The object with each member's value as a node that can only be written. */
  public ObjectNode verbatimMembers() {
    return ReadyText.members(text());
  }

  /** Equal for values that are equal as JSON values, and only for those. */
  public String digest() {
    String made = digest;
    if (made == null) {
      made = CanonicalDigest.of(tree());
      digest = made;
    }
    return made;
  }

  /** The length of the text in UTF-8, in bytes. */
  public int bytes() {
    String made = text();
    if (bytes < 0) {
      bytes = Utf8.length(made);
    }
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Json json && json.text().equals(text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Says nothing of the value, which may be a customer's. */
  @Override
  public String toString() {
    return "Json[" + bytes() + " bytes]";
  }
}
