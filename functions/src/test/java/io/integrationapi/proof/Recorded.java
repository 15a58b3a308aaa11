package io.integrationapi.proof;

import io.integrationapi.functions.Api.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A call and what it was answered.
 *
 * @param start in the order of all that began and ended
 * @param end the same
 * @param from in milliseconds of the history
 * @param until the same
 * @param reply null if the process crashed before it answered
 */
record Recorded(Call call, long start, long end, long from, long until, @Nullable Reply reply) {
  int status() {
    return reply == null ? 502 : reply.status();
  }

  /** Nobody knows whether it took place. */
  boolean isUnknown() {
    return status() >= 500 || said("unavailable");
  }

  /** The outcome of the one integration of a beginning. */
  boolean said(String outcome) {
    return call.kind() == Call.Kind.BEGIN
        && reply != null
        && reply.status() == 200
        && reply.json().at("/0/status").asString().equals(outcome);
  }

  boolean isRefused() {
    return status() >= 400 && status() < 500;
  }

  @Override
  public String toString() {
    String answer =
        reply == null
            ? "crashed"
            : status()
                + " "
                + (status() == 200 && call.kind() == Call.Kind.BEGIN
                    ? reply.json().at("/0/status").asString()
                    : String.join(",", reply.codes()));
    if (reply != null && status() < 300 && reply.json().has("name")) {
      answer += " " + Content.of(reply.json()).json();
    }
    return "%6d..%-6d %s -> %s".formatted(from, until, call, answer);
  }
}
