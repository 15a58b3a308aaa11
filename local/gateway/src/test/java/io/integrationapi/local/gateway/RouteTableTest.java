package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.local.stack.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

  private final RouteTable routes =
      new RouteTable(
          Stream.of(
                  "GET /",
                  "ANY /{all+}",
                  "GET /a/{id}",
                  "GET /a/fixed",
                  "PUT /a/fixed",
                  "ANY /a/{id}/b",
                  "GET /a/{id}/{rest+}")
              .map(line -> line.split(" ", 2))
              .map(line -> new Route(line[0], line[1], "F", Optional.empty()))
              .toList());

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "GET, /, GET /, {}",
        "PUT, /, none, {}",
        "GET, /a/fixed, GET /a/fixed, {}",
        "GET, /a/%66ixed, GET /a/fixed, {}",
        "DELETE, /a/fixed, none, {}",
        "GET, /a/other, GET /a/{id}, {id=other}",
        "GET, /a/1+1, GET /a/{id}, {id=1+1}",
        "GET, /a/x/b, ANY /a/{id}/b, {id=x}",
        "GET, /a/x/c/d%2Fe, GET /a/{id}/{rest+}, '{id=x, rest=c/d/e}'",
        "GET, /a/, ANY /{all+}, {all=a}",
        "GET, /a/fixed/, GET /a/fixed, {}",
        "GET, /a/x/b/, ANY /a/{id}/b, {id=x}",
        "GET, /a/x/b//, GET /a/{id}/{rest+}, '{id=x, rest=b/}'",
        "GET, /b, ANY /{all+}, {all=b}",
        "GET, a, none, {}",
      })
  void the_most_definite_path_decides(String method, String path, String route, String parameters) {
    Optional<RouteTable.Match> match = routes.match(method, path);

    assertEquals(
        Optional.ofNullable(route),
        match.map(found -> found.route().method() + " " + found.route().path()));
    match.ifPresent(found -> assertEquals(parameters, found.parameters().toString()));
    assertEquals(List.of(), new RouteTable(List.of()).match(method, path).stream().toList());
  }
}
