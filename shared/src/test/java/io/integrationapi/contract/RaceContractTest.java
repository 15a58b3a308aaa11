package io.integrationapi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.domain.integration.ChangeResult;
import io.integrationapi.domain.integration.CreateResult;
import io.integrationapi.domain.integration.IdempotencyClaim;
import io.integrationapi.domain.integration.Integration;
import io.integrationapi.domain.integration.Outcome;
import io.integrationapi.domain.integration.Precondition;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.testing.EveryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of writes that come at once: the store decides, and lets one of them through. */
@EveryStore
class RaceContractTest {
  private static final int CROWD = 8;

  private final Ports ports = new Ports();
  private final Integration given = ports.anIntegration().managed().keep();

  @Test
  void of_many_changes_from_one_state_one_is_done() throws Exception {
    List<ChangeResult> results =
        atOnce(() -> ports.aChangeOf(given).basedOn(given.revision()).as(ports.asAlice));

    assertEquals(CROWD - 1, Collections.frequency(results, new ChangeResult.Outdated()));
    ports.assertKept(
        Ports.done(results.stream().filter(Outcome.class::isInstance).findFirst().orElseThrow()));
  }

  @Test
  void of_many_updates_one_begins() throws Exception {
    List<UpdateStart> starts =
        atOnce(
            () -> ports.integrations.beginUpdate(ports.connector, given.id(), ports::authorship));

    assertEquals(1, Collections.frequency(starts, UpdateStart.STARTED));
    assertEquals(CROWD - 1, Collections.frequency(starts, UpdateStart.ALREADY_IN_PROGRESS));
  }

  @Test
  void of_many_deletes_one_is_done() throws Exception {
    List<Outcome> outcomes =
        atOnce(() ->
            ports.integrations.delete(
                ports.asAlice, given.id(), Precondition.NONE, ports.authorship()));

    assertEquals(1, Collections.frequency(outcomes, new Outcome.Gone()));
    assertEquals(CROWD - 1, Collections.frequency(outcomes, new Outcome.Missing()));
  }

  @Test
  void of_many_requests_under_one_claim_one_is_kept_and_all_hear_of_it() throws Exception {
    IdempotencyClaim claim = ports.aClaim("key", "create");

    Set<CreateResult> outcomes =
        Set.copyOf(atOnce(() -> ports.integrations.create(ports.anIntegration().make(), claim)));

    Set<Integration> heard = outcomes.stream().map(Ports::done).collect(Collectors.toSet());
    assertEquals(1, heard.size());
    assertEquals(2, ports.list(ports.asAlice).size());
  }

  private static <T> List<T> atOnce(Callable<T> call) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(Collections.nCopies(CROWD, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
