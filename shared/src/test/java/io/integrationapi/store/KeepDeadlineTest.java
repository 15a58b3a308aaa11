package io.integrationapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.access.AccountId;
import io.integrationapi.domain.access.Principal;
import io.integrationapi.domain.access.Scope;
import io.integrationapi.domain.integration.IntegrationId;
import io.integrationapi.domain.integration.IntegrationRepository;
import io.integrationapi.domain.invocation.Deadline;
import io.integrationapi.domain.invocation.RetryPolicy;
import io.integrationapi.domain.invocation.StoreUnavailableException;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A call to the store keeps the time of the invocation that it is made for. */
class KeepDeadlineTest {
  private static final Principal ALICE = new Principal.Account(new AccountId("alice"), Scope.FULL);
  private static final IntegrationId ID = new IntegrationId("0123456789abcdef01234567");

  private final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final IntegrationRepository integrations =
      Components.from(TestStore.environment(), line, InstantSource.system(), RetryPolicy.FUNCTION)
          .integrations();

  @Test
  void call_that_is_not_answered_ends_with_the_invocations_time() {
    find();
    line.failWith(_ -> Fault.NEVER_ANSWERED);
    long start = System.nanoTime();

    assertThrows(
        StoreUnavailableException.class, () -> Deadline.within(Duration.ofMillis(200), this::find));

    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(RetryPolicy.FUNCTION.attempt()) < 0, () -> "took " + taken);
  }

  @Test
  void call_that_is_not_answered_ends_by_itself_without_an_invocation() {
    find();
    line.failWith(_ -> Fault.NEVER_ANSWERED);
    long start = System.nanoTime();

    assertThrows(StoreUnavailableException.class, this::find);

    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    // All attempts together would last longer.
    assertTrue(
        taken.compareTo(RetryPolicy.FUNCTION.budget().plusSeconds(1)) < 0, () -> "took " + taken);
  }

  @Test
  void call_does_not_begin_when_nothing_is_left_in_another_thread_either() throws Exception {
    Callable<Optional<?>> late =
        Deadline.within(Duration.ZERO, () -> Deadline.carriedOver(this::find));

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutionException failed =
          assertThrows(ExecutionException.class, () -> executor.submit(late).get());
      assertInstanceOf(StoreUnavailableException.class, failed.getCause());
    }
    assertThrows(StoreUnavailableException.class, () -> Deadline.within(Duration.ZERO, this::find));

    assertEquals(List.of(), line.takeOperations());
  }

  private Optional<?> find() {
    return integrations.find(ALICE, ID);
  }
}
