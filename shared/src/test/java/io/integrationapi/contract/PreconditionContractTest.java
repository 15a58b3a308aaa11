package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.integration.Copy;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.Precondition.Tags;
import io.integrationapi.domain.integration.Revision;
import io.integrationapi.testing.EveryStore;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller's precondition lets through, the same for each write that takes one. */
@EveryStore
class PreconditionContractTest {
  private final Ports ports = new Ports();
  private final Integration given = ports.anIntegration().keep();

  /** How a precondition is met, or not. */
  enum Case {
    NOTHING_ASKED,
    MATCH_ANY,
    MATCH_CURRENT,
    MATCH_CURRENT_AMONG_MANY,
    NONE_MATCH_OTHER,
    NONE_MATCH_MANY_OTHERS,
    MATCH_CURRENT_AND_NONE_MATCH_OTHER,
    NONE_MATCH_NOTHING,

    MATCH_OTHER,
    MATCH_MANY_OTHERS,
    MATCH_NOTHING,
    NONE_MATCH_ANY,
    NONE_MATCH_CURRENT,
    NONE_MATCH_CURRENT_AMONG_MANY,
    MATCH_CURRENT_AND_NONE_MATCH_CURRENT
  }

  @ParameterizedTest
  @EnumSource(to = "NONE_MATCH_NOTHING")
  void precondition_that_is_met_lets_every_write_through(Case it) {
    Precondition precondition = precondition(it);
    Integration copy = ports.anIntegration().copyOf(given).make();

    assertEquals(
        new Outcome.Done(copy), ports.integrations.copy(new Copy(given, copy, precondition), null));
    Ports.done(ports.aChangeOf(given).asking(precondition).as(ports.asAlice));
    Integration second = ports.anIntegration().keep();
    assertEquals(
        new Outcome.Gone(),
        ports.integrations.delete(
            ports.asAlice, second.id(), precondition(it, second.revision()), ports.authorship()));
  }

  @ParameterizedTest
  @EnumSource(from = "MATCH_OTHER")
  void precondition_that_is_not_met_is_stale_and_changes_nothing(Case it) {
    Precondition precondition = precondition(it);
    Integration copy = ports.anIntegration().copyOf(given).make();

    assertEquals(
        new Outcome.Stale(), ports.integrations.copy(new Copy(given, copy, precondition), null));
    assertEquals(
        new Outcome.Stale(),
        ports.integrations.delete(ports.asAlice, given.id(), precondition, ports.authorship()));
    assertEquals(
        new Outcome.Stale(),
        Ports.outcome(ports.aChangeOf(given).asking(precondition).as(ports.asAlice)));

    assertEquals(Optional.empty(), ports.find(copy));
    ports.assertKept(given);
  }

  private Precondition precondition(Case it) {
    return precondition(it, given.revision());
  }

  private Precondition precondition(Case it, Revision current) {
    Tags absent = new Tags.Absent();
    Tags any = new Tags.Any();
    return switch (it) {
      case NOTHING_ASKED -> Precondition.NONE;
      case MATCH_ANY -> new Precondition(any, absent);
      case MATCH_CURRENT -> new Precondition(oneOf(current), absent);
      case MATCH_CURRENT_AMONG_MANY -> new Precondition(many(current), absent);
      case NONE_MATCH_OTHER -> new Precondition(absent, oneOf(ports.nextRevision()));
      case NONE_MATCH_MANY_OTHERS -> new Precondition(absent, many(ports.nextRevision()));
      case MATCH_CURRENT_AND_NONE_MATCH_OTHER ->
          new Precondition(oneOf(current), oneOf(ports.nextRevision()));
      case NONE_MATCH_NOTHING -> new Precondition(absent, new Tags.OneOf(Set.of()));
      case MATCH_OTHER -> new Precondition(oneOf(ports.nextRevision()), absent);
      case MATCH_MANY_OTHERS -> new Precondition(many(ports.nextRevision()), absent);
      case MATCH_NOTHING -> new Precondition(new Tags.OneOf(Set.of()), absent);
      case NONE_MATCH_ANY -> new Precondition(absent, any);
      case NONE_MATCH_CURRENT -> new Precondition(absent, oneOf(current));
      case NONE_MATCH_CURRENT_AMONG_MANY -> new Precondition(absent, many(current));
      case MATCH_CURRENT_AND_NONE_MATCH_CURRENT -> new Precondition(oneOf(current), oneOf(current));
    };
  }

  private static Tags oneOf(Revision revision) {
    return new Tags.OneOf(Set.of(revision));
  }

  /** More than one condition of DynamoDB can name at once, with the one at the end. */
  private Tags many(Revision last) {
    Set<Revision> revisions = new LinkedHashSet<>();
    Stream.generate(ports::nextRevision).limit(150).forEach(revisions::add);
    revisions.add(last);
    return new Tags.OneOf(revisions);
  }
}
