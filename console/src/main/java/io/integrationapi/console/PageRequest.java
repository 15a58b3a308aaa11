package io.integrationapi.console;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a proxy event says of a request for a page.
 *
 * @param resource the route as the template writes it
 * @param path the path as it was sent
 * @param file what stands for the route's parameter
 * @param gzip whether the browser takes a compressed answer
 * @param ifNoneMatch the tags of what the browser has
 */
record PageRequest(
    String resource,
    String path,
    Optional<String> file,
    boolean gzip,
    Optional<String> ifNoneMatch,
    String requestId) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads an event. What is not in it is absent. */
  static PageRequest read(InputStream event) {
    var found = new Found();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        found.readMembers(parser, "");
      }
    }
    return new PageRequest(
        found.resource,
        found.path,
        Optional.ofNullable(found.file),
        found.gzip,
        Optional.ofNullable(found.ifNoneMatch),
        found.requestId);
  }

  private static final class Found {
    private String resource = "";
    private String path = "";
    private @Nullable String file;
    private boolean gzip;
    private @Nullable String ifNoneMatch;
    private String requestId = "";

    void readMembers(JsonParser parser, String parent) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        switch (parser.nextToken()) {
          case START_OBJECT -> {
            switch (parent + name) {
              case "headers", "pathParameters", "requestContext" -> readMembers(parser, name + ".");
              default -> parser.skipChildren();
            }
          }
          case VALUE_STRING -> take(parent, name, parser.getString());
          default -> parser.skipChildren();
        }
      }
    }

    private void take(String parent, String name, String value) {
      // Names of headers come in any case.
      switch (parent.equals("headers.") ? parent + name.toLowerCase(Locale.ROOT) : parent + name) {
        case "resource" -> resource = value;
        case "path" -> path = value;
        case "pathParameters.file" -> file = value;
        case "headers.accept-encoding" -> gzip = takesGzip(value);
        case "headers.if-none-match" -> ifNoneMatch = value;
        case "requestContext.requestId" -> requestId = value;
        default -> {}
      }
    }

    private static boolean takesGzip(String header) {
      for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = coding.strip().split(";", 2);
        if (parts[0].strip().equals("gzip")) {
          return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
        }
      }
      return false;
    }
  }
}
