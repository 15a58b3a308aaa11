// The settings as text. A save sends this text and nothing else, under the tag of what it was made from.
import { getDocument, operation, patch, session } from "./api.js";
import { announce, button, during, fill, h, problem } from "./dom.js";
import { difference } from "./diff.js";
import { check, format, members } from "./json.js";

const MAX_BYTES = 350_000;
const PAUSE = 250;
const MIN_ROWS = 10;
const MAX_ROWS = 30;

const settingsOf = (document) => format(members(document.text).get("settings") ?? "{}");

export function editor(context) {
  const place = h("div", { class: "editor" });
  let base = context.current();
  let baseText = settingsOf(base);
  let timer = 0;
  const text = h("textarea", { id: "settings-text", class: "code", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-describedby": "settings-state", value: baseText, oninput: typed, onkeydown: keys, readonly: !session.mayWrite });
  const state = h("p", { id: "settings-state", class: "state", role: "status" });
  const outcome = h("div");
  const save = button("Save", store, { class: "first", title: "Ctrl+S" });
  const tidy = button("Format", () => {
    const fault = verdict();
    if (fault) return go(fault);
    replace(format(text.value));
  });
  const undo = button("Discard changes", () => {
    replace(baseText);
    fill(outcome);
  });

  const dirty = () => text.value !== baseText;
  context.keep(dirty);
  context.listen((found, own) => {
    if (own) return;
    const theirs = settingsOf(found);
    if (theirs === baseText || !dirty()) {
      // Nothing of ours is in the way: labels or the lock changed, or nothing was typed.
      const untouched = !dirty();
      base = found;
      baseText = theirs;
      if (untouched) text.value = theirs;
      show();
    } else if (theirs !== text.value) {
      conflict(found, "Somebody changed the settings while you typed.");
    }
    show();
  });
  show();

  return fill(place, h("label", { for: "settings-text" }, "Settings, as JSON"), text, state, outcome,
    session.mayWrite ? h("div", { class: "actions" }, save, tidy, undo) : h("p", { class: "quiet" }, "Your token is for reading only."));

  function replace(value) {
    text.value = value;
    show();
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  function keys(event) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      store();
    }
  }

  function verdict() {
    try {
      check(text.value);
      return null;
    } catch (error) {
      return error;
    }
  }

  function locked() {
    const { value } = context.current();
    return value.updateInProgress === true && !session.principal.connector;
  }

  function show() {
    const fault = verdict();
    const size = new Blob([text.value]).size;
    text.rows = Math.max(MIN_ROWS, Math.min(MAX_ROWS, text.value.split("\n", MAX_ROWS).length + 1));
    text.setAttribute("aria-invalid", String(Boolean(fault)));
    const unable = fault ? "what stands here is no JSON object" : locked() ? "an update is in progress" : !dirty() ? "nothing was changed" : null;
    save.setAttribute("aria-disabled", String(Boolean(unable)));
    save.setAttribute("aria-describedby", "settings-state");
    undo.setAttribute("aria-disabled", String(!dirty()));
    fill(state,
      fault ? [h("span", { class: "wrong" }, fault.message), " ", button("Show", () => go(fault), { class: "link" })]
        : locked() ? [dirty() ? "Not saved: " : "", "an update is in progress. What you type stays here; save it when the update has ended."]
          : dirty() ? "Changed, not saved." : "Saved.",
      h("span", { class: "quiet" }, ` ${size.toLocaleString()} bytes${size > MAX_BYTES ? `, and a whole document may have ${MAX_BYTES.toLocaleString()}` : ""}`));
  }

  function go(fault) {
    const at = Math.min(fault.offset, text.value.length);
    text.focus();
    text.setSelectionRange(at, Math.min(at + 1, text.value.length));
    const line = text.value.slice(0, at).split("\n").length;
    const height = Number.parseFloat(getComputedStyle(text).lineHeight) || 18;
    text.scrollTop = Math.max(0, line * height - text.clientHeight / 2);
  }

  function store() {
    clearTimeout(timer);
    show();
    if (save.getAttribute("aria-disabled") === "true") {
      announce(state.textContent);
      return undefined;
    }
    const sent = text.value;
    return during(save, outcome, async () => {
      try {
        const found = await patch(base, [operation("add", "/settings", sent)]);
        base = found;
        baseText = settingsOf(found);
        if (text.value === sent) text.value = baseText;
        context.changed(found);
        announce("Saved");
      } catch (error) {
        if (error.status === 412) conflict(await getDocument(base.value._id), "The integration was changed since you opened it, so nothing was saved.");
        else if (error.code === "update_in_progress") {
          fill(outcome, problem(error));
          context.lockedSince(error.entries[0].since);
          const found = await getDocument(base.value._id);
          if (settingsOf(found) === baseText) base = found;
          context.changed(found);
        } else fill(outcome, problem(error));
      }
    }).finally(show);
  }

  /** What the other one did, shown as a difference, and the three ways on. */
  function conflict(found, why) {
    const theirs = settingsOf(found);
    if (theirs === baseText) {
      base = found;
      context.changed(found);
      fill(outcome, h("div", { class: "problem", role: "alert" }, h("p", {}, locked()
        ? "An update began meanwhile. What you typed is kept: save it when the update has ended."
        : "Somebody changed another part of this integration, and not its settings. Yours can be saved now.")));
      show();
      return;
    }
    const decide = (keepMine) => () => {
      base = found;
      baseText = theirs;
      if (!keepMine) text.value = theirs;
      fill(outcome);
      context.changed(found);
      show();
      text.focus();
    };
    fill(outcome, h("div", { class: "problem", role: "alert" },
      h("p", {}, h("strong", {}, why)),
      h("h3", {}, "What they changed"), difference(baseText, theirs, "What they changed"),
      h("h3", {}, "What you would change in it"), difference(theirs, text.value, "What you would change in it"),
      h("div", { class: "actions" }, button("Keep mine, then save over theirs", decide(true)), button("Take theirs, drop mine", decide(false)))));
    outcome.scrollIntoView({ block: "nearest" });
    if (found.etag !== context.current().etag) context.changed(found);
  }
}
