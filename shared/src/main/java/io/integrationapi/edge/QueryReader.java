package io.integrationapi.edge;

import io.integrationapi.domain.json.Fault;
import io.integrationapi.domain.json.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Reads query parameters one by one. It keeps all that is wrong with them, and what was read as a
 * query in one spelling.
 */
final class QueryReader {
  private final ProxyRequest request;
  private final List<Fault> faults = new ArrayList<>();
  private final StringJoiner text = new StringJoiner("&");

  /**
   * @param text what was read of the query already, percent-encoded, or an empty text
   */
  QueryReader(ProxyRequest request, String text) {
    this.request = request;
    if (!text.isEmpty()) {
      this.text.add(text);
    }
  }

  /** What is wrong so far. */
  List<Fault> faults() {
    return faults;
  }

  /** What was read, as a query without commas, spaces and angle brackets. */
  String text() {
    return text.toString();
  }

  /**
   * Reads a parameter that may be given once.
   *
   * @param what a value can be, in words
   * @return nothing if it is absent, or is refused
   */
  <T> Optional<T> read(String name, String what, Function<String, Optional<T>> parser) {
    List<String> sent = request.queryValues(name);
    if (sent.size() > 1) {
      refuse(name, name + " can be given only once.");
      return Optional.empty();
    }
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = parser.apply(sent.getFirst());
    if (value.isEmpty()) {
      refuse(name, name + " must be " + what + ".");
    }
    text.add(name + "=" + PercentEncoding.of(sent.getFirst()));
    return value;
  }

  /** The same, for a parameter that is as good as absent when it is empty. */
  <T> Optional<T> readUnlessEmpty(String name, String what, Function<String, Optional<T>> parser) {
    return request.queryValues(name).equals(List.of(""))
        ? Optional.empty()
        : read(name, what, parser);
  }

  /** Refuses a parameter if it is there. */
  void refuseIfSent(String name, String message) {
    if (!request.queryValues(name).isEmpty()) {
      refuse(name, message);
    }
  }

  void refuse(String name, String message) {
    faults.add(new Fault(FaultCode.INVALID_QUERY_PARAMS, message, name));
  }
}
