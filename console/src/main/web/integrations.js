// The list: what there is, and its state at a glance.
import { pages, post, session } from "./api.js";
import { badge, button, dialog, during, field, fill, h, id, problem, table, time } from "./dom.js";

const MEMBERS = "mode,version,_connectorId,updateInProgress,install,lastModified";
const SHOWN = 200;

/** How far an installation is: steps done and steps there are. */
export function progress(steps) {
  const all = Array.isArray(steps) ? steps : [];
  return { done: all.filter((step) => step?.completed === true).length, of: all.length };
}

/** The state of an integration in words, the most urgent first. */
export function states(one) {
  const { done, of } = progress(one.install);
  return [
    one.updateInProgress ? badge("update in progress", "locked") : null,
    one.mode === "install" ? badge(of ? `installing ${done}/${of}` : "installing", "busy") : null,
    one.mode === "settings" ? badge("installed", "good") : null,
    one.mode === "uninstall" ? badge("uninstalling", "bad") : null,
    one._connectorId ? null : badge("self-managed"),
  ];
}

export function integrations(place) {
  let turn = 0;
  let rows = [];
  let shown = SHOWN;
  const search = h("input", { type: "search", spellcheck: "false", oninput: later(read) });
  const mode = h("select", { onchange: read }, ["", "install", "settings", "uninstall"].map((value) => h("option", { value }, value || "any")));
  const locked = h("select", { onchange: read }, [["", "any"], ["true", "in progress"], ["false", "none"]].map(([value, label]) => h("option", { value }, label)));
  const count = h("p", { class: "quiet", role: "status" });
  const body = h("div");

  fill(place, h("div", { class: "head" }, h("h1", {}, "Integrations"),
    session.mayWrite && !session.principal.connector ? button("New integration", create, { class: "first" }) : null),
    h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      field("Name or description has", search), field("Mode", mode), field("Update", locked)), count, body);
  document.title = "Integrations";
  read();

  async function read() {
    const mine = ++turn;
    rows = [];
    shown = SHOWN;
    const query = new URLSearchParams({ include: MEMBERS, sort: "-_id" });
    if (search.value) query.set("q", search.value);
    if (mode.value) query.set("mode", mode.value);
    if (locked.value) query.set("updateInProgress", locked.value);
    body.setAttribute("aria-busy", "true");
    fill(count, "Loading…");
    try {
      for await (const page of pages(`integrations?${query}`)) {
        if (mine !== turn) return;
        rows.push(...page);
        fill(count, `${rows.length} so far…`);
        draw();
      }
      fill(count, rows.length === 1 ? "1 integration" : `${rows.length} integrations`);
      draw();
    } catch (error) {
      if (mine === turn) {
        fill(count);
        fill(body, problem(error, read));
      }
    } finally {
      if (mine === turn) body.removeAttribute("aria-busy");
    }
  }

  function draw() {
    if (rows.length === 0) {
      const narrowed = search.value || mode.value || locked.value;
      fill(body, h("p", { class: "empty" }, narrowed ? "Nothing passes these filters." : session.principal.connector ? "No account has an integration of this connector yet." : "There is nothing here yet. Make the first integration, or let a SmartConnector install one."));
      return;
    }
    fill(body, table("Integrations", ["Name", "State", "Version", "Changed", "Id"], rows.slice(0, shown).map(row), { class: "list" }),
      rows.length > shown ? button(`Show ${Math.min(SHOWN, rows.length - shown)} more`, () => {
        shown += SHOWN;
        draw();
      }) : null);
  }

  function row(one) {
    return h("tr", {},
      h("td", { class: "name" }, h("a", { href: `#/integrations/${encodeURIComponent(one._id)}` }, one.name || "(no name)")),
      h("td", {}, states(one)), h("td", {}, one.version ?? "–"), h("td", {}, time(one.lastModified)), h("td", {}, id(one._id)));
  }

  async function create() {
    const made = await dialog("New integration", (close) => {
      const name = h("input", { required: true, maxlength: "200" });
      const connector = h("input", { spellcheck: "false" });
      const fault = h("div");
      const submit = h("button", { type: "submit", class: "first" }, "Make it");
      // The same key for each try, so that a lost answer does not make a second one.
      const key = crypto.randomUUID();
      return h("form", {
        onsubmit: (event) => {
          event.preventDefault();
          during(submit, fault, async () => {
            const body = { name: name.value, ...(connector.value ? { _connectorId: connector.value.trim() } : {}) };
            close((await (await post("integrations", body, { "Idempotency-Key": `${key}-${hash(JSON.stringify(body))}` })).json())._id);
          });
        },
      }, field("Name", name), field("Connector id", connector, "Only if a SmartConnector's publisher manages it; it cannot be changed later."), fault,
      h("div", { class: "actions" }, submit, button("Cancel", () => close())));
    });
    if (made) location.hash = `#/integrations/${made}`;
  }

  return () => turn++;
}

/** A key belongs to one request: another body gets another one. */
function hash(text) {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + character.codePointAt(0)) | 0;
  return (sum >>> 0).toString(16);
}

function later(work) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, 250);
  };
}
