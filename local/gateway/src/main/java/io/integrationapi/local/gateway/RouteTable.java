package io.integrationapi.local.gateway;

import io.integrationapi.local.stack.Route;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the route of a request, by API Gateway's rules: a fixed segment goes before a parameter and
 * a parameter before a greedy one, the path decides before the method does, and a slash at the end
 * of a path does not count.
 */
final class RouteTable {

  /**
   * A route that was found.
   *
   * @param parameters what stands for the path's parameters, decoded once; an empty segment is no
   *     value
   */
  record Match(Route route, Map<String, String> parameters) {}

  private record Resource(List<Segment> segments, Map<String, Route> methods) {

    Optional<Map<String, String>> parameters(List<String> path) {
      var parameters = new LinkedHashMap<String, String>();
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        if (segment.kind() == Kind.GREEDY && i < path.size()) {
          return take(parameters, segment, String.join("/", path.subList(i, path.size())));
        }
        if (i >= path.size() || !segment.takes(path.get(i), parameters)) {
          return Optional.empty();
        }
      }
      return path.size() == segments.size() ? Optional.of(parameters) : Optional.empty();
    }

    private static Optional<Map<String, String>> take(
        Map<String, String> parameters, Segment greedy, String rest) {
      parameters.put(greedy.name(), Encoding.decodePath(rest));
      return rest.isEmpty() ? Optional.empty() : Optional.of(parameters);
    }
  }

  /** In the order in which API Gateway prefers them. */
  private enum Kind {
    FIXED("0"),
    PARAMETER("1"),
    GREEDY("2");

    private final String rank;

    Kind(String rank) {
      this.rank = rank;
    }
  }

  private record Segment(Kind kind, String name) {

    static Segment of(String text) {
      if (!text.startsWith("{") || !text.endsWith("}")) {
        return new Segment(Kind.FIXED, text);
      }
      String name = text.substring(1, text.length() - 1);
      return name.endsWith("+")
          ? new Segment(Kind.GREEDY, name.substring(0, name.length() - 1))
          : new Segment(Kind.PARAMETER, name);
    }

    boolean takes(String sent, Map<String, String> parameters) {
      String decoded = Encoding.decodePath(sent);
      if (kind == Kind.FIXED) {
        return decoded.equals(name);
      }
      parameters.put(name, decoded);
      return !sent.isEmpty();
    }
  }

  private final List<Resource> resources;

  RouteTable(List<Route> routes) {
    Map<String, List<Route>> byPath =
        routes.stream()
            .collect(Collectors.groupingBy(Route::path, LinkedHashMap::new, Collectors.toList()));
    resources =
        byPath.entrySet().stream()
            .map(entry -> new Resource(segments(entry.getKey()), byMethod(entry.getValue())))
            .sorted(Comparator.comparing(RouteTable::preference))
            .toList();
  }

  /** The route for a method and a path as it was sent, without the stage. */
  Optional<Match> match(String method, String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> sent = split(withoutLastSlash(path));
    for (Resource resource : resources) {
      Optional<Map<String, String>> parameters = resource.parameters(sent);
      if (parameters.isPresent()) {
        return Optional.ofNullable(resource.methods().get(method))
            .or(() -> Optional.ofNullable(resource.methods().get("ANY")))
            .map(route -> new Match(route, parameters.get()));
      }
    }
    return Optional.empty();
  }

  private static List<Segment> segments(String path) {
    return split(path).stream().map(Segment::of).toList();
  }

  private static String withoutLastSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  private static Map<String, Route> byMethod(List<Route> routes) {
    return routes.stream().collect(Collectors.toMap(Route::method, route -> route));
  }

  private static String preference(Resource resource) {
    return resource.segments().stream()
        .map(segment -> segment.kind().rank)
        .collect(Collectors.joining());
  }
}
