// Where a connector's changes are sent to, and whether it answers.
import { call, getJson, put, session } from "./api.js";
import { announce, badge, button, confirmed, dialog, during, field, fill, h, copyButton, load, problem } from "./dom.js";
import { missing } from "./history.js";

export function endpoint(place) {
  const path = `connectors/${encodeURIComponent(session.principal.id)}/endpoint`;
  const body = h("div");
  fill(place, h("h1", {}, "Endpoint"), h("p", { class: "quiet" }, "Where the settings that an account changes are sent to."), body);
  document.title = "Endpoint";
  draw();

  function draw() {
    load(body, getJson(path).catch((error) => {
      if (error.isUnknownRoute) return undefined;
      if (error.status === 404) return {};
      throw error;
    }), (found) => (found === undefined ? missing("endpoints: it propagates no settings") : form(found)), draw);
  }

  function form(found) {
    const there = Boolean(found.url);
    const url = h("input", { type: "url", required: true, value: found.url ?? "", spellcheck: "false" });
    const systemToken = h("input", { type: "password", autocomplete: "off", placeholder: found.systemTokenSet ? "set; empty keeps it" : "" });
    const name = h("input", { value: found.function ?? "persistSettings", spellcheck: "false" });
    const seconds = h("input", { type: "number", min: "1", max: "30", value: String(found.timeoutSeconds ?? 15) });
    const fault = h("div");
    const outcome = h("div");
    const save = h("button", { type: "submit", class: "first" }, "Save");
    const rotate = button("New secret", () => during(rotate, fault, async () => {
      if (await confirmed("Make a new secret?", "For 24 hours each delivery carries both signatures; then the present secret is worth nothing.", "Make it", "first")) shown(await (await call(`${path}/rotate`, { method: "POST" })).json());
    }));
    const test = button("Send a test call", () => during(test, fault, async () => {
      fill(outcome, h("p", { class: "busy" }, "Waiting for the backend…"));
      try {
        const result = await (await call(`${path}/test`, { method: "POST" })).json();
        fill(outcome, h("dl", {}, Object.entries(result).map(([key, value]) => [h("dt", {}, key), h("dd", {}, h("code", {}, typeof value === "string" ? value : JSON.stringify(value)))])));
      } catch (error) {
        fill(outcome, problem(error));
      }
    }));
    const remove = button("Remove…", () => during(remove, fault, async () => {
      if (!(await confirmed("Remove the endpoint?", "Changes wait until there is another one.", "Remove"))) return;
      await call(path, { method: "DELETE" });
      announce("Removed");
      draw();
    }));
    const HIDDEN = ["url", "function", "timeoutSeconds", "secret", "systemToken"];
    const health = Object.entries(found).filter(([key]) => !HIDDEN.includes(key));
    return h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        during(save, fault, async () => {
          const result = await (await put(path, { url: url.value, function: name.value, timeoutSeconds: Number(seconds.value), ...(systemToken.value ? { systemToken: systemToken.value } : {}) })).json();
          announce("Saved");
          await shown(result);
          draw();
        });
      },
    },
    there ? h("dl", { class: "health" }, health.map(([key, value]) => [h("dt", {}, key), h("dd", {}, typeof value === "boolean" ? badge(value ? "yes" : "no", value ? "good" : "") : h("code", {}, typeof value === "string" ? value : JSON.stringify(value)))]))
      : h("p", { class: "empty" }, "No endpoint is set. Changes wait until there is one."),
    field("Address", url, "https, on a public host"), field("System token", systemToken, "Sent as a bearer token with each delivery."),
    field("Function", name), field("Seconds until it counts as not answered", seconds), fault,
    session.mayWrite ? h("div", { class: "actions" }, save, there ? [test, rotate, remove] : null) : null, outcome);
  }

  /** A secret is shown once, here. */
  async function shown(result) {
    if (!result.secret) return;
    await dialog("The secret", (close) => h("div", {}, h("p", {}, "It signs each delivery, and is never shown again."), h("pre", { class: "code" }, result.secret),
      h("div", { class: "actions" }, copyButton("Copy", () => result.secret, "Secret"), button("I have it", () => close(), { class: "first" }))), { closable: false });
  }
}
