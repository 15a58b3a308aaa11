package io.integrationapi.proof;

import io.integrationapi.functions.Api.Reply;
import io.integrationapi.proof.Call.Kind;
import io.integrationapi.proof.Call.Who;
import io.integrationapi.proof.Linearizability.Step;
import io.integrationapi.proof.State.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says what is wrong with a history, if anything is. */
final class Judge {
  /** The state in which an answer showed an integration. */
  private record Shown(int writer, Content content) {}

  /** What is wrong, and with which integration. */
  record Violation(String what, @Nullable String integration) {}

  private final World world;
  private final List<Recorded> calls;
  private final Map<Integer, Recorded> byNumber = new HashMap<>();

  /** The integrations that each making call was seen to have made. */
  private final Map<Integer, Set<String>> made = new LinkedHashMap<>();

  private final Map<String, Integer> makers = new LinkedHashMap<>();
  private final Map<String, Content> firsts = new HashMap<>();
  private final Map<String, List<Step<State>>> steps = new LinkedHashMap<>();
  private final Set<String> unjudged = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  private Judge(World world, List<Recorded> calls) {
    this.world = world;
    this.calls = calls;
    calls.forEach(recorded -> byNumber.put(recorded.call().number(), recorded));
  }

  /** What is wrong. */
  static List<Violation> violations(History history) {
    Judge judge = new Judge(history.world, history.calls);
    judge.checkAnswers();
    judge.checkMaking();
    if (judge.violations.isEmpty()) {
      judge.checkOrder();
    }
    return judge.violations;
  }

  /** What can be said of each answer and tag for itself. */
  private void checkAnswers() {
    Map<String, String> bodies = new HashMap<>();
    Map<String, String> tags = new HashMap<>();
    for (Recorded recorded : calls) {
      Reply reply = recorded.reply();
      if (reply == null) {
        continue;
      }
      checkForeign(recorded);
      for (JsonNode document : documents(recorded)) {
        String id = document.path("_id").asString();
        int writer = seen(recorded, document, id);
        if (!reply.etag().isEmpty()) {
          String body = document.toString();
          String before = bodies.putIfAbsent(reply.etag(), body);
          check(
              before == null || before.equals(body),
              "one tag has two bodies: " + before + " and " + body,
              id);
          String tag = tags.putIfAbsent(id + " #" + writer, reply.etag());
          check(tag == null || tag.equals(reply.etag()), "one state has two tags: #" + writer, id);
        }
      }
    }
  }

  private int seen(Recorded recorded, JsonNode document, String id) {
    int writer = world.writer(document, "lastModified");
    if (document.has("createdAt")) {
      int maker = world.writer(document, "createdAt");
      makers.putIfAbsent(id, maker);
      made.computeIfAbsent(maker, _ -> new LinkedHashSet<>()).add(id);
      if (writer == maker) {
        firsts.putIfAbsent(id, Content.of(document));
      }
    }
    Recorded by = byNumber.get(writer);
    check(by != null, "nobody wrote " + document, id);
    check(
        by == null || !by.isRefused(),
        "a refused call took effect: " + by + ", seen by " + recorded,
        id);
    return writer;
  }

  private void checkForeign(Recorded recorded) {
    Call call = recorded.call();
    if (recorded.isUnknown()) {
      return;
    }
    if (call.isForeign()) {
      boolean hidden = recorded.status() == 404 || recorded.said("not_found");
      check(hidden, "a stranger was answered: " + recorded, call.target());
    } else if (call.who() == Who.READ_ONLY && call.writes()) {
      check(recorded.status() == 403, "a reader wrote: " + recorded, call.target());
    }
  }

  private void checkMaking() {
    Map<String, Set<String>> byKey = new LinkedHashMap<>();
    made.forEach((maker, ids) -> {
      Recorded by = byNumber.get(maker);
      check(ids.size() == 1, "one call made " + ids + ": " + by, ids.iterator().next());
      if (by != null && by.call().key() != null) {
        byKey.computeIfAbsent(by.call().key(), _ -> new LinkedHashSet<>()).addAll(ids);
      }
    });
    byKey.forEach(
        (key, ids) -> check(ids.size() == 1, key + " made " + ids, ids.iterator().next()));
    for (Recorded recorded : calls) {
      if (recorded.status() == 201) {
        String id = Objects.requireNonNull(recorded.reply()).id();
        String key = recorded.call().key();
        Integer maker = makers.get(id);
        Recorded by = maker == null ? null : byNumber.get(maker);
        boolean own =
            recorded.equals(by) || (by != null && key != null && key.equals(by.call().key()));
        check(own, "it made nothing, and was answered 201: " + recorded, id);
      }
    }
  }

