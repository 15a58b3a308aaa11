package io.integrationapi.edge;

import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.domain.json.FaultCode;
import io.integrationapi.domain.json.Validated;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags, and the preconditions made of them (RFC 9110 sections 8.8.3 and 13.1). */
final class EntityTags {
  /**
   * One member of the list, which may be empty, up to its comma. Nothing in it is tried twice:
   * otherwise 2 KB of blanks would take half a minute.
   */
  private static final Pattern MEMBER =
      Pattern.compile("[ \\t]*+(?:(W/)?\"([\\x21\\x23-\\x7E\\x80-\\uFFFF]*+)\")?+[ \\t]*+(?:,|$)");

  private EntityTags() {}

  /** A strong tag. */
  static String format(Revision revision) {
    return '"' + revision.value() + '"';
  }

  /** What {@code If-Match} and {@code If-None-Match} say together. */
  static Validated<Precondition> read(ProxyRequest request) {
    // A weak tag never matches for If-Match, and always like a strong one for If-None-Match.
    return read(request, "If-Match", false)
        .then(ifMatch ->
            read(request, "If-None-Match", true)
                .map(ifNoneMatch -> new Precondition(ifMatch, ifNoneMatch)));
  }

  private static Validated<Tags> read(ProxyRequest request, String header, boolean weakToo) {
    Optional<String> sent = request.header(header);
    if (sent.isEmpty()) {
      return Validated.valid(new Tags.Absent());
    }
    String text = sent.get().strip();
    if (text.equals("*")) {
      return Validated.valid(new Tags.Any());
    }

    Set<Revision> revisions = new LinkedHashSet<>();
    boolean any = false;
    Matcher matcher = MEMBER.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.region(end, text.length()).lookingAt()) {
      end = matcher.end();
      if (matcher.group(2) != null) {
        any = true;
        if (weakToo || matcher.group(1) == null) {
          Revision.parse(matcher.group(2)).ifPresent(revisions::add);
        }
      }
    }
    return any && end == text.length()
        ? Validated.valid(new Tags.OneOf(revisions))
        : Validated.invalid(
            FaultCode.INVALID_HEADER,
            header + " must be * or a list of entity tags in quotation marks.",
            header);
  }
}
