// One integration: how far it is, who may change it now, and the tabs on what it holds.
import { call, getDocument, operation, page, pages, patch, session } from "./api.js";
import { clone } from "./clone.js";
import { announce, badge, button, confirmed, during, fill, h, id, load, outside, problem, field, time } from "./dom.js";
import { editor } from "./editor.js";
import { history, lockedSinceByAudit } from "./history.js";
import { progress, states } from "./integrations.js";
import { format } from "./json.js";

const TABS = [["overview", "Overview"], ["settings", "Settings"], ["history", "History"], ["document", "Document"]];
const LOCK_POLL = 10_000;

export function integration(place, _id, tab = "overview", { keep, again }) {
  let document_ = null;
  let closed = false;
  let told = null;
  const listeners = [];
  const banner = h("div");
  const head = h("div", { class: "head" });
  const panel = h("div", { id: "panel", role: "tabpanel", "aria-labelledby": `tab-${tab}` });

  read();
  // A lock may begin, and a change may come, while this page is open.
  const timer = setInterval(look, LOCK_POLL);

  async function read() {
    const content = h("div");
    fill(place, content);
    await load(content, getDocument(_id).catch(gone), (found) => {
      if (!found.value) return found;
      document_ = found;
      listeners.length = 0;
      fill(panel, body());
      return [head, banner, tabs(), panel];
    }, read);
    if (document_) refresh();
  }

  /** What is kept of an integration that its account deleted, and the way back; else the error that said it is not there. */
  async function gone(error) {
    if (error.status !== 404 || session.principal.connector) throw error;
    const rows = await page(`integrations/${encodeURIComponent(_id)}/audit?limit=1`).then((found) => found.rows, () => []);
    if (rows.length === 0) throw error;
    return [h("h1", {}, "Deleted integration"), h("p", {}, id(_id)), h("p", { class: "quiet" }, "It is gone for everybody. What it was is still kept, and can be brought back."),
      history({ _id, current: () => null, changed: again })];
  }

  async function look() {
    if (!document_ || document.hidden) return;
    try {
      const found = await getDocument(_id);
      if (!closed && found.etag !== document_.etag) changed(found, false);
    } catch (error) {
      if (!closed && error.status === 404) fill(banner, problem(error));
    }
  }

  /** The document is another one now: by our own save, or by somebody else. */
  function changed(found, own) {
    const before = document_;
    document_ = found;
    refresh();
    listeners.forEach((listen) => listen(found, own, before));
  }

  function refresh() {
    const { value } = document_;
    document.title = value.name || _id;
    fill(head, h("div", {}, h("h1", {}, value.name || "(no name)"),
      h("p", { class: "facts" }, states(value), value.version ? h("span", {}, `version ${value.version}`) : null, id(value._id),
        value._connectorId ? h("span", { class: "quiet" }, "connector ", id(value._connectorId, "Connector id")) : null,
        h("span", { class: "quiet" }, "changed ", time(value.lastModified)))),
    h("div", { class: "actions" }, actions(value)));
    lock(value);
  }

  function actions(value) {
    if (!session.mayWrite) return null;
    const why = value.updateInProgress ? "locked-why" : null;
    const fault = (error) => fill(banner, problem(error));
    return [
      button("Clone…", () => value.updateInProgress ? announce("An update is in progress: it cannot be cloned until it ends.") : clone(document_), { "aria-disabled": why ? "true" : null, "aria-describedby": why }),
      button("Delete…", async () => {
        if (value.updateInProgress) return announce("An update is in progress: it cannot be deleted until it ends.");
        if (!(await confirmed("Delete this integration?", `“${value.name}” is gone for everybody then.`, "Delete"))) return;
        try {
          await call(`integrations/${encodeURIComponent(_id)}`, { method: "DELETE", headers: { "If-Match": document_.etag } });
          announce("Deleted");
          location.hash = "#/all";
        } catch (error) {
          fault(error);
        }
      }, { "aria-disabled": why ? "true" : null, "aria-describedby": why }),
    ];
  }

  function lock(value) {
    if (!value.updateInProgress) {
      told = null;
      return fill(banner);
    }
    const since = h("span");
    const fault = h("div");
    const publisher = session.principal.connector || !value._connectorId;
    const end = publisher && session.mayWrite ? button("End the update", () => during(end, fault, async () => {
      changed(await patched(document_, [operation("replace", "/updateInProgress", "false")], (found) => changed(found, false)), true);
      announce("The update has ended");
    })) : null;
    fill(banner, h("div", { class: "banner locked", role: "status" },
      h("div", {}, h("p", { id: "locked-why" }, h("strong", {}, "An update is in progress"), since, ". ",
        publisher ? "Settings are closed to the account until you end it." : "Settings cannot be changed, and it can be neither cloned nor deleted, until the publisher ends it. Name, description and readme can."),
      value._connectorId ? h("p", { class: "quiet" }, "By connector ", id(value._connectorId, "Connector id")) : null, fault), end));
    lockedSince(value).then((when) => when && fill(since, ", begun ", time(when)));
  }

  /**
   * A publisher's install base says since when. An account reads it in the history, where the stack keeps one, and else in
   * the refusal of a save.
   */
  async function lockedSince(value) {
    try {
      if (session.principal.connector) {
        for await (const rows of pages(`connectors/${encodeURIComponent(session.principal.id)}/installBase`)) {
          const mine = rows.find((row) => row._integrationId === value._id);
          if (mine) return mine.updateInProgressSince;
        }
        return null;
      }
      return told ?? (await lockedSinceByAudit(_id));
    } catch {
      return null;
    }
  }

  function tabs() {
    const links = TABS.map(([name, label]) => h("a", { role: "tab", id: `tab-${name}`, href: `#/integrations/${encodeURIComponent(_id)}/${name}`, "aria-selected": String(name === tab), "aria-controls": "panel", tabindex: name === tab ? "0" : "-1" }, label));
    return h("div", { class: "tabs", role: "tablist", "aria-label": "Parts", onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const at = links.indexOf(document.activeElement);
      links[(at + step + links.length) % links.length].focus();
    } }, links);
  }

  function body() {
    const context = { _id, current: () => document_, changed: (found) => changed(found, true), others: (found) => changed(found, false), listen: (listen) => listeners.push(listen), lockedSince: (when) => (told = when), keep, again };
    switch (tab) {
      case "overview": return overview(context);
      case "settings": return editor(context);
      case "history": return history(context);
      default: return h("div", {}, h("p", { class: "quiet" }, "The whole document as the API gives it."), h("pre", { class: "code", tabindex: "0" }, format(document_.text)));
    }
  }

  return () => {
    closed = true;
    clearInterval(timer);
  };
}

