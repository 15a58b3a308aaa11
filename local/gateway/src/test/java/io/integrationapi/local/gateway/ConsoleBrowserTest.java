package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.TestStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The pages in a real browser, against the laptop with the handlers that deploy: {@code mvn verify
 * -Pbrowser}. Its pictures are in {@code local/gateway/target/browser}; with {@code -Dpictures}
 * those of the README are made anew.
 */
@EnabledIfSystemProperty(named = "browser", matches = "true")
class ConsoleBrowserTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path PICTURES = TestStore.root().resolve("local/gateway/target/browser");

  /** Those that the README shows. */
  private static final Set<String> FOR_README =
      Set.of("integration-1280-light", "update-1280-dark");

  private static final String CONNECTOR = "57179182e0a908200c2781d9";
  private static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";

  private static @Nullable Server server;
  private static @Nullable Browser chromium;
  private static String axe = "";

  private Browser browser() {
    return Objects.requireNonNull(chromium);
  }

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        Settings.from(
            Map.of("PORT", "0", "DYNAMODB_PORT", "0", "DATA_DIR", "memory"), TestStore.root());
    DeployedHandlers handlers = new DeployedHandlers();
    server =
        Server.start(
            TestStore.template(), settings, handlers, new ExampleData(handlers::components));
    try (InputStream input =
        Objects.requireNonNull(ConsoleBrowserTest.class.getResourceAsStream("/axe.min.js"))) {
      axe = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  @BeforeEach
  void openBrowser() throws IOException {
    chromium = Browser.start();
    browser().screen(1280, false);
  }

  @AfterEach
  void nothingWentWrong() {
    List<String> complaints = browser().complaints();
    List<String> addresses = browser().addresses();
    browser().close();

    assertEquals(List.of(), complaints);
    for (String address : addresses) {
      assertTrue(
          address.startsWith(base() + "/")
              || address.equals("about:blank")
              // Images that are within the style sheet of the reference page's library.
              || address.startsWith("data:"),
          address);
      assertFalse(address.contains("_token"), address);
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "360, false", "360, true"})
  void a_day_of_a_user(int width, boolean dark) throws Exception {
    String name = width + (dark ? "-dark" : "-light");
    browser().screen(width, dark);
    String id = create("{\"name\":\"Orders to the shop\",\"settings\":{\"b\":1.0,\"a\":[1e-200]}}");

    browser().open(page(""));
    browser().sees("Integration console");
    look("sign-in-" + name);
    browser().fill("input", "no_such_token");
    browser().enter();
    browser().sees("A valid token is required");
    look("sign-in-refused-" + name);
    browser().fill("input", "my_api_token");
    browser().enter();
    browser().sees("Orders to the shop");
    look("integrations-" + name);
    browser().fill("input[type=search]", "nobody has this name");
    browser().sees("Nothing passes these filters");
    browser().fill("input[type=search]", "BigCommerce");
    browser().await("document.querySelectorAll('tbody tr').length === 1");
    browser().click("BigCommerce - NetSuite Connector");
    browser().sees("0 of 4 steps done");
    look("integration-" + name);
    for (String tab : List.of("Settings", "History", "Propagation", "Document")) {
      browser().click(tab);
      browser()
          .await(
              "document.querySelector('[role=tab][aria-selected=true]').innerText === '"
                  + tab
                  + "'");
      browser().await("!document.querySelector('[aria-busy]')");
      look(tab.toLowerCase(java.util.Locale.ROOT) + "-" + name);
    }
    browser().click("Clone…");
    browser().sees("NetSuite Connection: 57974ed21d2e4ab87ae46d99");
    look("clone-" + name);
    browser().click("Cancel");
    browser().evaluate("location.hash = '#/integrations/" + id + "'");
    browser().sees("Orders to the shop");
    browser().click("Clone…");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("Clone - Orders to the shop");
    browser().click("Delete…");
    browser().sees("is gone for everybody then");
    look("delete-" + name);
    browser().press("document.querySelector('dialog button.danger')");
    browser().await("location.hash === '#/all'");
  }

  @Test
  void a_day_of_a_user_by_keyboard_alone() throws Exception {
    create("{\"name\":\"Keyboard\"}");
    browser().open(page(""));
    browser().sees("Token");
    browser().type("my_api_token");
    browser().enter();
    browser().sees("Keyboard");
    tabTo("document.activeElement.innerText === 'Keyboard'");
    assertEquals(
        "auto",
        browser()
            .evaluate("getComputedStyle(document.activeElement).outlineStyle")
            .asString()
            .replace("solid", "auto"));
    browser().enter();
    browser().sees("No installation steps");
    tabTo("document.activeElement.innerText === 'Overview'");
    browser().key("ArrowRight", 39, 0);
    browser().enter();
    browser().await("document.querySelector('textarea')");
    tabTo("document.activeElement.tagName === 'TEXTAREA'");
    browser().key("a", 65, 2);
    browser().evaluate("document.activeElement.select()");
    browser().type("{\"typed\": true}");
    browser().key("s", 83, 2);
    browser().sees("Saved.");
    browser().await("document.querySelector('textarea').value.includes('typed')");
  }

  @Test
  void settings_are_saved_as_they_were_typed() throws Exception {
    String id =
        create(
            "{\"name\":\"Exact\",\"settings\":{\"z\":1.0,\"a\":1e-200,\"n\":1234567890123456789012345678901234567890}}");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().await("document.querySelector('textarea')?.value.includes('1e-200')");

    replaceInEditor("\"z\": 1.0,", "\"z\": 1.0,\n  \"new\": 100.00,");
    browser().sees("Changed, not saved.");
    browser().click("Save");
    browser().sees("Saved.");

    assertTrue(
        body(send("GET", "my_api_token", "/integrations/" + id, null))
            .contains(
                "\"settings\":{\"z\":1.0,\"new\":100.00,\"a\":1e-200,\"n\":1234567890123456789012345678901234567890}"),
        body(send("GET", "my_api_token", "/integrations/" + id, null)));

    replaceInEditor("\"new\": 100.00,", "\"new\": 100.00");
    browser().sees("Line 4, column 3: a comma or } should stand here.");
    look("invalid-json");
    browser().click("Show");
    assertEquals(
        "\"",
        browser()
            .evaluate(
                "(() => { const t = document.querySelector('textarea'); return"
                    + " t.value.slice(t.selectionStart, t.selectionEnd); })()")
            .asString());
    browser().click("Discard changes");
    browser().sees("Saved.");
  }

  @Test
  void big_document_stays_fluid() throws Exception {
    var settings = new StringBuilder("{\"first\":0");
    for (int i = 0; settings.length() < 345_000; i++) {
      settings.append(",\"member").append(i).append("\":{\"value\":").append(i).append(".0}");
    }
    String id = create("{\"name\":\"Big\",\"settings\":" + settings + "}}");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().await("document.querySelector('textarea')?.value.length > 345000");

    replaceInEditor("\"first\": 0", "\"first\": 1");
    long before = System.nanoTime();
    browser().sees("Changed, not saved.");
    browser().click("Save");
    browser().sees("Saved.");

    assertTrue(System.nanoTime() - before < 10_000_000_000L);
    assertTrue(
        body(send("GET", "my_api_token", "/integrations/" + id, null))
            .contains(settings.toString().replace("\"first\":0", "\"first\":1")));
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "360, true"})
  void conflict_shows_what_changed_meanwhile(int width, boolean dark) throws Exception {
    browser().screen(width, dark);
    String id =
        create("{\"name\":\"Contested\",\"settings\":{\"mine\":1,\"theirs\":1,\"rest\":true}}");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().await("document.querySelector('textarea')?.value.includes('mine')");
    replaceInEditor("\"mine\": 1", "\"mine\": 2");
    send(
        "PUT",
        "my_api_token",
        "/integrations/" + id,
        "{\"name\":\"Contested\",\"settings\":{\"mine\":1,\"theirs\":2,\"rest\":true}}");

    browser().click("Save");
    browser().sees("What they changed");

    String shown = browser().evaluate("document.querySelector('.difference').innerText").asString();
    assertTrue(shown.contains("-   \"theirs\": 1,") && shown.contains("+   \"theirs\": 2,"), shown);
    look("conflict-" + width);
    assertTrue(
        body(send("GET", "my_api_token", "/integrations/" + id, null)).contains("\"mine\":1"));
    browser().click("Keep mine");
    browser().sees("Changed, not saved.");
    browser().click("Save");
    browser().sees("Saved.");
    assertTrue(
        body(send("GET", "my_api_token", "/integrations/" + id, null)).contains("\"mine\":2"));
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "360, true"})
  void lock_that_begins_while_one_types_loses_nothing(int width, boolean dark) throws Exception {
    browser().screen(width, dark);
    String id =
        create(
            "{\"name\":\"Locked\",\"_connectorId\":\"" + CONNECTOR + "\",\"settings\":{\"a\":1}}");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().await("document.querySelector('textarea')?.value.includes('a')");
    replaceInEditor("\"a\": 1", "\"a\": 2");
    browser().sees("Changed, not saved.");
    update(id);

    browser().click("Save");
    browser().sees("An update is in progress");
    browser().sees("Not saved: an update is in progress");

    assertEquals(
        "true",
        browser()
            .evaluate(
                "[...document.querySelectorAll('button')].find(b => b.innerText ==="
                    + " 'Save').getAttribute('aria-disabled')")
            .asString());
    look("locked-" + width);
    browser().await("document.querySelector('textarea').value.includes('\"a\": 2')");
    send(
        "PATCH",
        "my_connector_token",
        "/integrations/" + id,
        "[{\"op\":\"replace\",\"path\":\"/updateInProgress\",\"value\":false}]");
    // The page looks for itself, every ten seconds.
    browser().await("!document.body.innerText.includes('An update is in progress')");
    browser().sees("Changed, not saved.");
    browser().click("Save");
    browser().sees("Saved.");
    assertTrue(body(send("GET", "my_api_token", "/integrations/" + id, null)).contains("\"a\":2"));
  }

  @Test
  void token_that_ends_is_asked_for_again_and_nothing_is_lost() throws Exception {
    String id = create("{\"name\":\"Expiring\",\"settings\":{\"a\":1}}");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().await("document.querySelector('textarea')?.value.includes('a')");
    replaceInEditor("\"a\": 1", "\"a\": 3");
    browser().refuseNext(1);

    browser().click("Save");
    browser().sees("Your token has ended");
    look("expired");
    browser().fill("dialog input", "other_api_token");
    browser().enter();
    browser().sees("That token belongs to somebody else");
    browser().fill("dialog input", "my_api_token");
    browser().enter();
    browser().sees("Saved.");

    assertTrue(body(send("GET", "my_api_token", "/integrations/" + id, null)).contains("\"a\":3"));
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "360, false", "360, true"})
  void a_day_of_a_publisher(int width, boolean dark) throws Exception {
    String name = width + (dark ? "-dark" : "-light");
    browser().screen(width, dark);
    for (int i = 0; i < 60; i++) {
      create("{\"name\":\"Shop %s %d\",\"_connectorId\":\"%s\"}".formatted(name, i, CONNECTOR));
    }
    signIn("my_connector_token", "");
    browser().sees("Install base");
    browser().fill("input[type=search]", "Shop " + name);
    browser().sees("60 of ");
    look("install-base-" + name);
    browser().click("Begin the update of all 60");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("Done. 60 started");
    look("update-" + name);
    browser().click("Copy the summary");
    browser().await("document.body.innerText.includes('End 60 in progress')");
    browser().click("End 60 in progress");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("Ending updates");
    browser().click("Stop after this portion");
    browser().sees("Stopped. ");
    browser().sees("not asked");
    browser().click("Endpoint");
    browser().await("location.hash === '#/endpoint'");
    browser().await("!document.querySelector('[aria-busy]')");
    look("endpoint-" + name);
  }

  @Test
  void an_account_without_anything_and_an_unknown_integration_are_told() throws Exception {
    signIn("other_api_token", "");
    browser().sees("There is nothing here yet");
    look("empty");
    browser().evaluate("location.hash = '#/integrations/ffffffffffffffffffffffff'");
    browser().sees("not_found");
    browser().sees("request");
    look("unknown");
  }

  @Test
  void reader_is_offered_nothing_that_writes() throws Exception {
    String id = create("{\"name\":\"Read only\",\"settings\":{\"a\":1}}");
    signIn("my_read_token", "/integrations/" + id + "/settings");
    browser().sees("Your token is for reading only");
    assertEquals(
        "",
        browser()
            .evaluate(
                "[...document.querySelectorAll('button')].map(b => b.innerText).filter(t =>"
                    + " /Save|Delete|Clone|New/.test(t)).join()")
            .asString());
  }

  @Test
  void stored_markup_is_text() throws Exception {
    String text = Browser.quoted(HOSTILE);
    String id =
        create(
            """
            {"name":%1$s,"description":%1$s,"readme":%1$s,"settings":{"x":%1$s},"version":%1$s,
             "install":[{"name":%1$s,"description":%1$s,"installURL":"javascript:alert(3)","imageURL":"javascript:alert(4)","_connectionId":%1$s}]}
            """
                .formatted(text));
    signIn("my_api_token", "");
    browser().sees(HOSTILE);
    for (String tab : List.of("overview", "settings", "document", "history", "propagation")) {
      browser().evaluate("location.hash = '#/integrations/" + id + "/" + tab + "'");
      browser()
          .await(
              "document.getElementById('tab-"
                  + tab
                  + "')?.getAttribute('aria-selected') === 'true'");
      browser().await("!document.querySelector('[aria-busy]')");
      assertEquals(
          0,
          browser()
              .evaluate(
                  "document.querySelectorAll('main img, main script,"
                      + " a[href^=\"javascript\"]').length")
              .asInt());
    }
    browser().click("Clone…");
    browser().await("document.querySelector('dialog input')?.value.startsWith('Clone - <img')");
    assertEquals(
        0,
        browser()
            .evaluate("document.querySelectorAll('dialog img, dialog script').length")
            .asInt());
  }

  @Test
  void token_is_nowhere_and_gone_with_the_page() throws Exception {
    signIn("my_api_token", "");
    browser().sees("BigCommerce");
    String kept =
        browser()
            .evaluate(
                "JSON.stringify([location.href, document.cookie, {...localStorage},"
                    + " {...sessionStorage}, document.documentElement.outerHTML,"
                    + " Object.keys(window).map(k => { try { return String(window[k]); } catch {"
                    + " return ''; } })])")
            .asString();

    assertFalse(kept.contains("my_api_token"), kept);
    assertEquals(
        "[]",
        browser().evaluate("indexedDB.databases().then(all => JSON.stringify(all))").asString());
    browser().evaluate("location.reload()");
    browser().sees("It stays in this tab's memory");
  }

  @Test
  void reference_page_tries_the_api_that_it_came_from() throws Exception {
    browser().open(URI.create(base() + "/docs"));
    browser().await("document.querySelector('.opblock')");
    browser().picture(PICTURES.resolve("docs.png"));
    browser().press("document.querySelector('.auth-wrapper .authorize')");
    browser().await("document.querySelector('.auth-container input')");
    browser().press("document.querySelector('.auth-container input')");
    browser().type("my_api_token");
    browser().press("document.querySelector('.auth-container button.authorize')");
    browser().press("document.querySelector('.auth-container button.btn-done')");
    browser().press("document.querySelector('[id$=getTokenInfo] .opblock-summary-control')");
    browser().press("document.querySelector('[id$=getTokenInfo] .try-out__btn')");
    browser().press("document.querySelector('[id$=getTokenInfo] button.execute')");
    browser()
        .await(
            "document.querySelector('[id$=getTokenInfo]"
                + " .live-responses-table')?.innerText.includes('\"scope\": \"*\"')");
    assertTrue(browser().addresses().contains(base() + "/tokenInfo"));
  }

  private void signIn(String token, String place) {
    browser().open(page(place));
    browser().sees("Token");
    browser().fill("input", token);
    browser().enter();
    browser().await("!document.body.innerText.includes('It stays in this tab')");
  }

  private void replaceInEditor(String what, String with) {
    browser()
        .evaluate(
            "(() => { const t = document.querySelector('textarea'); const at = t.value.indexOf(%1$s); if (at < 0) throw new Error('not there'); t.focus(); t.setSelectionRange(at, at + %1$s.length); })()"
                .formatted(Browser.quoted(what)));
    browser().type(with);
  }

  private void tabTo(String condition) {
    for (int i = 0; i < 60; i++) {
      if (browser().evaluate("Boolean(" + condition + ")").asBoolean()) {
        return;
      }
      browser().tab();
    }
    throw new AssertionError("sixty tabs do not lead to " + condition);
  }

  /** A picture, and what axe finds serious. */
  private void look(String name) throws IOException {
    browser().picture(PICTURES.resolve(name + ".png"));
    if (FOR_README.contains(name) && System.getProperty("pictures") != null) {
      browser().picture(TestStore.root().resolve("docs/pictures/" + name + ".png"));
    }
    if (browser().evaluate("typeof axe").asString().equals("undefined")) {
      browser().evaluate(axe);
    }
    String found =
        browser()
            .evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v"
                    + " => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' +"
                    + " v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' |"
                    + " ')).join('\\n'))")
            .asString();
    assertEquals("", found, name);
    assertTrue(
        browser().evaluate("document.documentElement.scrollWidth <= innerWidth").asBoolean(),
        () -> name + " is wider than the window");
  }

  private static String base() {
    return Objects.requireNonNull(server).api().toString();
  }

  private static URI page(String place) {
    return URI.create(base() + "/console" + (place.isEmpty() ? "" : "#" + place));
  }

  private static String create(String body) throws Exception {
    HttpResponse<String> answer = send("POST", "my_api_token", "/integrations", body);
    assertEquals(201, answer.statusCode(), answer::body);
    return json(answer).path("_id").asString();
  }

  private static void update(String id) throws Exception {
    assertEquals(
        200,
        send(
                "PUT",
                "my_connector_token",
                "/connectors/" + CONNECTOR + "/update",
                "{\"_integrationIds\":[\"" + id + "\"]}")
            .statusCode());
  }

  private static HttpResponse<String> send(
      String method, String token, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String body(HttpResponse<String> answer) {
    return answer.body();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonText.readTrusted(answer.body());
  }
}
