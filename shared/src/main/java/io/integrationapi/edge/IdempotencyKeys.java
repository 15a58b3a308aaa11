package io.integrationapi.edge;

import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The {@code Idempotency-Key} header (contract section 3). */
final class IdempotencyKeys {
  private static final String HEADER = "Idempotency-Key";

  private IdempotencyKeys() {}

  /** What the header claims; null if it was not sent. */
  record Key(@Nullable IdempotencyClaim claim) {}

  static Validated<Key> read(
      ProxyRequest request,
      Principal caller,
      String operation,
      JsonNode body,
      InstantSource clock) {
    List<String> sent = request.headers(HEADER).stream().distinct().toList();
    if (sent.isEmpty()) {
      return Validated.valid(new Key(null));
    }
    String key = sent.getFirst();
    boolean valid =
        sent.size() == 1
            && !key.isEmpty()
            && key.length() <= IdempotencyClaim.MAX_KEY_LENGTH
            && key.chars().noneMatch(Character::isISOControl);
    return valid
        ? Validated.valid(
            new Key(IdempotencyClaim.of(caller, key, operation, body, clock.instant())))
        : Validated.invalid(
            FaultCode.INVALID_HEADER,
            HEADER
                + " must be one value of 1 to "
                + IdempotencyClaim.MAX_KEY_LENGTH
                + " characters, without control characters.",
            HEADER);
  }
}
