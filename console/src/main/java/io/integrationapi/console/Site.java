package io.integrationapi.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * All that is served: two pages, the API's document, and the files that the pages load.
 *
 * <p>The files lie under {@code /console/<hash>/}, where the hash is of all of them, so that they
 * may be kept for ever and never mix with those of another release. What the lists here do not name
 * is not served.
 */
final class Site {

  /** Everything of ours that a page loads. */
  static final List<String> FILES =
      List.of(
          "app.css",
          "app.js",
          "api.js",
          "clone.js",
          "diff.js",
          "docs.css",
          "docs.js",
          "dom.js",
          "editor.js",
          "history.js",
          "icon.svg",
          "install-base.js",
          "integration.js",
          "integrations.js",
          "json.js",
          "update.js");

  private static final List<String> SWAGGER_UI = List.of("swagger-ui-bundle.js", "swagger-ui.css");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml; charset=utf-8");

  /** Nothing from elsewhere, nothing inline, no frame around it, and text is never markup. */
  private static final String CONSOLE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** The reference page's library makes markup itself, and its style sheet has images within it. */
  private static final String DOCS_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String FILE_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Vary", "Accept-Encoding");

  private static final byte[] NOT_FOUND =
      "{\"errors\":[{\"code\":\"not_found\",\"message\":\"There is nothing here for this method and path.\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, Content> files = new LinkedHashMap<>();
  private final Content console;
  private final Content docs;
  private final Content document;
  private final String prefix;

  Site() {
    FILES.forEach(name -> files.put(name, content(name, read("web/" + name))));
    String library = "/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";
    SWAGGER_UI.forEach(name -> files.put(name, content(name, read(library + name))));

    String hash =
        Hash.of(files.values().stream().map(it -> it.bytes(false)).toArray(byte[][]::new));
    console = page("index.html", hash);
    docs = page("docs.html", hash);
    document = content("openapi.yaml", read("web/openapi.yaml"));
    prefix = hash + "/";
  }

  /** Answers one request. */
  PageAnswer answer(PageRequest request) {
    return switch (request.resource()) {
      case "/console" -> page(request, console, CONSOLE_POLICY);
      case "/docs" -> page(request, docs, DOCS_POLICY);
      case "/openapi.yaml" -> page(request, document, FILE_POLICY);
      case "/console/{file+}" -> file(request);
      default -> notFound(request);
    };
  }

  /**
   * A page is asked for again each time; links in it are relative, so a slash at its end is taken
   * away.
   */
  private static PageAnswer page(PageRequest request, Content content, String policy) {
    if (request.path().endsWith("/")) {
      String name = request.resource().substring(1);
      return answer(308, request, Map.of("Location", "../" + name), new byte[0]);
    }
    return sent(request, content, policy, "no-cache");
  }

  private PageAnswer file(PageRequest request) {
    return request
        .file()
        .filter(name -> name.startsWith(prefix))
        .flatMap(name -> Optional.ofNullable(files.get(name.substring(prefix.length()))))
        .map(content -> sent(request, content, FILE_POLICY, "public, max-age=31536000, immutable"))
        .orElseGet(() -> notFound(request));
  }

  private static PageAnswer sent(
      PageRequest request, Content content, String policy, String caching) {
    String tag = content.tag(request.gzip());
    var headers = new LinkedHashMap<String, String>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", caching);
    headers.put("Content-Security-Policy", policy);
    headers.put("Content-Type", content.type());
    if (request.ifNoneMatch().filter(tags -> matches(tags, tag)).isPresent()) {
      return answer(304, request, headers, new byte[0]);
    }
    if (request.gzip()) {
      headers.put("Content-Encoding", "gzip");
    }
    return answer(200, request, headers, content.bytes(request.gzip()));
  }

  /** Those in between may have made the tag a weak one. */
  private static boolean matches(String tags, String tag) {
    for (String one : tags.split(",", -1)) {
      String stripped = one.strip();
      if (stripped.equals("*")
          || (stripped.startsWith("W/") ? stripped.substring(2) : stripped).equals(tag)) {
        return true;
      }
    }
    return false;
  }

  private static PageAnswer notFound(PageRequest request) {
    return answer(
        404,
        request,
        Map.of(
            "Content-Type", "application/json",
            "Cache-Control", "no-store",
            "Content-Security-Policy", FILE_POLICY),
        NOT_FOUND);
  }

  private static PageAnswer answer(
      int status, PageRequest request, Map<String, String> own, byte[] body) {
    var headers = new LinkedHashMap<>(HEADERS);
    headers.putAll(own);
    headers.put("x-request-id", request.requestId());
    return new PageAnswer(status, headers, body);
  }

  private static Content page(String name, String hash) {
    String text = new String(read("web/" + name), StandardCharsets.UTF_8);
    return content(
        name, text.replace("@files@", "console/" + hash).getBytes(StandardCharsets.UTF_8));
  }

  private static Content content(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException(name + " has no type that is known");
    }
    return new Content(type, bytes);
  }

  private static String swaggerUiVersion() {
    var versions = new Properties();
    try (InputStream input = open("webjars.properties")) {
      versions.load(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty("swagger-ui", "");
  }

  private static byte[] read(String resource) {
    try (InputStream input = open(resource)) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream input = Site.class.getResourceAsStream(resource);
    if (input == null) {
      throw new IllegalStateException(resource + " was not packed");
    }
    return input;
  }
}
