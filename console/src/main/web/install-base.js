// Where a connector is installed, at which version, and how an update goes through it.
import { pages, session } from "./api.js";
import { badge, button, field, fill, h, problem, table, time } from "./dom.js";
import { updates } from "./update.js";

const SHOWN = 200;
const POLL = 10_000;
const MODES = { install: ["installing", "busy"], settings: ["installed", "good"], uninstall: ["uninstalling", "bad"] };

export function installBase(place, ...rest) {
  const { keep } = rest.at(-1) ?? {};
  let rows = [];
  let turn = 0;
  let shown = SHOWN;
  const chosen = new Set();
  const path = `connectors/${encodeURIComponent(session.principal.id)}/installBase`;
  const search = h("input", { type: "search", spellcheck: "false", oninput: narrow });
  const version = h("select", { onchange: narrow });
  const mode = h("select", { onchange: narrow }, ["", "install", "settings", "uninstall"].map((value) => h("option", { value }, value || "any")));
  const locked = h("select", { onchange: narrow }, [["", "any"], ["yes", "in progress"], ["no", "none"]].map(([value, label]) => h("option", { value }, label)));
  const watch = h("input", { type: "checkbox" });
  const count = h("p", { class: "quiet", role: "status" });
  const summary = h("div");
  const body = h("div");
  const run = updates(() => read(false), keep);
  const begin = button("", () => run.begin(targets()), { class: "first" });
  const end = button("", () => run.end(targets().filter((row) => row.updateInProgress)));

  fill(place, h("div", { class: "head" }, h("h1", {}, "Install base"), h("div", { class: "actions" }, button("Look again", () => read(false)), h("label", { class: "check" }, watch, " every 10 s"))),
    summary, h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      field("Name has", search), field("Version", version), field("Mode", mode), field("Update", locked)),
    session.mayWrite ? h("div", { class: "actions bar" }, begin, end) : null, run.place, count, body);
  document.title = "Install base";
  read(true);
  const timer = setInterval(() => watch.checked && !document.hidden && !run.busy() && read(false), POLL);

  async function read(first) {
    const mine = ++turn;
    const found = [];
    if (first) fill(body, h("p", { class: "busy" }, "Loading…"));
    try {
      for await (const page of pages(path)) {
        if (mine !== turn) return;
        found.push(...page);
        if (first) fill(count, `${found.length} so far…`);
      }
      rows = found;
      const there = new Set(rows.map((row) => row._integrationId));
      chosen.forEach((one) => there.has(one) || chosen.delete(one));
      draw();
    } catch (error) {
      if (mine === turn) fill(body, problem(error, () => read(true)));
    }
  }

  function narrow() {
    shown = SHOWN;
    draw();
  }

  function passing() {
    const part = search.value.toLowerCase();
    return rows.filter((row) => (!part || (row.name ?? "").toLowerCase().includes(part)) && (!version.value || `v${row.version ?? ""}` === version.value)
      && (!mode.value || row.mode === mode.value) && (!locked.value || Boolean(row.updateInProgress) === (locked.value === "yes")));
  }

  /** What the buttons are about: what is chosen, or all that passes the filters. */
  function targets() {
    const all = passing();
    return chosen.size ? all.filter((row) => chosen.has(row._integrationId)) : all;
  }

  function draw() {
    const versions = new Map();
    for (const row of rows) {
      const key = `v${row.version ?? ""}`;
      const one = versions.get(key) ?? { all: 0, locked: 0 };
      one.all++;
      if (row.updateInProgress) one.locked++;
      versions.set(key, one);
    }
    const sorted = [...versions].sort(([a], [b]) => b.localeCompare(a, undefined, { numeric: true }));
    const before = version.value;
    fill(version, h("option", { value: "" }, "any"), sorted.map(([key]) => h("option", { value: key }, key.slice(1) || "none")));
    version.value = versions.has(before) ? before : "";
    fill(summary, rows.length ? table("By version", ["Version", "Installs", "Updates in progress"], sorted.map(([key, one]) =>
      h("tr", {}, h("td", {}, key.slice(1) || "none"), h("td", {}, h("meter", { min: "0", max: rows.length, value: one.all, "aria-label": `Share of version ${key.slice(1) || "none"}` }), ` ${one.all}`), h("td", {}, one.locked ? badge(String(one.locked), "locked") : "0"))), { class: "small" }) : null);

    const all = passing();
    fill(count, `${all.length} of ${rows.length} installs`, chosen.size ? `, ${chosen.size} chosen` : "");
    choices();
    if (rows.length === 0) return fill(body, h("p", { class: "empty" }, "No account has installed this connector yet."));
    if (all.length === 0) return fill(body, h("p", { class: "empty" }, "Nothing passes these filters."));
    const every = h("input", { type: "checkbox", "aria-label": "Choose all that pass the filters", checked: all.every((row) => chosen.has(row._integrationId)), onchange: () => {
      all.forEach((row) => (every.checked ? chosen.add(row._integrationId) : chosen.delete(row._integrationId)));
      draw();
    } });
    return fill(body, table("Installs", [every, "Name", "Version", "State", "Update since", "Changed"], all.slice(0, shown).map(line), { class: "list" }),
      all.length > shown ? button(`Show ${Math.min(SHOWN, all.length - shown)} more`, () => {
        shown += SHOWN;
        draw();
      }) : null);
  }

  function line(row) {
    const pick = h("input", { type: "checkbox", "aria-label": `Choose ${row.name}`, checked: chosen.has(row._integrationId), onchange: () => {
      if (pick.checked) chosen.add(row._integrationId);
      else chosen.delete(row._integrationId);
      fill(count, `${passing().length} of ${rows.length} installs`, chosen.size ? `, ${chosen.size} chosen` : "");
      choices();
    } });
    const [word, kind] = MODES[row.mode] ?? [row.mode ?? "–", ""];
    return h("tr", {}, h("td", {}, session.mayWrite ? pick : null), h("td", { class: "name" }, h("a", { href: `#/integrations/${encodeURIComponent(row._integrationId)}` }, row.name || "(no name)")),
      h("td", {}, row.version ?? "–"), h("td", {}, badge(word, kind), row.updateInProgress ? badge("update in progress", "locked") : null),
      h("td", {}, row.updateInProgress ? time(row.updateInProgressSince) : "–"), h("td", {}, time(row.lastModified)));
  }

  function choices() {
    const about = targets();
    const inProgress = about.filter((row) => row.updateInProgress).length;
    const what = (n) => (chosen.size ? `${n} chosen` : `all ${n} shown by the filters`);
    fill(begin, `Begin the update of ${what(about.length)}…`);
    begin.setAttribute("aria-disabled", String(about.length === 0));
    fill(end, `End ${inProgress} in progress…`);
    end.setAttribute("aria-disabled", String(inProgress === 0));
  }

  return () => {
    turn++;
    clearInterval(timer);
    run.stop();
  };
}