  private void checkOrder() {
    makers.forEach((id, maker) -> begin(id, Objects.requireNonNull(byNumber.get(maker))));
    calls.forEach(this::add);
    steps.forEach((id, all) -> {
      if (!unjudged.contains(id) && !Linearizability.holds(all, State.INITIAL)) {
        violations.add(new Violation("no order explains the answers", id));
      }
    });
  }

  private void begin(String id, Recorded by) {
    List<Step<State>> of = steps.computeIfAbsent(id, _ -> new ArrayList<>());
    Content first = firsts.get(id);
    if (first == null) {
      if (by.call().kind() == Kind.CLONE) {
        // Nobody ever saw it as it was made.
        unjudged.add(id);
        return;
      }
      first = by.call().content();
    }
    Content as = first;
    int number = by.call().number();
    Function<State, @Nullable State> next = state -> state.created(number, as);
    boolean answered = by.status() == 201;
    long end = answered ? by.end() : Linearizability.OPEN;
    of.add(new Step<>(by.start(), end, false, null, next, by.toString()));
    if (by.call().kind() == Kind.CLONE) {
      String source = Objects.requireNonNull(by.call().target());
      steps
          .computeIfAbsent(source, _ -> new ArrayList<>())
          .add(
              new Step<>(
                  by.start(),
                  end,
                  false,
                  null,
                  state -> isSource(state, by.call(), as),
                  by.toString()));
    } else {
      check(
          as.name().equals(by.call().content().name()) && as.sameConfiguration(by.call().content()),
          "it was made otherwise: " + by,
          id);
    }
  }

  private static @Nullable State isSource(State source, Call call, Content copy) {
    Content content = source.content();
    String name = call.content().name();
    return content != null
            && source.refusals(call).isEmpty()
            && content.copied().equals(copy.copied())
            && copy.name().equals(name.isEmpty() ? "Clone - " + content.name() : name)
        ? source
        : null;
  }

  private void add(Recorded recorded) {
    Call call = recorded.call();
    boolean told = !recorded.isUnknown() && !call.isForeign() && recorded.status() != 403;
    switch (call.kind()) {
      case CREATE -> {
        if (recorded.status() == 201) {
          addMade(recorded);
        }
      }
      case CLONE -> {
        if (recorded.status() == 201) {
          addMade(recorded);
        } else if (told && recorded.isRefused()) {
          addRefused(recorded);
        }
      }
      case LIST, INSTALL_BASE -> {
        if (told) {
          addListed(recorded);
        }
      }
      case GET -> {
        if (told) {
          addRead(recorded);
        }
      }
      default -> {
        if (told) {
          addWrite(recorded);
        } else if (!call.isForeign() && call.who() != Who.READ_ONLY) {
          add(
              call.target(),
              Step.open(recorded.start(), state -> state.written(call), recorded.toString()));
        }
      }
    }
  }

  /** An answer to a repetition shows what was made, whatever became of it. */
  private void addMade(Recorded recorded) {
    Reply reply = Objects.requireNonNull(recorded.reply());
    Shown shown = shown(reply.json());
    boolean asMade = Objects.equals(makers.get(reply.id()), shown.writer());
    if (asMade) {
      done(reply.id(), recorded, state -> state.life() == State.Life.NOT_YET ? null : state);
    } else {
      done(reply.id(), recorded, state -> state.is(shown.writer(), shown.content()) ? state : null);
    }
  }

