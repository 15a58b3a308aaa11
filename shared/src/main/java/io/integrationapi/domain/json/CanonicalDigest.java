package io.integrationapi.domain.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A digest that two JSON values share exactly if they are equal as JSON values: the order of an
 * object's members does not count, and a number counts by its value ({@code 1}, {@code 1.0} and
 * {@code 1e0} are equal).
 */
public final class CanonicalDigest {
  private final ByteArrayOutputStream canonicalForm = new ByteArrayOutputStream();

  private CanonicalDigest() {}

  /** 43 characters of base64url: a SHA-256. Linear in the size of the value. */
  public static String of(JsonNode value) {
    CanonicalDigest canonical = new CanonicalDigest();
    canonical.add(value);
    byte[] digest = Sha256.digest(canonical.canonicalForm.toByteArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  /**
   * Every value begins with its kind and its length, so that no two of them run into one another.
   */
  private void add(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
        Collections.sort(members, Map.Entry.comparingByKey());
        add('{', Integer.toString(members.size()));
        for (Map.Entry<String, JsonNode> member : members) {
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

  private void add(char kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    canonicalForm.write(kind);
    canonicalForm.write(bytes.length >>> 24);
    canonicalForm.write(bytes.length >>> 16);
    canonicalForm.write(bytes.length >>> 8);
    canonicalForm.write(bytes.length);
    canonicalForm.writeBytes(bytes);
  }
}
