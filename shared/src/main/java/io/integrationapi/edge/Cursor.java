package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.Page;
import io.integrationapi.domain.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The place where the next page of a list begins, as a caller carries it: two ids, and a digest
 * that binds them to the caller and the list. The digest keeps cursors from being mixed up; it
 * guards nothing, for a caller can reach only its own list by any cursor.
 */
final class Cursor {
  private static final int ID_BYTES = 12;
  private static final int DIGEST_BYTES = 16;

  private Cursor() {}

  static String format(Page.Position position, Principal principal, String list) {
    IntegrationId after =
        Optional.ofNullable(position.after())
            .orElseThrow(() -> new IllegalArgumentException("no page begins at the beginning"));
    byte[] ids = HexFormat.of().parseHex(after.value() + position.until().value());
    byte[] bytes = Arrays.copyOf(ids, 2 * ID_BYTES + DIGEST_BYTES);
    System.arraycopy(digest(ids, principal, list), 0, bytes, 2 * ID_BYTES, DIGEST_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The place, or nothing if the cursor was made for another caller or list, or not here. */
  static Optional<Page.Position> parse(String text, Principal principal, String list) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (bytes.length != 2 * ID_BYTES + DIGEST_BYTES) {
      return Optional.empty();
    }
    byte[] ids = Arrays.copyOf(bytes, 2 * ID_BYTES);
    byte[] digest = Arrays.copyOfRange(bytes, 2 * ID_BYTES, bytes.length);
    if (!MessageDigest.isEqual(digest, Arrays.copyOf(digest(ids, principal, list), DIGEST_BYTES))) {
      return Optional.empty();
    }
    HexFormat hex = HexFormat.of();
    return Optional.of(
        new Page.Position(
            new IntegrationId(hex.formatHex(ids, 0, ID_BYTES)),
            new IntegrationId(hex.formatHex(ids, ID_BYTES, 2 * ID_BYTES))));
  }

  private static byte[] digest(byte[] ids, Principal principal, String list) {
    String caller =
        switch (principal) {
          case Principal.Account account -> "account\n" + account.id();
          case Principal.Connector connector -> "connector\n" + connector.id();
        };
    byte[] context = (list + '\n' + caller + '\n').getBytes(StandardCharsets.UTF_8);
    byte[] bound = Arrays.copyOf(context, context.length + ids.length);
    System.arraycopy(ids, 0, bound, context.length, ids.length);
    return Sha256.digest(bound);
  }
}
