package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.local.stack.LambdaFunction;
import io.integrationapi.local.stack.Route;
import io.integrationapi.local.stack.Template;
import io.integrationapi.testing.OpenApi;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One stem everywhere: handler, function, operation, event; and the same routes in both documents.
 */
class NamesTest {
  private static final Template TEMPLATE = TestStore.template();

  @Test
  void function_and_handler_share_their_stem() {
    for (LambdaFunction function : TEMPLATE.functions().values()) {
      String stem = function.logicalId().replaceAll("Function$", "");
      String room = stem.equals("Console") ? "console" : "functions";
      assertEquals("io.integrationapi." + room + "." + stem + "Handler", function.handlerClass());
    }
  }

  /** The pages are no part of the API that the document describes. */
  @Test
  void template_and_openapi_have_the_same_routes_and_stems() {
    Set<String> template =
        TEMPLATE.api().routes().stream()
            .filter(route -> !isPage(route))
            .map(route -> route.method() + " " + route.path() + " " + route.function())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(OpenApi.routes(), template);
  }

  @Test
  void every_route_but_the_pages_asks_the_authorizer() {
    for (Route route : TEMPLATE.api().routes()) {
      assertEquals(!isPage(route), route.authorizer().isPresent(), route.toString());
    }
  }

  @Test
  void pages_are_the_four_that_need_no_token() {
    assertEquals(
        Set.of("/console", "/console/{file+}", "/docs", "/openapi.yaml"),
        TEMPLATE.api().routes().stream()
            .filter(NamesTest::isPage)
            .map(Route::path)
            .collect(Collectors.toSet()));
  }

  @Test
  void every_endpoint_has_an_event_of_a_success_and_one_of_a_refusal() throws IOException {
    Set<String> events;
    try (Stream<Path> files = Files.list(TestStore.root().resolve("events"))) {
      events = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    for (String function : TEMPLATE.functions().keySet()) {
      String stem =
          function
              .replaceAll("Function$", "")
              .replaceAll("(?<=.)(?=[A-Z])", "-")
              .toLowerCase(Locale.ROOT);
      assertTrue(events.contains(stem + ".json"), stem + ".json");
      // A schedule asks for nothing that could be refused, and a deployment for what takes a
      // CodeDeploy: its event is
      // a refusal.
      assertTrue(
          Set.of("ReportLocksFunction", "CheckVersionFunction").contains(function)
              || events.stream()
                  .anyMatch(
                      event -> event.startsWith(stem + "-") && event.endsWith(".expected.json")),
          "a refusal of " + stem);
    }
  }

  private static boolean isPage(Route route) {
    return route.function().equals("ConsoleFunction");
  }
}
