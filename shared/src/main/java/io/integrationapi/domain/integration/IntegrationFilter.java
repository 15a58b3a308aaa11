package io.integrationapi.domain.integration;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which integrations a list shows: those that meet every condition (contract section 3). A null is
 * no condition. A member that an integration does not have meets none.
 *
 * @param words each is a part of the name or of the description, whatever the case
 */
public record IntegrationFilter(
    @Nullable String name,
    @Nullable String connectorId,
    @Nullable Mode mode,
    @Nullable String version,
    @Nullable Boolean sandbox,
    @Nullable Boolean updateInProgress,
    List<String> words,
    Between created,
    Between modified) {

  /** Shows every integration. */
  public static final IntegrationFilter EVERYTHING =
      new IntegrationFilter(
          null, null, null, null, null, null, List.of(), Between.ANY, Between.ANY);

  private static final String SANDBOX = "sandbox";

  /** Between two moments, neither of them included; a null is no bound. */
  public record Between(@Nullable Instant after, @Nullable Instant before) {
    /** Any time, and none. */
    public static final Between ANY = new Between(null, null);

    boolean includes(@Nullable Instant time) {
      return equals(ANY)
          || (time != null
              && (after == null || time.isAfter(after))
              && (before == null || time.isBefore(before)));
    }
  }

  /** Whether it shows every integration. */
  public boolean isEverything() {
    return equals(EVERYTHING);
  }

  /** Whether an install base's row tells all that the conditions ask for. */
  public boolean isOfRows() {
    return connectorId == null && sandbox == null && words.isEmpty() && created.equals(Between.ANY);
  }

  /** Whether an integration meets all conditions. */
  public boolean matches(Integration integration) {
    PublisherMembers members = integration.publisherMembers();
    Labels labels = integration.labels();
    return matches(
            labels.name(),
            members.version(),
            members.mode(),
            members.updateInProgress(),
            integration.lastModified())
        && (connectorId == null
            || (integration.connectorId() != null
                && connectorId.equals(integration.connectorId().value())))
        && created.includes(integration.createdAt())
        && words.stream().allMatch(word -> isIn(word, labels))
        && (sandbox == null || sandbox.equals(sandbox(integration.configuration())));
  }

  /** Whether a row meets all conditions that it can tell of. */
  public boolean matches(InstallBaseEntry row) {
    return matches(
        row.name(), row.version(), row.mode(), row.updateInProgress(), row.lastModified());
  }

  private boolean matches(
      String itsName,
      @Nullable String itsVersion,
      @Nullable Mode itsMode,
      @Nullable Boolean itsUpdate,
      Instant lastModified) {
    return (name == null || name.equals(itsName))
        && (version == null || version.equals(itsVersion))
        && (mode == null || mode == itsMode)
        && (updateInProgress == null || updateInProgress.equals(itsUpdate))
        && modified.includes(lastModified);
  }

  private static boolean isIn(String word, Labels labels) {
    String folded = folded(word);
    return folded(labels.name()).contains(folded)
        || (labels.description() != null && folded(labels.description()).contains(folded));
  }

  /**
   * Equal for texts that differ only in case. Some letters have two small forms, some two large.
   */
  private static String folded(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
  }

  /** The configuration is read only if the name occurs in it: it may be large. */
  private static @Nullable Boolean sandbox(Configuration configuration) {
    if (!configuration.json().text().contains("\"" + SANDBOX + "\"")) {
      return null;
    }
    JsonNode value = configuration.members().path(SANDBOX);
    return value.isBoolean() ? (Boolean) value.booleanValue() : null;
  }
}
