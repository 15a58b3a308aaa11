package io.integrationapi.proof;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a document that the calls of a history write.
 *
 * @param name a label
 * @param settings what the lock protects
 * @param other the same
 * @param version the publisher's
 * @param updateInProgress the publisher's: the lock
 */
record Content(
    String name,
    @Nullable String settings,
    @Nullable String other,
    @Nullable String version,
    @Nullable Boolean updateInProgress) {

  static Content of(JsonNode document) {
    return new Content(
        document.path("name").asString(),
        document.at("/settings/a").asString(null),
        document.path("other").asString(null),
        document.path("version").asString(null),
        document.has("updateInProgress") ? document.path("updateInProgress").asBoolean() : null);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
    if (settings != null) {
      json.putObject("settings").put("a", settings);
    }
    if (other != null) {
      json.put("other", other);
    }
    if (version != null) {
      json.put("version", version);
    }
    if (updateInProgress != null) {
      json.put("updateInProgress", updateInProgress);
    }
    return json;
  }

  boolean isLocked() {
    return Boolean.TRUE.equals(updateInProgress);
  }

  boolean sameConfiguration(Content than) {
    return Objects.equals(settings, than.settings) && Objects.equals(other, than.other);
  }

  Content locked(boolean locked) {
    return new Content(name, settings, other, version, locked);
  }

  /** Without what a clone does not copy, and without its name. */
  Content copied() {
    return new Content("", settings, other, version, null);
  }
}
