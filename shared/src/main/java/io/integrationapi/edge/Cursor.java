package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.history.RevisionId;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place where the next page of a list begins, as a caller carries it: the last id that was
 * looked at, how many entries are still to be left out, the id that the list ends with, if it has
 * such an end, and a digest that binds them to the caller, the list and the query. The digest keeps
 * cursors from being mixed up; it guards nothing, for a caller can reach only its own list by any
 * cursor. In a history the place is the row that the page before ended with.
 */
final class Cursor {
  private static final int ID_BYTES = 12;
  private static final int DIGEST_BYTES = 16;
  private static final int ENDLESS_BYTES = ID_BYTES + Integer.BYTES;
  private static final int ENDING_BYTES = ENDLESS_BYTES + ID_BYTES;

  private Cursor() {}

  /**
   * @param query the list's parameters ({@link ListQuery#text})
   */
  static String format(Page.Position position, Principal principal, String list, String query) {
    IntegrationId after = position.after();
    if (after == null) {
      throw new IllegalArgumentException("no page begins at the beginning");
    }
    IntegrationId last = position.last();
    ByteBuffer place = ByteBuffer.allocate(last == null ? ENDLESS_BYTES : ENDING_BYTES);
    place.put(bytes(after)).putInt(position.skip());
    if (last != null) {
      place.put(bytes(last));
    }
    return format(place.array(), principal, list, query);
  }

  /** Behind a row of a history. */
  static String format(RevisionId row, Principal principal, String list) {
    return format(HexFormat.of().parseHex(row.value()), principal, list, "");
  }

  private static String format(byte[] place, Principal principal, String list, String query) {
    byte[] bytes =
        ByteBuffer.allocate(place.length + DIGEST_BYTES)
            .put(place)
            .put(digest(place, principal, list, query))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The place, or nothing if it was made for another caller, list or query, or not here. */
  static Optional<Page.Position> parse(
      String text, Principal principal, String list, String query) {
    return place(text, principal, list, query, ENDLESS_BYTES, ENDING_BYTES)
        .map(place -> {
          @Nullable IntegrationId last =
              place.length == ENDING_BYTES ? id(place, ENDLESS_BYTES) : null;
          int skip = ByteBuffer.wrap(place).getInt(ID_BYTES);
          return new Page.Position(id(place, 0), last, skip);
        });
  }

  /** The row of a history, or nothing if it was made for another caller or list, or not here. */
  static Optional<RevisionId> parseRow(String text, Principal principal, String list) {
    return place(text, principal, list, "", ID_BYTES, ID_BYTES)
        .map(place -> new RevisionId(HexFormat.of().formatHex(place)));
  }

  private static Optional<byte[]> place(
      String text, Principal principal, String list, String query, int shorter, int longer) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    int length = bytes.length - DIGEST_BYTES;
    if (length != shorter && length != longer) {
      return Optional.empty();
    }
    byte[] place = Arrays.copyOf(bytes, length);
    byte[] digest = Arrays.copyOfRange(bytes, length, bytes.length);
    return MessageDigest.isEqual(digest, digest(place, principal, list, query))
        ? Optional.of(place)
        : Optional.empty();
  }

  private static byte[] bytes(IntegrationId id) {
    return HexFormat.of().parseHex(id.value());
  }

  private static IntegrationId id(byte[] bytes, int from) {
    return new IntegrationId(HexFormat.of().formatHex(bytes, from, from + ID_BYTES));
  }

  private static byte[] digest(byte[] place, Principal principal, String list, String query) {
    String caller =
        switch (principal) {
          case Principal.Account account -> "account\n" + account.id();
          case Principal.Connector connector -> "connector\n" + connector.id();
        };
    byte[] context = (list + '\n' + query + '\n' + caller + '\n').getBytes(StandardCharsets.UTF_8);
    byte[] bound = Arrays.copyOf(context, context.length + place.length);
    System.arraycopy(place, 0, bound, context.length, place.length);
    return Arrays.copyOf(Sha256.digest(bound), DIGEST_BYTES);
  }
}
