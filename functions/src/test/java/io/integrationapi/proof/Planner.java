package io.integrationapi.proof;

import io.integrationapi.proof.Call.Kind;
import io.integrationapi.proof.Call.Who;
import io.integrationapi.proof.World.Known;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each client calls next: a few integrations, written by many, locked and unlocked all the
 * time, made and deleted now and then.
 */
final class Planner {
  private static final int MAX_ALIVE = 3;

  private static final List<Kind> ACCOUNTS =
      kinds(
          Map.of(
              Kind.CREATE, 8,
              Kind.CLONE, 5,
              Kind.PUT, 32,
              Kind.PATCH, 20,
              Kind.DELETE, 6,
              Kind.GET, 18,
              Kind.LIST, 6));
  private static final List<Kind> CONNECTORS =
      kinds(
          Map.of(
              Kind.PUT, 34,
              Kind.PATCH, 14,
              Kind.BEGIN, 26,
              Kind.CLONE, 3,
              Kind.DELETE, 3,
              Kind.GET, 10,
              Kind.LIST, 3,
              Kind.INSTALL_BASE, 5));

  private final World world;
  private final Map<Integer, Call> keyed = new HashMap<>();

  Planner(World world) {
    this.world = world;
  }

  private static List<Kind> kinds(Map<Kind, Integer> weights) {
    return weights.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
        .toList();
  }

  /** The next call of a client. */
  Call next(int client, int number, Random random) {
    Who who = who(client, random);
    Kind kind =
        switch (who) {
          case ACCOUNT -> one(ACCOUNTS, random);
          case CONNECTOR -> one(CONNECTORS, random);
          case OPERATOR -> Kind.BREAK;
          case READ_ONLY -> one(List.of(Kind.GET, Kind.LIST, Kind.PUT, Kind.DELETE), random);
          case OTHER_ACCOUNT ->
              one(List.of(Kind.GET, Kind.PUT, Kind.PATCH, Kind.DELETE, Kind.CLONE), random);
          case OTHER_CONNECTOR -> one(List.of(Kind.GET, Kind.PUT, Kind.BEGIN, Kind.DELETE), random);
        };
    boolean connector = who == Who.CONNECTOR;
    Known target = target(known -> known.managed() || !connector, random);
    if (target == null && connector) {
      kind = Kind.LIST;
    } else if (target == null && who == Who.ACCOUNT) {
      kind = Kind.CREATE;
    }
    boolean full = world.alive().size() >= MAX_ALIVE;
    if (full && (kind == Kind.CREATE || (kind == Kind.CLONE && who != Who.OTHER_ACCOUNT))) {
      kind = Kind.PUT;
    }
    Call before = keyed.get(client);
    if (before != null && random.nextInt(12) == 0) {
      return again(before, number);
    }
    Call call = call(number, who, kind, kind == Kind.CREATE ? null : target, random);
    if (call.key() != null) {
      keyed.put(client, call);
    }
    return call;
  }

  private static Call again(Call call, int number) {
    return new Call(
        number,
        call.who(),
        call.kind(),
        call.target(),
        call.managed(),
        call.content(),
        null,
        null,
        null,
        call.key());
  }

  private static Who who(int client, Random random) {
    return switch (client) {
      case 0, 1 -> Who.ACCOUNT;
      case 2, 3 -> Who.CONNECTOR;
      case 4 -> Who.OPERATOR;
      default -> one(List.of(Who.READ_ONLY, Who.OTHER_ACCOUNT, Who.OTHER_CONNECTOR), random);
    };
  }

  private @Nullable Known target(Predicate<Known> reached, Random random) {
    List<Known> alive = world.alive().stream().filter(reached).toList();
    List<Known> gone = world.gone().stream().filter(reached).toList();
    if (!gone.isEmpty() && (alive.isEmpty() || random.nextInt(20) == 0)) {
      return gone.getLast();
    }
    // Most of them on one: what nobody else writes proves nothing.
    return alive.isEmpty() ? null : random.nextInt(4) > 0 ? alive.getLast() : one(alive, random);
  }

  private Call call(int number, Who who, Kind kind, @Nullable Known target, Random random) {
    boolean listed = kind == Kind.LIST || kind == Kind.INSTALL_BASE;
    boolean managed = target == null ? random.nextInt(5) > 0 : target.managed();
    boolean publishes = managed == (who == Who.CONNECTOR);
    Content content =
        switch (kind) {
          case CREATE -> new Content("n" + number, "s" + number, null, null, null);
          case CLONE ->
              random.nextBoolean()
                  ? Call.NOTHING
                  : new Content("n" + number, null, null, null, null);
          case PUT -> replacement(number, target, publishes, random);
          case PATCH -> patch(number, publishes, random);
          default -> Call.NOTHING;
        };
    boolean tagged =
        target != null
            && target.writer() >= 0
            && List.of(Kind.PUT, Kind.PATCH, Kind.DELETE, Kind.CLONE, Kind.GET).contains(kind)
            && random.nextInt(4) == 0;
    boolean makes = kind == Kind.CREATE || kind == Kind.CLONE;
    boolean tests = kind == Kind.PATCH && target != null && random.nextInt(4) == 0;
    return new Call(
        number,
        who,
        kind,
        listed || target == null ? null : target.id(),
        managed,
        content,
        tests && target != null ? target.content().name() : null,
        tagged && target != null ? target.tag() : null,
        tagged && target != null ? (Integer) target.writer() : null,
        makes && random.nextInt(5) < 2 ? "key " + number : null);
  }

  private static Content replacement(
      int number, @Nullable Known target, boolean publishes, Random random) {
    Content seen = target == null ? Call.NOTHING : target.content();
    boolean all = random.nextInt(10) > 0;
    String name = all && random.nextInt(2) == 0 ? "n" + number : seen.name();
    return new Content(
        name.isEmpty() ? "n" + number : name,
        random.nextInt(2) == 0 ? "s" + number : seen.settings(),
        random.nextInt(4) == 0 ? (random.nextBoolean() ? "o" + number : null) : seen.other(),
        (publishes && random.nextInt(4) == 0) ? "v" + number : seen.version(),
        lock(publishes, random));
  }

  private static Content patch(int number, boolean publishes, Random random) {
    return new Content(
        random.nextInt(3) == 0 ? "n" + number : "",
        random.nextInt(2) == 0 ? "s" + number : null,
        random.nextInt(4) == 0 ? "o" + number : null,
        (publishes && random.nextInt(4) == 0) ? "v" + number : null,
        lock(publishes, random));
  }

  private static @Nullable Boolean lock(boolean publishes, Random random) {
    if (!publishes || random.nextBoolean()) {
      return null;
    }
    return random.nextInt(3) == 0;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
