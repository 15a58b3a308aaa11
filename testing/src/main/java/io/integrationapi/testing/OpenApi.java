package io.integrationapi.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds answers against {@code openapi.yaml}, so that the two cannot drift apart. */
public final class OpenApi {
  private static final String SPECIFICATION =
      TestStore.root().resolve("openapi.yaml").toUri().toString();
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForSpecificationUrl(SPECIFICATION).build();

  private OpenApi() {}

  /** The routes that it describes: method, path, and the function that its operation's id means. */
  public static Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    new OpenAPIV3Parser()
        .read(SPECIFICATION)
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) ->
                    routes.add(method + " " + path + " " + function(operation))));
    return routes;
  }

  private static String function(Operation operation) {
    String id = operation.getOperationId();
    return Character.toUpperCase(id.charAt(0)) + id.substring(1) + "Function";
  }

  /**
   * Fails if the answer is not one that the document describes.
   *
   * @param path without the stage
   * @param body null if there was none
   */
  public static void check(
      String method, String path, int status, Map<String, String> headers, @Nullable String body) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.forEach(response::withHeader);
    if (body != null && !body.isEmpty()) {
      response.withBody(body);
    }
    ValidationReport report =
        VALIDATOR.validateResponse(
            "/v1" + path,
            Request.Method.valueOf(method.toUpperCase(Locale.ROOT)),
            response.build());
    if (report.hasErrors()) {
      throw new AssertionError(
          method + " " + path + " answered " + status + " against openapi.yaml: " + report);
    }
  }
}
