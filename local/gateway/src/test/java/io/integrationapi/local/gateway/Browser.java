package io.integrationapi.local.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One tab of a Chromium, driven by its DevTools protocol; it listens to what the page does. */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final Path folder;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Queue<String> addresses = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String session;
  private final AtomicInteger refuse = new AtomicInteger();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Map<String, StandIn> standIns = new ConcurrentHashMap<>();

  /** What a route answers that is not there, or not so. */
  record StandIn(int status, Map<String, String> headers, String body) {}

  private Browser(Process process, Path folder, URI address) {
    this.process = process;
    this.folder = folder;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  /** Starts one with an empty profile. */
  static Browser start() throws IOException {
    Path folder = Files.createTempDirectory("browser");
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("browser.command", "chromium"),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "--no-first-run",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                "about:blank"));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium refuses to start its sandbox for root.
      command.add(1, "--no-sandbox");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var address = new CompletableFuture<URI>();
    Thread.ofVirtual().start(() -> listen(process, address));
    try {
      var browser = new Browser(process, folder, address.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      browser.attach();
      return browser;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the browser did not start", e);
    }
  }

  /** Reads what the process says to its end, lest it ever wait for that. */
  private static void listen(Process process, CompletableFuture<URI> address) {
    Pattern listening = Pattern.compile("DevTools listening on (ws://\\S+)");
    var all = new StringBuilder();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        all.append(line).append('\n');
        Matcher found = listening.matcher(line);
        if (found.find()) {
          address.complete(URI.create(found.group(1)));
        }
      }
    } catch (IOException e) {
      all.append(e);
    }
    address.completeExceptionally(new IOException("the browser ended: " + all));
  }

  private void attach() {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** What the reader's screen is like. */
  void screen(int width, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void open(URI address) {
    call("Page.navigate", Map.of("url", "about:blank"));
    call("Page.navigate", Map.of("url", address.toString()));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** What an expression comes to in the page. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression", expression,
                "awaitPromise", true,
                "returnByValue", true,
                "userGesture", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until it is true. */
  void await(String expression) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      JsonNode found;
      try {
        found = evaluate("Boolean(" + expression + ")");
      } catch (AssertionError e) {
        // The page is between two documents.
        found = JSON.getNodeFactory().booleanNode(false);
      }
      if (found.asBoolean(false)) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not so in time: "
                + expression
                + "\nThe page says: "
                + evaluate("document.body.innerText").asString("")
                + "\n"
                + complaints);
      }
      pause(30);
    }
  }

  /** Waits until the page shows a text. */
  void sees(String text) {
    await("document.body.innerText.includes(" + quoted(text) + ")");
  }

  /** Clicks with the mouse, where the control with that text or label is. */
  void click(String text) {
    String control =
        """
        [...document.querySelectorAll('dialog[open] button, dialog[open] a')]\
        .concat([...document.querySelectorAll('button, a, summary')])\
        .find(e => (e.getAttribute('aria-label') ?? '').startsWith(%1$s) || e.innerText.trim().startsWith(%1$s))\
        """
            .formatted(quoted(text));
    press(control);
  }

  /** Clicks the first that a selector finds. */
  void press(String expression) {
    await(expression);
    JsonNode place =
        evaluate(
            "(() => { const e = %s; e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()"
                .formatted(expression));
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              place.path("x").asDouble(),
              "y",
              place.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Puts a text into the control that has the focus, as if it were pasted. */
  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Replaces what stands in a control. */
  void fill(String selector, String text) {
    evaluate(
        "(() => { const e = document.querySelector(%s); e.focus(); e.select(); })()"
            .formatted(quoted(selector)));
    type(text);
  }

  void key(String name, int code, int modifiers) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type,
              "key", name,
              "code", name,
              "windowsVirtualKeyCode", code,
              "modifiers", modifiers));
    }
  }

  void tab() {
    key("Tab", 9, 0);
  }

  void enter() {
    call(
        "Input.dispatchKeyEvent",
        Map.of(
            "type",
            "keyDown",
            "key",
            "Enter",
            "code",
            "Enter",
            "text",
            "\r",
            "windowsVirtualKeyCode",
            13));
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", "Enter", "code", "Enter", "windowsVirtualKeyCode", 13));
  }

  /** The next requests of the API are answered 401, as if the token had just ended. */
  void refuseNext(int requests) {
    refuse.set(requests);
    call("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", "*/integrations*"))));
  }

  /** From now on requests whose path ends so are answered with this instead of by the API. */
  void answerInstead(String method, String pathAndQuery, StandIn answer) {
    standIns.put(method + " " + pathAndQuery, answer);
    call("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", "*/integrations*"))));
  }

  /** Each request takes longer from now on. */
  void slowDown(int milliseconds) {
    call(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            milliseconds,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            -1));
  }

  /** Lets the page write what a reader copies, and this test read it. */
  void allowClipboard() {
    call("Page.bringToFront", Map.of());
    call(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  void space() {
    call(
        "Input.dispatchKeyEvent",
        Map.of(
            "type",
            "keyDown",
            "key",
            " ",
            "code",
            "Space",
            "text",
            " ",
            "windowsVirtualKeyCode",
            32));
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", " ", "code", "Space", "windowsVirtualKeyCode", 32));
  }

  void picture(Path file) throws IOException {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).path("data").asString();
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** What went wrong in the page since somebody asked: exceptions, violations of its policy. */
  List<String> complaints() {
    List<String> taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }

  /** Whatever the page, or the browser of it, wrote into the console. */
  List<String> said() {
    return List.copyOf(said);
  }

  /** Whatever was loaded. */
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      // A temporary folder stays.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    JsonNode answer =
        begin(method, parameters).orTimeout(PATIENCE_SECONDS * 2, TimeUnit.SECONDS).join();
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  private synchronized CompletableFuture<JsonNode> begin(
      String method, Map<String, Object> parameters) {
    int id = last.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    Optional.ofNullable(session).ifPresent(it -> message.put("sessionId", it));
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    socket.sendText(message.toString(), true).join();
    return answer;
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      Optional.ofNullable(waiting.remove(message.path("id").asInt()))
          .ifPresent(it -> it.complete(message));
      return;
    }
    JsonNode parameters = message.path("params");
    switch (message.path("method").asString("")) {
      case "Runtime.exceptionThrown" ->
          complaints.add(parameters.path("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        JsonNode entry = parameters.path("entry");
        said.add(entry.toString());
        // Statuses of 4xx are the API's answers.
        if (!entry.path("source").asString().equals("network")
            && List.of("error", "warning").contains(entry.path("level").asString())) {
          complaints.add(entry.path("source").asString() + ": " + entry.path("text").asString());
        }
      }
      case "Network.requestWillBeSent" ->
          addresses.add(parameters.path("request").path("url").asString());
      case "Page.javascriptDialogOpening" -> {
        complaints.add("dialog: " + parameters.path("message").asString());
        var _ = begin("Page.handleJavaScriptDialog", Map.of("accept", true));
      }
      case "Runtime.consoleAPICalled" -> said.add(parameters.path("args").toString());
      case "Fetch.requestPaused" ->
          paused(parameters.path("requestId").asString(), parameters.path("request"));
      default -> {}
    }
  }

  private void paused(String id, JsonNode request) {
    URI address = URI.create(request.path("url").asString());
    String path =
        address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    String method = request.path("method").asString();
    if (refuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      fulfil(
          id,
          new StandIn(
              401,
              Map.of(),
              "{\"errors\":[{\"code\":\"unauthorized\",\"message\":\"A valid token is"
                  + " required.\"}]}"));
      return;
    }
    for (Map.Entry<String, StandIn> one : standIns.entrySet()) {
      String[] route = one.getKey().split(" ", 2);
      if (method.equals(route[0]) && path.endsWith(route[1])) {
        fulfil(id, one.getValue());
        return;
      }
    }
    var _ = begin("Fetch.continueRequest", Map.of("requestId", id));
  }

  private void fulfil(String id, StandIn answer) {
    var headers = new ArrayList<Map<String, String>>();
    answer.headers().forEach((name, value) -> headers.add(Map.of("name", name, "value", value)));
    var _ =
        begin(
            "Fetch.fulfillRequest",
            Map.of(
                "requestId",
                id,
                "responseCode",
                answer.status(),
                "responseHeaders",
                headers,
                "body",
                Base64.getEncoder()
                    .encodeToString(answer.body().getBytes(StandardCharsets.UTF_8))));
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean end) {
      text.append(part);
      if (end) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        Thread.ofVirtual().start(() -> hear(message));
      }
      from.request(1);
      return null;
    }
  }
}
