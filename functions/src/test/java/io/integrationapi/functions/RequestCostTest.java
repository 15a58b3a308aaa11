package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.integrationapi.domain.json.JsonText;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What a request costs the function by itself. Held is what it allocates, for that does not depend
 * on the machine: a document that is once more parsed, written or digested costs 3 to 15 times its
 * size. Times are only printed: {@code -Dtest=RequestCostTest
 * '-Djvm.native=--enable-native-access=ALL-UNNAMED -Dmeasure=true'}.
 */
class RequestCostTest {
  private static final int SIZE = 345_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"small, GET, 14", "small, PUT, 38", "large, GET, 12", "large, PUT, 32"})
  void request_allocates_no_more_than_so_many_times_its_document(
      String settings, String method, int times) {
    RequestCost cost = cost(settings, SIZE);
    IntSupplier request = method.equals("GET") ? cost::get : cost::put;
    long[] allocated = new long[30];
    for (int i = 0; i < allocated.length; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      var _ = request.getAsInt();
      allocated[i] = THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    // The first ones build what is kept.
    Arrays.sort(allocated);
    double most = (double) allocated[allocated.length / 2] / SIZE;

    assertTrue(most <= times, () -> method + " allocates " + most + " times its document");
  }

  @ParameterizedTest
  @CsvSource({"small, true", "small, false", "large, true", "large, false"})
  void what_is_measured_is_an_answer_with_the_document(String settings, boolean replacing) {
    JsonNode answer = JsonText.readTrusted(cost(settings, 2000).answer(replacing));

    assertEquals(200, answer.path("statusCode").asInt());
    assertEquals(
        settings(settings, 2000),
        JsonText.write(JsonText.readTrusted(answer.path("body").asString()).path("settings")));
  }

  @Test
  @EnabledIfSystemProperty(named = "measure", matches = "true")
  void measure() {
    for (String settings : new String[] {"small", "large"}) {
      for (int size : new int[] {2000, 35_000, SIZE}) {
        RequestCost cost = cost(settings, size);
        measure(settings + " " + size, size, cost::jackson, cost::get, cost::put);
      }
    }
  }

  /** CPU of the requests over the first one's, in interleaved rounds; the medians. */
  private static void measure(String name, int size, IntSupplier... requests) {
    int rounds = 40;
    int calls = Math.max(1, 2_000_000 / size);
    double[][] ratios = new double[requests.length][rounds];
    for (int round = -10; round < rounds; round++) {
      double first = 1;
      for (int i = 0; i < requests.length; i++) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int call = 0; call < calls; call++) {
          var _ = requests[i].getAsInt();
        }
        double time = THREADS.getCurrentThreadCpuTime() - before;
        first = i == 0 ? time : first;
        if (round >= 0) {
          ratios[i][round] = time / first;
        }
      }
    }
    for (double[] ratio : ratios) {
      Arrays.sort(ratio);
    }
    System.out.printf(
        "%s: GET %.2f, PUT %.2f times Jackson%n",
        name, ratios[1][rounds / 2], ratios[2][rounds / 2]);
  }

  private static RequestCost cost(String settings, int size) {
    return new RequestCost(settings(settings, size));
  }

  private static String settings(String settings, int size) {
    int room = size - 60;
    return settings.equals("small") ? RequestCost.small(room) : RequestCost.large(room);
  }
}