function overview(context) {
  const place = h("div");
  const labels = labelForm(context);
  const steps = h("div");
  const fault = h("div");
  context.listen(draw);
  draw();
  return fill(place, h("section", { "aria-labelledby": "steps" }, steps, fault), labels);

  function draw() {
    const { value } = context.current();
    const all = Array.isArray(value.install) ? value.install : [];
    const { done, of } = progress(all);
    fill(steps, h("h2", { id: "steps" }, "Installation"), of === 0
      ? h("p", { class: "empty" }, "No installation steps.")
      : [h("p", {}, h("progress", { max: of, value: done, "aria-label": "Steps done" }), ` ${done} of ${of} steps done`), h("ol", { class: "steps" }, all.map(step))]);
  }

  function step(one, at) {
    const done = one?.completed === true;
    const publisher = session.mayWrite && (session.principal.connector || !context.current().value._connectorId);
    const mark = publisher ? button(done ? "Not done" : "Mark as done", () => during(mark, fault, async () => {
      const path = `/install/${at}/completed`;
      context.changed(await patched(context.current(), [operation("add", path, String(!done))], context.others));
      announce(done ? "Step marked as not done" : "Step marked as done");
    }), { "aria-label": `${done ? "Mark as not done" : "Mark as done"}: ${one?.name ?? at + 1}` }) : null;
    return h("li", { class: done ? "done" : "" },
      h("div", {}, h("p", {}, h("strong", {}, one?.name ?? `Step ${at + 1}`), " ", badge(done ? "done" : "to do", done ? "good" : "")),
        one?.description ? h("p", { class: "quiet" }, one.description) : null,
        one?.installURL ? h("p", {}, "Install at ", outside(one.installURL)) : null,
        one?.imageURL ? h("p", { class: "quiet" }, "Image ", h("code", {}, one.imageURL)) : null,
        one?._connectionId ? h("p", { class: "quiet" }, "Connection ", id(one._connectionId, "Connection id")) : null), mark);
  }
}

