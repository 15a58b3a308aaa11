package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The kinds of writes, each with what a success answers and leaves, for tests of what the line to
 * the store does to them.
 */
enum Write {
  CREATE(201, 2) {
    @Override
    Reply send(Api api, Reply given) {
      return api.create(ALICE, "{\"name\":\"Two\"}");
    }
  },
  CREATE_WITH_CONNECTOR(201, 2) {
    @Override
    Reply send(Api api, Reply given) {
      return api.create(ALICE, MANAGED);
    }
  },
  CREATE_WITH_KEY(201, 2) {
    @Override
    Reply send(Api api, Reply given) {
      return api.post(ALICE, "/integrations")
          .header("Idempotency-Key", "k")
          .body("{\"name\":\"Two\"}")
          .send();
    }
  },
  REPLACE(200, 1) {
    @Override
    Reply send(Api api, Reply given) {
      return api.put(ALICE, "/integrations/" + given.id())
          .header("If-Match", given.etag())
          .body("{\"name\":\"Two\",\"_connectorId\":\"57179182e0a908200c2781d9\"}")
          .send();
    }
  },
  /** Its first guess of who publishes is wrong, so it is sent twice. */
  REPLACE_WITHOUT_CONNECTOR(200, 1) {
    @Override
    Reply send(Api api, Reply given) {
      return api.put(ALICE, "/integrations/" + given.id())
          .header("If-Match", given.etag())
          .body("{\"name\":\"Two\"}")
          .send();
    }
  },
  PATCH(200, 1) {
    @Override
    Reply send(Api api, Reply given) {
      return api.patch(ALICE, "/integrations/" + given.id())
          .header("If-Match", given.etag())
          .body("[{\"op\":\"add\",\"path\":\"/list\",\"value\":[1]}]")
          .send();
    }
  },
  DELETE(204, 0) {
    @Override
    Reply send(Api api, Reply given) {
      return api.delete(ALICE, "/integrations/" + given.id())
          .header("If-Match", given.etag())
          .send();
    }
  },
  CLONE(201, 2) {
    @Override
    Reply send(Api api, Reply given) {
      return api.post(ALICE, "/integrations/" + given.id() + "/clone")
          .header("If-Match", given.etag())
          .send();
    }
  },
  CLONE_WITH_KEY(201, 2) {
    @Override
    Reply send(Api api, Reply given) {
      return api.post(ALICE, "/integrations/" + given.id() + "/clone")
          .header("Idempotency-Key", "k")
          .send();
    }
  },
  END_OF_LOCK(200, 1) {
    @Override
    Reply send(Api api, Reply given) {
      return api.put(PUBLISHER, "/integrations/" + given.id())
          .body("{\"name\":\"Two\",\"settings\":{\"a\":2},\"updateInProgress\":false}")
          .send();
    }
  },
  BEGIN_UPDATE(200, 1) {
    @Override
    Reply send(Api api, Reply given) {
      return api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update")
          .body("{\"_integrationIds\":[\"" + given.id() + "\"]}")
          .send();
    }
  };

  static final Caller ALICE = Caller.account("alice");
  static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");
  static final String MANAGED =
      "{\"name\":\"One\",\"_connectorId\":\"57179182e0a908200c2781d9\","
          + "\"settings\":{\"secret\":\"a-setting-that-nobody-may-print\",\"a\":1}}";

  private final int status;
  private final int left;

  Write(int status, int left) {
    this.status = status;
    this.left = left;
  }

  abstract Reply send(Api api, Reply given);

  /** What each of them is tried on: one managed integration of Alice's, alone in its store. */
  static Reply given(Api api) {
    api.register(PUBLISHER);
    Reply created = api.create(ALICE, MANAGED);
    assertEquals(201, created.status());
    return created;
  }

  /** It is done, once, and its answer is what it left. */
  void assertDone(Api api, Reply given, Reply reply) {
    assertEquals(status, reply.status(), reply.body());
    assertEquals(left, list(api).size());
    if (this == BEGIN_UPDATE) {
      assertEquals("started", reply.json().path(0).path("status").asString());
      Reply now = api.get(ALICE, "/integrations/" + given.id()).send();
      assertTrue(now.json().path("updateInProgress").asBoolean());
    } else if (this != DELETE) {
      Reply now = api.get(ALICE, "/integrations/" + reply.id()).send();
      assertEquals(reply.body(), now.body());
      assertEquals(reply.etag(), now.etag());
    }
  }

  /** It may be done, once, and the answer does not say whether. */
  void assertUnknown(Api api, Reply reply) {
    if (this == BEGIN_UPDATE && reply.status() == 200) {
      assertEquals("unavailable", reply.json().path(0).path("status").asString());
    } else {
      assertEquals(503, reply.status(), reply.body());
      assertEquals(List.of("service_unavailable"), reply.codes());
      assertTrue(reply.headers().containsKey("Retry-After"));
    }
    assertTrue(List.of(1, left).contains(list(api).size()));
  }

  private static JsonNode list(Api api) {
    return api.get(ALICE, "/integrations").send().json();
  }
}
