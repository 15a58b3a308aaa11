package io.integrationapi.proof;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.proof.Call.Kind;
import io.integrationapi.proof.Call.Who;
import io.integrationapi.proof.SimulatedNetwork.Message;
import io.integrationapi.proof.SimulatedNetwork.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One history: what was called, what was answered, and what arrived at the store. */
final class History implements Traffic {
  /** Longer than a step of the clocks, so that no two calls of a client show one time. */
  private static final int SHORTEST_PAUSE = 20;

  private static final int LONGEST_PAUSE = 420;

  private final Clients clients;
  private final SimulatedNetwork network;
  private final Setting setting;
  final World world = new World();
  private final Planner planner = new Planner(world);
  final List<Recorded> calls = new ArrayList<>();
  final List<Arrival> arrivals = new ArrayList<>();
  private int reads;
  private boolean reading;

  /**
   * A message that arrived at the store.
   *
   * @param late whether its sender no longer waited
   */
  record Arrival(
      long time, String key, String operation, String outcome, boolean late, String body) {
    @Override
    public String toString() {
      return "%6d%s %s of %s: %s".formatted(time, late ? " LATE" : "", operation, key, outcome);
    }
  }

  private History(Clients clients, Setting setting) {
    this.clients = clients;
    this.network = clients.network;
    this.setting = setting;
  }

  /** Lets it happen, until nothing is on its way any more. */
  static History of(Clients clients, Setting setting) {
    clients.begin(setting);
    History history = new History(clients, setting);
    clients.network.begin(history);
    for (int client = 0; client < Clients.LAST_READER; client++) {
      history.schedule(client, 0);
    }
    history.happen();
    history.network.at(history.network.now() + SHORTEST_PAUSE, history::readAll);
    history.happen();
    return history;
  }

  private void happen() {
    while (network.next()) {
      // One thing after the other.
    }
  }

  private void schedule(int client, int round) {
    if (round == setting.rounds()) {
      return;
    }
    int number = round * Clients.COUNT + client;
    long pause = setting.dice(number, 1).nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
    network.at(
        network.now() + pause,
        () -> {
          if (setting.skipped().contains(number)) {
            schedule(client, round + 1);
          } else {
            Call call = planner.next(client, number, setting.dice(number, 2));
            make(client, call, () -> schedule(client, round + 1));
          }
        });
  }

  private void make(int client, Call call, Runnable after) {
    long start = network.tick();
    long from = network.now();
    AtomicReference<Object> answer = new AtomicReference<>();
    world.begin(client, call, World.BEGINNING.toEpochMilli() + clients.clock(client));
    clients
        .sender(client)
        .run(
            call.number(),
            () -> {
              try {
                answer.set(clients.send(client, call));
              } catch (RuntimeException | Error e) {
                answer.set(e);
              }
            },
            () -> {
              boolean crashed = clients.sender(client).hasCrashed();
              if (!crashed && !(answer.get() instanceof Reply)) {
                throw new IllegalStateException(call.toString(), (Throwable) answer.get());
              }
              Reply reply = crashed ? null : (Reply) answer.get();
              Recorded recorded =
                  new Recorded(call, start, network.tick(), from, network.now(), reply);
              calls.add(recorded);
              world.learn(recorded);
              after.run();
            });
  }

  @Override
  public Fate fate(Message message) {
    boolean last = message.sender == clients.sender(Clients.LAST_READER);
    return last || setting.prompt().contains(message.key())
        ? Fate.PROMPT
        : Fate.of(
            setting.dice(message.call, 100 + message.request),
            setting.badness(),
            setting.lateDuplicates());
  }

  @Override
  public void arrived(Message message, long time, String outcome, boolean late) {
    arrivals.add(new Arrival(time, message.key(), message.operation, outcome, late, message.body));
    if (late && message.isWrite()) {
      network.at(network.now(), this::readAll);
    }
  }

  /** Looks at once at what a late write did, or did not do. */
  private void readAll() {
    if (!reading) {
      reading = true;
      int number = reads++ * Clients.COUNT + Clients.LAST_READER;
      Call list =
          new Call(
              number, Who.ACCOUNT, Kind.LIST, null, false, Call.NOTHING, null, null, null, null);
      make(Clients.LAST_READER, list, () -> reading = false);
    }
  }
}