/** A patch; where the document is another one meanwhile, that is shown at once, and what was asked for is left to the reader. */
async function patched(document, operations, others) {
  try {
    return await patch(document, operations);
  } catch (error) {
    if (error.status === 412) others(await getDocument(document.value._id));
    throw error;
  }
}

/** Name, description and readme: labels, which may be changed during an update too. Only what was changed is sent. */
function labelForm(context) {
  const NAMES = [["name", "Name", "input"], ["description", "Description", "textarea"], ["readme", "Readme", "textarea"]];
  const first = context.current().value;
  const base = Object.fromEntries(NAMES.map(([name]) => [name, first[name] ?? ""]));
  const controls = Object.fromEntries(NAMES.map(([name, , tag]) => [name, h(tag, { rows: name === "readme" ? "6" : "2", maxlength: name === "name" ? "200" : null, value: base[name], disabled: !session.mayWrite })]));
  const fault = h("div");
  const dirty = () => NAMES.map(([name]) => name).filter((name) => controls[name].value !== base[name].replaceAll("\r\n", "\n"));
  const save = h("button", { type: "submit", class: "first" }, "Save");

  context.keep(() => dirty().length > 0);
  context.listen(({ value }, own) => {
    for (const [name] of NAMES) {
      const theirs = value[name] ?? "";
      const untouched = controls[name].value === base[name].replaceAll("\r\n", "\n");
      if (!own && !untouched && theirs !== base[name]) fill(fault, h("div", { class: "problem", role: "alert" }, h("p", {}, `Somebody changed the ${name} meanwhile. It is now:`), h("pre", { class: "code" }, theirs || "(empty)"), h("p", {}, "Saving puts yours in its place.")));
      base[name] = theirs;
      if (untouched) controls[name].value = theirs;
    }
  });

  return h("section", { "aria-labelledby": "labels" }, h("h2", { id: "labels" }, "Labels"), h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      during(save, fault, async () => {
        const names = dirty();
        if (names.length === 0) return announce("Nothing was changed");
        try {
          context.changed(await patch(context.current(), names.map((name) => controls[name].value === "" && name !== "name"
            ? operation("remove", `/${name}`) : operation("add", `/${name}`, JSON.stringify(controls[name].value)))));
          names.forEach((name) => (base[name] = controls[name].value));
          announce("Saved");
        } catch (error) {
          if (error.status !== 412) throw error;
          const found = await getDocument(context.current().value._id);
          fill(fault, h("div", { class: "problem", role: "alert" }, h("p", {}, "The integration was changed meanwhile. What you typed is still here: look at it, and save again.")));
          context.current().etag = found.etag;
          const mine = Object.fromEntries(names.map((name) => [name, controls[name].value]));
          context.changed(found);
          names.forEach((name) => (controls[name].value = mine[name]));
        }
      });
    },
  }, NAMES.map(([name, label]) => field(label, controls[name])), fault, session.mayWrite ? h("div", { class: "actions" }, save) : null));
}
