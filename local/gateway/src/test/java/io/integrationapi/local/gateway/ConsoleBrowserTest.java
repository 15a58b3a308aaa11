package io.integrationapi.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.integrationapi.domain.json.JsonText;
import io.integrationapi.testing.NoSecretsInOutput;
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
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
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
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ConsoleBrowserTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path PICTURES = TestStore.root().resolve("local/gateway/target/browser");

  /** Those that the README shows. */
  private static final Set<String> FOR_README =
      Set.of("integration-1280-light", "update-1280-dark");

  private static final String CONNECTOR = "57179182e0a908200c2781d9";
  private static final Browser.StandIn NOTHING_KEPT =
      new Browser.StandIn(200, Map.of("Content-Type", "application/json"), "[]");
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
    server.startStreams();
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
    for (String tab : List.of("Settings", "History", "Document")) {
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
    browser().await("!document.body.innerText.includes('can be saved now')");

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
  }

  @Test
  void a_day_of_a_publisher_by_keyboard_alone() throws Exception {
    create("{\"name\":\"Keys only\",\"_connectorId\":\"%s\"}".formatted(CONNECTOR));
    browser().open(page(""));
    browser().sees("Token");
    browser().type("my_connector_token");
    browser().enter();
    browser().sees("Install base");
    tabTo("document.activeElement.type === 'search'");
    browser().type("Keys only");
    browser().sees("1 of ");
    tabTo("document.activeElement.ariaLabel === 'Choose Keys only'");
    browser().space();
    browser().sees("1 chosen");
    backTo("document.activeElement.innerText === 'Begin the update of 1 chosen…'");
    browser().enter();
    browser().sees("closed until you end its update");
    browser().enter();
    browser().sees("Done. 1 started");
    tabTo("document.activeElement.innerText === 'Keys only'");
    browser().enter();
    browser().sees("Settings are closed to the account until you end it");
    tabTo("document.activeElement.innerText === 'End the update'");
    browser().enter();
    browser().await("!document.body.innerText.includes('An update is in progress')");
  }

  @Test
  void update_of_a_thousand_installs_can_be_stopped_and_its_summary_copied() throws Exception {
    String connector = "57179182e0a908200c2781ff";
    String publisher = mint("{\"_connectorId\":\"" + connector + "\"}");
    String account = mint("{\"_userId\":\"5541a9c0853bb53af29000ff\"}");
    try (var several = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 1000; i++) {
        String body = "{\"name\":\"Shop %d\",\"_connectorId\":\"%s\"}".formatted(i, connector);
        var _ =
            several.submit(() -> {
              assertEquals(201, send("POST", account, "/integrations", body).statusCode());
              return body;
            });
      }
    }
    browser().allowClipboard();
    signIn(publisher, "");
    browser().sees("1000 of 1000 installs");
    look("thousand");

    browser().slowDown(400);
    browser().click("Begin the update of all 1000");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees(" of 1000. ");
    browser().click("Stop after this portion");
    browser().sees("Stopped. ");
    look("thousand-stopped");
    int started = lockedOf(publisher, connector);
    assertTrue(started > 0 && started < 1000 && started % 100 == 0, "started " + started);
    browser().sees("%d started, %d not asked".formatted(started, 1000 - started));
    browser().click("Copy the summary");
    browser().sees("Summary copied");
    List<String> summary =
        browser().evaluate("navigator.clipboard.readText()").asString().lines().toList();
    assertEquals(1001, summary.size());
    assertEquals(
        started, summary.stream().filter(line -> line.contains("\tstarted\tShop ")).count());
    assertEquals(
        1000 - started,
        summary.stream().filter(line -> line.contains("\tnot asked\tShop ")).count());

    browser().slowDown(0);
    browser().click("Begin the update of all 1000");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("Done. ");
    browser().sees("%d already in progress".formatted(started));
    assertEquals(1000, lockedOf(publisher, connector));
  }

  private static int lockedOf(String publisher, String connector) throws Exception {
    int locked = 0;
    for (JsonNode row :
        json(send("GET", publisher, "/connectors/" + connector + "/installBase", null))) {
      locked += row.path("updateInProgress").asBoolean(false) ? 1 : 0;
    }
    return locked;
  }

  @Test
  void lock_of_a_self_managed_integration_holds_its_settings_too() throws Exception {
    String id = create("{\"name\":\"Own lock\",\"settings\":{\"rate\":1}}");
    patch(id, "/updateInProgress", "true");
    signIn("my_api_token", "/integrations/" + id + "/settings");
    browser().sees("an update is in progress. What you type stays here");
    replaceInEditor("1", "2");
    browser().sees("Not saved: an update is in progress");
    browser().click("Save");
    assertTrue(document(id).contains("\"rate\":1"), document(id));
  }

  @Test
  void stack_without_history_says_so_in_one_sentence() throws Exception {
    String id = create("{\"name\":\"No history\"}");
    for (String what : List.of("audit", "revisions")) {
      browser().answerInstead("GET", id + "/" + what + "?limit=100", NOTHING_KEPT);
    }
    signIn("my_api_token", "/integrations/" + id + "/history");
    browser().sees("Nothing is recorded.");
    browser().sees("a stack may be set to keep no history");
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "360, true"})
  void history_shows_who_changed_what_and_leads_back(int width, boolean dark) throws Exception {
    browser().screen(width, dark);
    String id =
        create(
            "{\"name\":\"With history\",\"settings\":{\"rate\":1.00},\"_connectorId\":\"%s\"}"
                .formatted(CONNECTOR));
    update(id);
    invoke(
        "BreakLockFunction",
        "{\"_integrationId\":\"%s\",\"by\":\"bob\",\"reason\":\"gone\"}".formatted(id));
    for (int i = 1; i <= 100; i++) {
      patch(id, "/name", "\"Name " + i + "\"");
    }
    patch(id, "/readme", Browser.quoted("long ".repeat(14_000)));
    recorded(id, "\"truncated\":true");
    HttpResponse<String> snapshot =
        send(
            "POST",
            "my_api_token",
            "/integrations/" + id + "/revisions/create",
            "{\"description\":%s}".formatted(Browser.quoted("before the fair " + HOSTILE)));
    assertEquals(201, snapshot.statusCode(), snapshot.body());
    String then = json(snapshot).path("createdAt").asString();
    patch(id, "/settings/rate", "2.00");
    recorded(id, "settings.rate");

    signIn("my_api_token", "/integrations/" + id + "/history");
    browser().sees("present state");
    browser().sees("before the fair " + HOSTILE);
    browser().sees("settings.rate");
    browser().sees("There was more than an entry keeps.");
    look("history-full-" + width);
    browser()
        .press(
            "[...document.querySelectorAll('button')].findLast(e => e.innerText === 'Show older')");
    browser().sees("break lock");
    browser().sees("operator bob");

    browser().click("Show the state of " + then);
    browser().sees("\"rate\": 1.00");
    browser().click("Compare the state of " + then);
    browser().sees("What changed since");
    browser()
        .await(
            "document.querySelector('table caption') &&"
                + " [...document.querySelectorAll('code.value')].some(e => e.innerText ==="
                + " '2.00')");
    look("history-compare-" + width);
    browser()
        .evaluate(
            "(() => { const s = document.querySelector('#panel select'); s.value ="
                + " [...s.options].at(-1).value; s.dispatchEvent(new Event('change')); })()");
    browser()
        .await(
            "[...document.querySelectorAll('code.value')].some(e => e.innerText.includes('\"Name "
                + "'))");

    browser().click("Go back to the state of " + then);
    patch(id, "/settings/rate", "3.00");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("The integration was changed meanwhile, so it was left as it is.");
    browser().sees("+     \"rate\": 3.00");
    assertTrue(document(id).contains("\"rate\":3.00"), document(id));

    browser().click("Go back to the state of " + then);
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("It is as it was then");
    assertTrue(document(id).contains("\"rate\":1.00"), document(id));

    browser().fill("form.inline input", "after the fair");
    browser().enter();
    browser().sees("Kept");
    assertTrue(
        send("GET", "my_api_token", "/integrations/" + id + "/revisions", null)
            .body()
            .contains("after the fair"));
  }

  @Test
  void state_cannot_be_brought_back_while_an_update_is_in_progress() throws Exception {
    String id = create("{\"name\":\"First\",\"_connectorId\":\"" + CONNECTOR + "\"}");
    patch(id, "/name", "\"Locked history\"");
    recorded(id, "Locked history");
    String first = createdAtOfFirst(id);
    signIn("my_api_token", "/integrations/" + id + "/history");
    browser().sees("present state");
    update(id);
    // The page looks for itself, every ten seconds.
    browser().sees("An update is in progress");
    browser().click("Go back to the state of " + first);
    browser().sees("An update is in progress: go back when it has ended.");
  }

  @Test
  void deleted_integration_can_be_brought_back() throws Exception {
    String id = create("{\"name\":\"Deleted\"}");
    assertEquals(204, send("DELETE", "my_api_token", "/integrations/" + id, null).statusCode());
    recorded(id, "\"delete\"");

    signIn("my_api_token", "/integrations/" + id);
    browser().sees("Deleted integration");
    look("deleted");
    browser().click("Go back to the state of " + createdAtOfFirst(id));
    browser().sees("The integration is there again, under its own id");
    browser().press("document.querySelector('dialog button.first')");
    browser().sees("It is back");
    assertTrue(document(id).contains("\"name\":\"Deleted\""), document(id));
  }

  private static void patch(String id, String path, String value) throws Exception {
    String body = "[{\"op\":\"add\",\"path\":\"%s\",\"value\":%s}]".formatted(path, value);
    HttpResponse<String> answer = send("PATCH", "my_api_token", "/integrations/" + id, body);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static String document(String id) throws Exception {
    HttpResponse<String> answer = send("GET", "my_api_token", "/integrations/" + id, null);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static String createdAtOfFirst(String id) throws Exception {
    HttpResponse<String> answer =
        send("GET", "my_api_token", "/integrations/" + id + "/revisions", null);
    return json(answer).values().stream()
        .reduce((_, last) -> last)
        .orElseThrow()
        .path("createdAt")
        .asString();
  }

  /** Waits until the audit's newest row has that text: rows come a moment behind the changes. */
  private static void recorded(String id, String text) throws Exception {
    String found = "";
    for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
      found = send("GET", "my_api_token", "/integrations/" + id + "/audit?limit=1", null).body();
      if (found.contains(text)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not recorded in time: " + text + ", but " + found);
  }

  @Test
  void violation_of_the_policy_does_not_go_unnoticed() {
    browser().open(page(""));
    browser().sees("Integration console");
    browser().evaluate("void (new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=')");
    long end = System.nanoTime() + 5_000_000_000L;
    List<String> found = List.of();
    while (found.isEmpty() && System.nanoTime() < end) {
      found = browser().complaints();
    }
    assertTrue(found.toString().contains("Content Security Policy"), found.toString());
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
    for (String tab : List.of("overview", "settings", "document", "history")) {
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
    String token = mint("{\"_userId\":\"5541a9c0853bb53af29000fe\"}");
    NoSecretsInOutput.plant(token);
    send("POST", token, "/integrations", "{\"name\":\"Planted\",\"settings\":{}}");
    signIn(token, "");
    browser().click("Planted");
    browser().click("Settings");
    browser().await("document.querySelector('textarea')");
    replaceInEditor("{}", "{\"a\":1}");
    browser().click("Save");
    browser().sees("Saved.");
    String kept =
        browser()
            .evaluate(
                "JSON.stringify([location.href, document.cookie, {...localStorage},"
                    + " {...sessionStorage}, document.documentElement.outerHTML,"
                    + " Object.keys(window).map(k => { try { return String(window[k]); } catch {"
                    + " return ''; } })])")
            .asString();

    assertFalse(kept.contains(token), kept);
    assertFalse(browser().addresses().toString().contains(token));
    assertFalse(browser().said().toString().contains(token));
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

  /** Makes a token as an operator does. */
  private static String mint(String input) throws Exception {
    return json(invoke("MintTokenFunction", input)).path("token").asString();
  }

  private static HttpResponse<String> invoke(String function, String input) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base()).resolve("/2015-03-31/functions/" + function + "/invocations"))
            .POST(BodyPublishers.ofString(input))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
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

  private void backTo(String condition) {
    for (int i = 0; i < 60; i++) {
      if (browser().evaluate("Boolean(" + condition + ")").asBoolean()) {
        return;
      }
      browser().key("Tab", 9, 8);
    }
    throw new AssertionError("sixty tabs back do not lead to " + condition);
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
