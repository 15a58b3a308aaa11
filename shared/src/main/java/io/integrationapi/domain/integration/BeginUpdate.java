package io.integrationapi.domain.integration;

import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Begins a managed update in many accounts (contract section 5). */
public final class BeginUpdate {
  /** The most integrations of one call. */
  public static final int MAX_INTEGRATIONS = 1000;

  private final IntegrationRepository integrations;
  private final ClockAndRandom clockAndRandom;

  public BeginUpdate(IntegrationRepository integrations, ClockAndRandom clockAndRandom) {
    this.integrations = integrations;
    this.clockAndRandom = clockAndRandom;
  }

  /**
   * Begins an update of each integration that has none. Each is decided for itself: those that fail
   * leave the others done, and those that there was no time for are unavailable. At most two store
   * requests for each.
   *
   * @param ids as asked for, 1 to {@value #MAX_INTEGRATIONS}; what is no id is not found
   * @param authorship of the call; each update begins with one of its own
   * @return one for each, in the order asked
   */
  public List<Start> begin(ConnectorId connectorId, List<String> ids, Authorship authorship) {
    Map<String, Future<UpdateStart>> firsts = new LinkedHashMap<>();
    Places places = new Places();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String id : ids) {
        Callable<UpdateStart> first =
            Deadline.carriedOver(() -> begin(connectorId, id, authorship, places));
        firsts.computeIfAbsent(id, _ -> executor.submit(first));
      }
    }

    return ids.stream().map(id -> next(firsts, id)).toList();
  }

  /**
   * The outcome for one of them.
   *
   * @param failure what went wrong with it, if that was not the store's being slow: for the log
   */
  public record Start(String id, UpdateStart start, @Nullable Throwable failure) {}

  private UpdateStart begin(
      ConnectorId connectorId, String text, Authorship authorship, Places places)
      throws InterruptedException {
    Optional<IntegrationId> id = IntegrationId.parse(text);
    if (id.isEmpty()) {
      return UpdateStart.NOT_FOUND;
    }
    places.take();
    boolean served = true;
    try {
      if (Deadline.isOver()) {
        return UpdateStart.UNAVAILABLE;
      }
      return integrations.beginUpdate(connectorId, id.get(), () -> authorship.next(clockAndRandom));
    } catch (StoreUnavailableException _) {
      served = false;
      return UpdateStart.UNAVAILABLE;
    } finally {
      places.leave(served);
    }
  }

  /** An id that is asked for twice is begun once; the second time it is in progress already. */
  private static Start next(Map<String, Future<UpdateStart>> firsts, String id) {
    Future<UpdateStart> first = Objects.requireNonNull(firsts.get(id));
    try {
      UpdateStart start = first.get();
      if (start == UpdateStart.STARTED) {
        firsts.put(id, CompletableFuture.completedFuture(UpdateStart.ALREADY_IN_PROGRESS));
      }
      return new Start(id, start, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while updates began", e);
    } catch (ExecutionException e) {
      // A failure of one must not hide the outcome of the others.
      if (firsts.values().stream().anyMatch(it -> it.state() == Future.State.SUCCESS)) {
        return new Start(id, UpdateStart.UNAVAILABLE, e.getCause());
      }
      throw new IllegalStateException("an update could not begin", e.getCause());
    }
  }
}
