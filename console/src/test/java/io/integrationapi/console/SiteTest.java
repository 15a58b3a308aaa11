package io.integrationapi.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final Path WEB = ROOT.resolve("console/src/main/web");

  /**
   * What the pages may weigh before they are compressed; the reference page's library not counted.
   */
  private static final int MAX_BYTES = 100_000;

  private final Site site = new Site();

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/docs"})
  void page_is_asked_for_again_and_loads_files_that_may_be_kept_for_ever(String path)
      throws IOException {
    PageAnswer page = get(path);

    assertEquals(200, page.status());
    assertEquals("no-cache", page.headers().get("Cache-Control"));
    List<String> files = loaded(text(page));
    assertTrue(files.size() >= 3, files::toString);
    for (String file : files) {
      PageAnswer answer = get("/" + file);
      assertEquals(200, answer.status(), file);
      assertEquals("public, max-age=31536000, immutable", answer.headers().get("Cache-Control"));
    }
  }

  @Test
  void document_is_the_one_of_the_project() throws IOException {
    PageAnswer answer = get("/openapi.yaml");

    assertEquals("application/yaml; charset=utf-8", answer.headers().get("Content-Type"));
    assertArrayEquals(Files.readAllBytes(ROOT.resolve("openapi.yaml")), answer.body());
  }

  @Test
  void slash_at_the_end_leads_to_the_page_without() {
    PageAnswer answer = site.answer(request("/docs", "/docs/", null, false, null));

    assertEquals(308, answer.status());
    assertEquals("../docs", answer.headers().get("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/0000000000000000/app.js",
        "/console/app.js",
        "/console/../webjars.properties",
        "/console/@/Site.class",
        "/console/@/../webjars.properties",
        "/console/@/openapi.yaml",
        "/console/@/",
        "/nowhere"
      })
  void what_is_not_listed_is_not_served(String path) throws IOException {
    String hash = loaded(text(get("/console"))).getFirst().split("/", 3)[1];

    PageAnswer answer = get(path.replace("@", hash));

    assertEquals(404, answer.status());
    assertEquals("no-store", answer.headers().get("Cache-Control"));
    assertTrue(text(answer).startsWith("{\"errors\":[{\"code\":\"not_found\""));
  }

  @Test
  void browser_that_has_it_is_told_so() {
    String tag = header(get("/console"), "ETag");

    for (String sent : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      PageAnswer again = site.answer(request("/console", "/console", null, false, sent));
      assertEquals(304, again.status(), sent);
      assertEquals(0, again.body().length);
      assertEquals(tag, header(again, "ETag"));
    }
    assertEquals(
        200, site.answer(request("/console", "/console", null, false, "\"other\"")).status());
  }

  @Test
  void compressed_answer_holds_the_same_and_has_a_tag_of_its_own() throws IOException {
    PageAnswer plain = get("/openapi.yaml");
    PageAnswer compressed =
        site.answer(request("/openapi.yaml", "/openapi.yaml", null, true, null));

    assertEquals("gzip", header(compressed, "Content-Encoding"));
    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertNotEquals(header(plain, "ETag"), header(compressed, "ETag"));
    assertTrue(compressed.body().length < plain.body().length / 3);
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertArrayEquals(plain.body(), gzip.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/docs", "/openapi.yaml", "/nowhere"})
  void every_answer_is_closed_to_frames_and_other_origins(String path) {
    PageAnswer answer = get(path);
    String policy = header(answer, "Content-Security-Policy");

    assertTrue(policy.startsWith("default-src 'none';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(policy.contains("http"), policy);
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    assertEquals("DENY", header(answer, "X-Frame-Options"));
    assertEquals("r-1", header(answer, "x-request-id"));
  }

  @Test
  void list_is_what_lies_in_the_folder() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.list(WEB)) {
      there = files.map(it -> it.getFileName().toString()).collect(Collectors.toSet());
    }
    there.removeAll(Set.of("index.html", "docs.html"));

    assertEquals(new TreeSet<>(there), new TreeSet<>(Site.FILES));
  }

  @Test
  void console_is_small_and_has_nothing_inline_or_from_elsewhere() throws IOException {
    int bytes = 0;
    try (Stream<Path> files = Files.list(WEB)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
        for (String forbidden :
            List.of(
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "localStorage",
                "sessionStorage",
                "document.cookie",
                "indexedDB")) {
          assertFalse(text.contains(forbidden), name + " has " + forbidden);
        }
        if (name.endsWith(".html")) {
          assertFalse(Pattern.compile("<style| style=| on[a-z]+=|<script>").matcher(text).find());
        }
        Matcher address =
            Pattern.compile("(src|href|url|import|from)\\W{1,4}https?:").matcher(text);
        assertFalse(address.find(), name);
      }
    }
    assertTrue(bytes < MAX_BYTES, bytes + " bytes");
  }

  private PageAnswer get(String path) {
    String prefix = "/console/";
    return path.startsWith(prefix)
        ? site.answer(
            request("/console/{file+}", path, path.substring(prefix.length()), false, null))
        : site.answer(request(path, path, null, false, null));
  }

  private static PageRequest request(
      String resource, String path, @Nullable String file, boolean gzip, @Nullable String tag) {
    return new PageRequest(
        resource, path, Optional.ofNullable(file), gzip, Optional.ofNullable(tag), "r-1");
  }

  private static String header(PageAnswer answer, String name) {
    return String.valueOf(answer.headers().get(name));
  }

  private static String text(PageAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static List<String> loaded(String page) {
    return Pattern.compile("(?:src|href)=\"(console/[^\"]+)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
