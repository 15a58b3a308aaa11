package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Random sequences of all calls by all callers, each answer held against the {@link Model}.
 *
 * <p>Each run plays the same few seeds. {@code -Dsequences.seeds=50} plays that many others, and
 * {@code -Dsequences.first=7 -Dsequences.seeds=1} the seed of a failure.
 */
class RandomSequencesTest {
  private static final int CALLS = Integer.getInteger("sequences.calls", 600);
  private static final int LOGGED = 12;
  private static final String UNKNOWN = "0123456789abcdef01234567";
  private static final String LATER = "5f0000000000000000000003";

  private final Deque<String> log = new ArrayDeque<>();
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final InstantSource clock = () -> now;
  private final Api api = new Api(clock);
  private final Model model = new Model(clock);

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("sequences.seeds", 3))
        .map(seed -> Long.getLong("sequences.first", 1) + seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_answer_is_one_that_the_contract_allows(long seed) {
    Random random = new Random(seed);
    Caller alice = Caller.account("alice");
    Caller first = Caller.connector("5f0000000000000000000001");
    Caller second = Caller.connector("5f0000000000000000000002");
    List<Caller> callers =
        List.of(
            alice,
            alice,
            Caller.account("bob"),
            // The same name is not the same principal.
            Caller.account(first.id()),
            alice.readOnly(),
            first,
            first,
            second,
            first.readOnly());
    register(first);
    register(second);
    RandomCalls calls =
        new RandomCalls(random, callers, List.of(first.id(), second.id(), LATER), model.state);

    for (int i = 0; i < CALLS; i++) {
      now = now.plusMillis(random.nextInt(2000));
      if (random.nextInt(100) == 0) {
        now = now.plus(Duration.ofHours(9));
      }
      ModelCall call = calls.next();
      Reply reply = judged(seed, i, call);
      calls.answered(call, reply);
      followUp(seed, i, call, reply, random);
    }
    for (Caller caller : callers) {
      judged(seed, CALLS, get(caller, "/integrations"));
    }
  }

  private void register(Caller connector) {
    api.register(connector);
    model.state.register(connector.id());
  }

  /** What a write left, and whether a refusal tells the foreign from the unknown. */
  private void followUp(long seed, int number, ModelCall call, Reply reply, Random random) {
    if (call.method().equals("GET")) {
      return;
    }
    if (call.segment(3).equals("update") && reply.status() == 200) {
      for (JsonNode outcome : reply.json().values()) {
        String id = outcome.path("_integrationId").asString();
        judged(seed, number, get(call.caller(), "/integrations/" + id));
      }
    }
    String id = call.segment(2);
    if (!call.segment(1).equals("integrations") || id.isEmpty() || random.nextInt(3) > 0) {
      return;
    }
    if (model.state.reached(call, id) != null) {
      judged(seed, number, get(call.caller(), "/integrations/" + id));
    } else if (reply.status() >= 400 && id.matches("[0-9a-f]{24}")) {
      ModelCall unknown =
          new ModelCall(
              call.caller(),
              call.method(),
              call.path().replace(id, UNKNOWN),
              call.query(),
              call.headers(),
              call.body() == null ? null : call.body().replace(id, UNKNOWN));
      assertEquals(judged(seed, number, unknown), reply, () -> "seed " + seed + ": " + call);
    }
  }

  private static ModelCall get(Caller caller, String path) {
    return new ModelCall(caller, "GET", path, Map.of(), Map.of(), null);
  }

  private Reply judged(long seed, int number, ModelCall call) {
    Reply reply;
    String fault;
    try {
      reply = send(call);
      fault = model.judge(call, reply);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(report(seed, number, call, "threw at " + call), e);
    }
    log.add(
        number
            + ". "
            + now
            + " "
            + call
            + "\n     -> "
            + reply.status()
            + " "
            + reply.headers()
            + " "
            + ModelCall.abbreviated(reply.body() == null ? "" : reply.body()));
    if (fault != null) {
      fail(report(seed, number, call, fault));
    }
    return reply;
  }

  private Reply send(ModelCall call) {
    Call sent =
        switch (call.method()) {
          case "GET" -> api.get(call.caller(), call.target());
          case "POST" -> api.post(call.caller(), call.target());
          case "PUT" -> api.put(call.caller(), call.target());
          case "PATCH" -> api.patch(call.caller(), call.target());
          default -> api.delete(call.caller(), call.target());
        };
    call.headers().forEach(sent::header);
    if (call.body() != null) {
      sent.body(call.body().getBytes(StandardCharsets.UTF_8));
    }
    return sent.send();
  }

  /** The calls that had to do with the same integration, which mostly are enough to see why. */
  private String report(long seed, int number, ModelCall call, String fault) {
    String id = call.segment(2);
    List<String> related =
        log.stream()
            .filter(line -> id.isEmpty() || line.contains(id) || line.equals(log.peekLast()))
            .toList();
    List<String> last = related.subList(Math.max(0, related.size() - LOGGED), related.size());
    return "seed "
        + seed
        + ", call "
        + number
        + ": "
        + fault
        + "\n  after\n  "
        + String.join("\n  ", last);
  }
}