  private void addListed(Recorded recorded) {
    boolean connector = recorded.call().byConnector();
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode row : Objects.requireNonNull(recorded.reply()).json().values()) {
      String id =
          row.has("_id") ? row.path("_id").asString() : row.path("_integrationId").asString();
      rows.put(id, row);
    }
    makers.forEach((id, maker) -> {
      JsonNode row = rows.remove(id);
      boolean managed = manages(maker);
      if (row == null) {
        if (!connector || managed) {
          done(id, recorded, state -> state.isThere() ? null : state);
        }
      } else if (row.has("_id")) {
        Shown shown = shown(row);
        done(id, recorded, state -> state.is(shown.writer(), shown.content()) ? state : null);
      } else {
        int writer = world.writer(row, "lastModified");
        done(
            id,
            recorded,
            state ->
                state.isThere() && state.writer() == writer && isRow(row, state) ? state : null);
      }
    });
    check(rows.isEmpty(), "rows of nothing that is known: " + rows, null);
  }

  private boolean manages(int maker) {
    return Objects.requireNonNull(byNumber.get(maker)).call().managed();
  }

  private static boolean isRow(JsonNode row, State state) {
    Content content = Objects.requireNonNull(state.content());
    return row.path("name").asString().equals(content.name())
        && Objects.equals(row.path("version").asString(null), content.version())
        && row.path("updateInProgress").asBoolean(false) == content.isLocked();
  }

  private void addRead(Recorded recorded) {
    Call call = recorded.call();
    if (recorded.status() == 304) {
      int writer = Objects.requireNonNull(call.ifMatch());
      done(
          call.target(),
          recorded,
          state -> state.isThere() && state.writer() == writer ? state : null);
    } else if (recorded.isRefused()) {
      done(call.target(), recorded, state -> state.isThere() ? null : state);
    } else {
      Shown shown = shown(Objects.requireNonNull(recorded.reply()).json());
      boolean fresh = !Objects.equals(call.ifMatch(), shown.writer());
      done(
          call.target(),
          recorded,
          state -> fresh && state.is(shown.writer(), shown.content()) ? state : null);
    }
  }

  private void addWrite(Recorded recorded) {
    Call call = recorded.call();
    Reply reply = Objects.requireNonNull(recorded.reply());
    if (recorded.isRefused()) {
      addRefused(recorded);
    } else if (call.kind() == Kind.BEGIN) {
      addBeginning(recorded);
    } else if (call.kind() == Kind.BREAK) {
      addBreaking(recorded);
    } else if (call.kind() == Kind.DELETE) {
      done(call.target(), recorded, state -> state.written(call));
    } else {
      Shown shown = shown(reply.json());
      if (shown.writer() == call.number()) {
        done(
            call.target(),
            recorded,
            state -> {
              State next = state.written(call);
              return next != null && next.is(shown.writer(), shown.content()) ? next : null;
            });
      } else {
        // Others have written since, or it left all as it was.
        Step<State> write =
            Step.done(
                recorded.start(),
                recorded.end(),
                state -> state.written(call),
                recorded.toString());
        add(call.target(), write);
        add(
            call.target(),
            new Step<>(
                recorded.start(),
                recorded.end(),
                false,
                write,
                state -> state.is(shown.writer(), shown.content()) ? state : null,
                "its answer"));
      }
    }
  }

  private void addBeginning(Recorded recorded) {
    Call call = recorded.call();
    if (recorded.said("started")) {
      done(call.target(), recorded, state -> isLocked(state) ? null : state.written(call));
    } else if (recorded.said("already_in_progress")) {
      done(call.target(), recorded, state -> isLocked(state) ? state : null);
    } else if (call.managed()) {
      done(call.target(), recorded, state -> state.isThere() ? null : state);
    }
  }

  private void addBreaking(Recorded recorded) {
    Call call = recorded.call();
    JsonNode answer = Objects.requireNonNull(recorded.reply()).json();
    if (!answer.has("broken")) {
      String code = answer.at("/errors/0/code").asString();
      if (code.equals("not_found")) {
        done(call.target(), recorded, state -> state.isThere() ? null : state);
      } else {
        add(
            call.target(),
            Step.open(
                recorded.start(),
                state -> isLocked(state) ? state.written(call) : null,
                recorded.toString()));
      }
    } else if (answer.path("broken").asBoolean()) {
      done(call.target(), recorded, state -> isLocked(state) ? state.written(call) : null);
    } else {
      done(call.target(), recorded, state -> isLocked(state) ? null : state);
    }
  }

  private static boolean isLocked(State state) {
    return state.content() != null && state.content().isLocked();
  }

  private void addRefused(Recorded recorded) {
    Call call = recorded.call();
    List<String> codes = Objects.requireNonNull(recorded.reply()).codes();
    if (codes.contains("idempotency_in_progress")) {
      return;
    }
    Refusal refusal =
        switch (codes.isEmpty() ? "" : codes.getFirst()) {
          case "not_found" -> Refusal.MISSING;
          case "update_in_progress" -> Refusal.LOCKED;
          case "precondition_failed" -> Refusal.STALE;
          case "patch_failed" -> Refusal.TEST_NOT_MET;
          default -> null;
        };
    check(refusal != null, "nothing asks for this refusal: " + recorded, call.target());
    done(call.target(), recorded, state -> state.refusals(call).contains(refusal) ? state : null);
  }

  private Shown shown(JsonNode document) {
    return new Shown(world.writer(document, "lastModified"), Content.of(document));
  }

  private void done(@Nullable String id, Recorded recorded, Function<State, @Nullable State> next) {
    add(id, Step.done(recorded.start(), recorded.end(), next, recorded.toString()));
  }

  private void add(@Nullable String id, Step<State> step) {
    if (id != null && makers.containsKey(id)) {
      steps.computeIfAbsent(id, _ -> new ArrayList<>()).add(step);
    }
  }

  private void check(boolean holds, String otherwise, @Nullable String integration) {
    if (!holds) {
      violations.add(new Violation(otherwise, integration));
    }
  }

  private static List<JsonNode> documents(Recorded recorded) {
    Reply reply = Objects.requireNonNull(recorded.reply());
    if (reply.status() >= 300 || reply.body() == null) {
      return List.of();
    }
    JsonNode json = reply.json();
    if (json.isArray() && recorded.call().kind() == Kind.LIST) {
      return List.copyOf(json.values());
    }
    return json.has("lastModified") ? List.of(json) : List.of();
  }
}
