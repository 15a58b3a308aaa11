package io.integrationapi.functions;

import io.integrationapi.functions.Api.Call;
import io.integrationapi.functions.Api.Caller;

/** The routes that take a body, each with one that is right for an integration named One. */
enum BodyRoute {
  CREATE("{\"name\":\"Two\"}"),
  REPLACE("{\"name\":\"Two\"}"),
  PATCH("[{\"op\":\"test\",\"path\":\"/name\",\"value\":\"One\"}]"),
  CLONE("{\"name\":\"Two\"}"),
  UPDATE("{\"_integrationIds\":[\"ffffffffffffffffffffffff\"]}");

  static final Caller ALICE = Caller.account("alice");
  private static final Caller PUBLISHER = Caller.connector("57179182e0a908200c2781d9");

  private final String right;

  BodyRoute(String right) {
    this.right = right;
  }

  String right() {
    return right;
  }

  /** The right body with something that no route looks at, right or wrong, in front. */
  String with(String member) {
    int brace = right.indexOf('{') + 1;
    return right.substring(0, brace) + member + "," + right.substring(brace);
  }

  /** The request, without its body, by who may make it. */
  Call call(Api api, String path) {
    return switch (this) {
      case CREATE -> api.post(ALICE, "/integrations");
      case REPLACE -> api.put(ALICE, path);
      case PATCH -> api.patch(ALICE, path);
      case CLONE -> api.post(ALICE, path + "/clone");
      case UPDATE -> api.put(PUBLISHER, "/connectors/" + PUBLISHER.id() + "/update");
    };
  }
}
