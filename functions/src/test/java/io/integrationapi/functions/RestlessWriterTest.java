package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What is computed from a read, while somebody writes after each read: a bounded number of tries.
 */
@Execution(ExecutionMode.CONCURRENT)
class RestlessWriterTest {
  private static final Caller ALICE = Caller.account("alice");

  private final Api api = new Api();
  private final String path =
      "/integrations/" + api.create(ALICE, "{\"name\":\"One\",\"count\":0}").id();

  @Test
  void patch_is_503_and_does_nothing() {
    assertUnavailable(
        api.patch(ALICE, path).body("[{\"op\":\"add\",\"path\":\"/mine\",\"value\":1}]"));

    assertFalse(api.get(ALICE, path).send().json().has("mine"));
  }

  @Test
  void clone_is_503_and_makes_nothing() {
    assertUnavailable(api.post(ALICE, path + "/clone").header("Idempotency-Key", "k"));

    assertEquals(1, api.get(ALICE, "/integrations").send().json().size());
    // Its key is as free as before.
    assertEquals(
        201, api.post(ALICE, path + "/clone").header("Idempotency-Key", "k").send().status());
  }

  private void assertUnavailable(Call call) {
    AtomicBoolean between = new AtomicBoolean();
    AtomicInteger writes = new AtomicInteger();
    api.http.failWith(_ -> {
      if (!between.get()) {
        api.http.betweenAttempts(() -> {
          between.set(true);
          assertEquals(
              200,
              api.put(ALICE, path)
                  .body("{\"name\":\"Other " + writes.incrementAndGet() + "\"}")
                  .send()
                  .status());
          between.set(false);
        });
      }
      return Fault.NONE;
    });

    Reply reply = call.send();

    api.http.failWith(_ -> Fault.NONE);
    assertEquals(503, reply.status(), reply::toString);
    assertEquals(List.of("service_unavailable"), reply.codes());
    assertTrue(reply.headers().containsKey("Retry-After"));
  }
}
