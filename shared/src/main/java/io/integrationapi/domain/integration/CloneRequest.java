package io.integrationapi.domain.integration;

import io.integrationapi.domain.json.Excerpt;
import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a caller wants of a clone (contract section 6).
 *
 * @param name of the copy, or null for one made from the source's
 * @param connectionMap old connection ids and the new ones that replace them
 */
public record CloneRequest(@Nullable String name, Map<String, String> connectionMap) {
  private static final String CONNECTION_MAP = "connectionMap";

  /** Nothing in particular. */
  public static final CloneRequest PLAIN = new CloneRequest(null, Map.of());

  /** Reads a body. */
  public static Validated<CloneRequest> read(JsonNode body) {
    if (!body.isObject()) {
      return Validated.invalid(FaultCode.MALFORMED_JSON, "The body must be a JSON object.");
    }
    return connectionMap(body)
        .then(map -> name(body).map(name -> new CloneRequest(name.value, map)));
  }

  /** The keys that the source must refer to are checked with the source at hand. */
  private static Validated<Map<String, String>> connectionMap(JsonNode body) {
    JsonNode sent = body.get(CONNECTION_MAP);
    if (sent == null || sent.isNull()) {
      return Validated.valid(Map.of());
    }
    if (!sent.isObject()) {
      return Validated.invalid(
          FaultCode.INVALID_CONNECTION_MAP, "connectionMap must be an object.", CONNECTION_MAP);
    }

    Map<String, String> map = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      String value = entry.getValue().isString() ? entry.getValue().stringValue() : "";
      if (IntegrationId.isValid(value)) {
        map.put(entry.getKey(), value);
      } else {
        faults.add(
            new Fault(
                FaultCode.INVALID_CONNECTION_MAP,
                fieldOf(entry.getKey())
                    + ": the new connection id must be a string of 24 lower-case hexadecimal"
                    + " digits.",
                fieldOf(entry.getKey())));
      }
    }
    return faults.isEmpty() ? Validated.valid(map) : new Validated.Invalid<>(faults);
  }

  /** Where a fault in the map is. */
  static String fieldOf(String oldId) {
    return CONNECTION_MAP + "." + Excerpt.of(oldId);
  }

  private record Name(@Nullable String value) {}

  private static Validated<Name> name(JsonNode body) {
    JsonNode sent = body.get(Member.NAME.key());
    if (sent == null || sent.isNull()) {
      return Validated.valid(new Name(null));
    }
    if (!sent.isString() || !Labels.isName(sent.stringValue())) {
      return Validated.invalid(
          FaultCode.INVALID_FIELD,
          "name must be a string of 1 to " + Labels.MAX_NAME_LENGTH + " characters.",
          Member.NAME.key());
    }
    return Validated.valid(new Name(sent.stringValue()));
  }
}
