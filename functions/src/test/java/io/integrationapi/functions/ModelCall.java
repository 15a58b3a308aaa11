package io.integrationapi.functions;

import io.integrationapi.functions.Api.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, as the {@link Model} and the {@link Api} both get it. */
record ModelCall(
    Caller caller,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    @Nullable String body) {

  static final String SHARED_TYPE = "application/json";

  /** What stands at a place of the path: {@code segment(2)} of {@code /integrations/x} is x. */
  String segment(int place) {
    String[] segments = path.split("/", -1);
    return place < segments.length ? segments[place] : "";
  }

  /** What the route is: the method and the path without its id. */
  String route() {
    return method
        + " /"
        + segment(1)
        + (segment(2).isEmpty() ? "" : "/{_id}")
        + (segment(3).isEmpty() ? "" : "/" + segment(3));
  }

  /** The principal, whatever the token's scope. */
  String principal() {
    return caller.kind() + " " + caller.id();
  }

  boolean isConnector() {
    return caller.kind().equals("connector");
  }

  boolean mayWrite() {
    return caller.scope().equals("full");
  }

  ModelCall on(String otherPath) {
    return new ModelCall(caller, method, otherPath, query, headers, body);
  }

  String target() {
    StringBuilder target = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      target.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
      separator = '&';
    }
    return target.toString();
  }

  @Override
  public String toString() {
    String sent = body == null ? "" : " " + abbreviated(body);
    return caller.kind()
        + " "
        + caller.id()
        + " ("
        + caller.scope()
        + ") "
        + method
        + " "
        + target()
        + " "
        + headers
        + sent;
  }

  static String abbreviated(String text) {
    return text.length() > 3000 ? text.substring(0, 3000) + "… " + text.length() : text;
  }
}
