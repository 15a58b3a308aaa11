package io.integrationapi.domain.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A digest that two JSON values share exactly if they are equal as JSON values: the order of an
 * object's members does not count, and a number counts by its value ({@code 1}, {@code 1.0} and
 * {@code 1e0} are equal).
 */
public final class CanonicalDigest {
  private static final int BUFFER = 8192;
  private static final int HEAD = 5;
  private static final int ASCII = 0x80;

  private final MessageDigest digest = Sha256.begin();
  private final byte[] buffer = new byte[BUFFER];
  private int end;

  private CanonicalDigest() {}

  /** 43 characters of base64url: a SHA-256. Linear in the size of the value. */
  public static String of(JsonNode value) {
    CanonicalDigest canonical = new CanonicalDigest();
    canonical.add(value);
    canonical.flush();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(canonical.digest.digest());
  }

  /**
   * Every value begins with its kind and its length, so that no two of them run into one another.
   */
  private void add(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        add('{', Integer.toString(value.size()));
        for (Map.Entry<String, JsonNode> member : sorted(value)) {
          add('"', member.getKey());
          add(member.getValue());
        }
      }
      case ARRAY -> {
        add('[', Integer.toString(value.size()));
        for (JsonNode element : value.values()) {
          add(element);
        }
      }
      case STRING -> add('"', value.stringValue());
      case NUMBER, POJO -> add('0', JsonNumber.canonical(value));
      case BOOLEAN -> add(value.booleanValue() ? 't' : 'f', "");
      case NULL -> add('n', "");
      case BINARY, MISSING ->
          throw new IllegalArgumentException("no JSON value: " + value.getNodeType());
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map.Entry<String, JsonNode>[] sorted(JsonNode object) {
    Map.Entry<String, JsonNode>[] members = object.properties().toArray(new Map.Entry[0]);
    if (members.length > 1) {
      Arrays.sort(members, Map.Entry.comparingByKey());
    }
    return members;
  }

  private void add(char kind, String text) {
    if (text.length() > BUFFER - HEAD) {
      addEncoded(kind, text);
      return;
    }
    if (text.length() + HEAD > BUFFER - end) {
      flush();
    }
    int at = end + HEAD;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ASCII) {
        addEncoded(kind, text);
        return;
      }
      buffer[at++] = (byte) c;
    }
    addHead(kind, text.length());
    end = at;
  }

  /** What is long or has characters of several bytes is encoded by itself. */
  private void addEncoded(char kind, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (HEAD > BUFFER - end) {
      flush();
    }
    addHead(kind, utf8.length);
    flush();
    digest.update(utf8);
  }

  private void addHead(char kind, int bytes) {
    buffer[end++] = (byte) kind;
    buffer[end++] = (byte) (bytes >>> 24);
    buffer[end++] = (byte) (bytes >>> 16);
    buffer[end++] = (byte) (bytes >>> 8);
    buffer[end++] = (byte) bytes;
  }

  private void flush() {
    digest.update(buffer, 0, end);
    end = 0;
  }
}
