package io.integrationapi.edge;

import io.integrationapi.domain.integration.IntegrationFilter;
import io.integrationapi.domain.integration.IntegrationFilter.Between;
import io.integrationapi.domain.integration.Mode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** A date with or without a time of the day, which then needs an offset. */
  private static final DateTimeFormatter DATE_OR_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          // 30 February is no date.
          .withResolverStyle(ResolverStyle.STRICT);

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
    try {
      return switch (DATE_OR_TIME.parseBest(
          text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)) {
        case OffsetDateTime time -> Optional.of(time.toInstant());
        case LocalDate date -> Optional.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        default -> Optional.empty();
      };
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
