package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.local.stack.Route;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SnapStart: what happens before a function's process is copied, and in the copies. */
class SnapshotTest {
  private static final Template TEMPLATE = TestStore.template();
  private static final Set<String> READS = Set.of("GetItem", "Query");

  private final Api api = new Api();

  /** All that a caller waits for: each route's function and the authorizer. */
  static Stream<String> functionsOfRequests() {
    return Stream.concat(
            Stream.of("AuthorizerFunction"), Api.routes(TEMPLATE).stream().map(Route::function))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("functionsOfRequests")
  void function_is_warmed_by_one_real_read_and_nothing_else(String function) throws Exception {
    prime(function);

    List<String> operations = api.http.takeOperations();
    boolean readsNothing = TEMPLATE.permissions(function).isEmpty();
    assertEquals(readsNothing ? 0 : 1, operations.size(), operations::toString);
    assertTrue(READS.containsAll(operations), operations::toString);
    assertEquals(List.of(), api.takeLog());
  }

  @ParameterizedTest
  @MethodSource("functionsOfRequests")
  void function_that_cannot_be_warmed_can_be_copied_all_the_same(String function) throws Exception {
    boolean readsNothing = TEMPLATE.permissions(function).isEmpty();
    api.http.failWith(_ -> Fault.REFUSED);

    prime(function);

    assertEquals(readsNothing, api.http.takeOperations().isEmpty(), "it was tried");
    api.http.failWith(_ -> Fault.NONE);
    prime(function);
    assertEquals(readsNothing ? 0 : 1, api.http.takeOperations().size(), "it works afterwards");
  }

  @Test
  void nothing_that_must_be_unique_is_made_before_the_copy() throws Exception {
    Caller alice = Caller.account("alice");
    prime("CreateIntegrationFunction");

    String first = api.create(alice, "{\"name\":\"One\"}").id();
    String second = api.create(alice, "{\"name\":\"One\"}").id();

    assertNotEquals(first, second);
    // Both halves are made for the request: the time, and what chance adds to it.
    assertNotEquals(first.substring(12), second.substring(12));
  }

  private void prime(String function) throws Exception {
    Resource resource = assertInstanceOf(Resource.class, api.handler(function));
    resource.beforeCheckpoint(Core.getGlobalContext());
    resource.afterRestore(Core.getGlobalContext());
  }
}
