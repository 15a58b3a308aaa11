package io.integrationapi.edge;

import io.integrationapi.domain.integration.IntegrationFilter;
import io.integrationapi.domain.integration.IntegrationFilter.Between;
import io.integrationapi.domain.integration.Mode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The filters of lists as query parameters (contract section 3). */
enum Filters {
  /** Every filter. */
  OF_DOCUMENTS,

  /** Those of members that a row of an install base has. */
  OF_INSTALL_BASE;

  private static final List<String> OF_DOCUMENTS_ONLY =
      List.of("_connectorId", "sandbox", "q", "search", "createdAfter", "createdBefore");

  private static final String TIME =
      "a time in ISO 8601 with its offset, such as 2026-11-25T20:00:00.000Z, or a date";

  private static final DateTimeFormatter DATE = strict(DateTimeFormatter.ISO_LOCAL_DATE);
  private static final DateTimeFormatter TIME_OF_DAY =
      strict(DateTimeFormatter.ISO_LOCAL_DATE_TIME);

  /** RFC 3339 has offsets of up to 23:59, and Java's own of up to 18:00. */
  private static final Pattern WITH_OFFSET =
      Pattern.compile(
          "(.+T.+?)(?:Z|([+-])([01][0-9]|2[0-3])(?::?([0-5][0-9]))?)", Pattern.CASE_INSENSITIVE);

  /** In either case of letters, and without a 30 February. */
  private static DateTimeFormatter strict(DateTimeFormatter form) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .append(form)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** The filter that the parameters mean; what they cannot be is the reader's. */
  IntegrationFilter read(QueryReader reader) {
    if (this == OF_INSTALL_BASE) {
      for (String name : OF_DOCUMENTS_ONLY) {
        reader.refuseIfSent(
            name,
            "An install base cannot be filtered by "
                + name
                + "; it can be by name, mode, version, updateInProgress, modifiedAfter and"
                + " modifiedBefore.");
      }
    }
    return new IntegrationFilter(
        text(reader, "name").orElse(null),
        text(reader, "_connectorId").orElse(null),
        reader.read("mode", "install, settings or uninstall", Mode::parse).orElse(null),
        text(reader, "version").orElse(null),
        flag(reader, "sandbox").orElse(null),
        flag(reader, "updateInProgress").orElse(null),
        Stream.of("q", "search").flatMap(name -> text(reader, name).stream()).toList(),
        between(reader, "created"),
        between(reader, "modified"));
  }

  private static Optional<String> text(QueryReader reader, String name) {
    return reader.read(name, "a text", Optional::of);
  }

  private static Optional<Boolean> flag(QueryReader reader, String name) {
    return reader.read(
        name,
        "true or false",
        sent ->
            switch (sent) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  private static Between between(QueryReader reader, String what) {
    return new Between(
        reader.read(what + "After", TIME, Filters::time).orElse(null),
        reader.read(what + "Before", TIME, Filters::time).orElse(null));
  }

  private static Optional<Instant> time(String sent) {
    // Whoever sends a plus unescaped, which an offset may begin with, has sent a space.
    String text = sent.replace(' ', '+');
    Matcher time = WITH_OFFSET.matcher(text);
    try {
      LocalDateTime local =
          time.matches()
              ? LocalDateTime.parse(time.group(1), TIME_OF_DAY).minus(offset(time))
              : LocalDate.parse(text, DATE).atStartOfDay();
      return Optional.of(local.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration offset(MatchResult time) {
    if (time.group(2) == null) {
      return Duration.ZERO;
    }
    long minutes = time.group(4) == null ? 0 : Long.parseLong(time.group(4));
    Duration size = Duration.ofHours(Long.parseLong(time.group(3))).plusMinutes(minutes);
    return time.group(2).equals("-") ? size.negated() : size;
  }
}
