package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;

/** Requests that must be refused, and the promise that a refused one has changed nothing. */
final class Untouched {
  private Untouched() {}

  /** Sends a request that is the caller's fault, and sees that the owner's list stays as it was. */
  static Reply refuse(Api api, Caller owner, Call call) {
    String before = api.get(owner, "/integrations").send().body();
    Reply reply = call.send();

    assertTrue(reply.status() >= 400 && reply.status() < 500, reply::toString);
    assertEquals(before, api.get(owner, "/integrations").send().body());
    return reply;
  }
}
