package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.access.Author;
import io.integrationapi.domain.access.ConnectorId;
import io.integrationapi.domain.integration.Authorship;
import io.integrationapi.domain.integration.BeginUpdate;
import io.integrationapi.domain.integration.UpdateStart;
import io.integrationapi.domain.invocation.ClockAndRandom;
import io.integrationapi.testing.FaultInjectingHttpClient;
import io.integrationapi.testing.FaultInjectingHttpClient.Fault;
import io.integrationapi.testing.TestStore;
import io.integrationapi.wiring.Components;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** A call that begins updates gives way when the store cannot keep up. */
class YieldingUpdateTest {
  private static final int IDS = 400;

  private final FaultInjectingHttpClient line = new FaultInjectingHttpClient();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtFirst = new AtomicInteger();
  private final AtomicInteger mostLater = new AtomicInteger();

  @Test
  void call_goes_on_with_fewer_at_once_after_the_store_was_too_busy() {
    // The first 300 requests: whatever the SDK repeats, that is more than 45 updates.
    line.failWith(number -> number <= 300 ? Fault.THROTTLED : Fault.NONE);
    BeginUpdate beginUpdate =
        Components.from(TestStore.environment(), new Gauge(), InstantSource.system(), Api.PATIENT)
            .beginUpdate();

    List<BeginUpdate.Start> starts =
        beginUpdate.begin(
            new ConnectorId("57179182e0a908200c2781d9"),
            IntStream.range(0, IDS).mapToObj("%024x"::formatted).toList(),
            Authorship.begin(
                new Author.Unknown(),
                "",
                new ClockAndRandom(InstantSource.system(), new Random())));

    assertEquals(IDS, starts.size());
    long unavailable = starts.stream().filter(it -> it.start() == UpdateStart.UNAVAILABLE).count();
    assertTrue(unavailable > 45, () -> unavailable + " were not served");
    assertTrue(mostAtFirst.get() > 20, () -> mostAtFirst + " at once at first");
    assertTrue(mostLater.get() <= 5, () -> mostLater + " at once later");
  }

  /** Counts what is under way, at first and when the store serves again. */
  private final class Gauge implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest prepared = line.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          int now = underWay.incrementAndGet();
          AtomicInteger most = sent.incrementAndGet() <= 310 ? mostAtFirst : mostLater;
          most.accumulateAndGet(now, Math::max);
          try {
            return prepared.call();
          } finally {
            underWay.decrementAndGet();
          }
        }

        @Override
        public void abort() {
          prepared.abort();
        }
      };
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
