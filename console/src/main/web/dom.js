// Elements made of data. Text only ever becomes a text node, so that what is stored cannot become markup.

/** h("p", { class: "quiet" }, "text", child, [more]) makes an element. "on…" members listen; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "indeterminate") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Says something to whoever cannot see it, and shows it for a while. */
export function announce(text) {
  const place = document.getElementById("announcements");
  const line = h("p", {}, text);
  place.append(line);
  setTimeout(() => line.remove(), 6000);
}

const shortTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const STEPS = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [7 * 86400, "day", 86400]];

/** A time in the reader's zone; the exact one is in its title. */
export function time(iso) {
  const date = new Date(iso);
  if (!iso || Number.isNaN(date.getTime())) return h("span", { class: "quiet" }, "–");
  const seconds = (date - Date.now()) / 1000;
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  const text = step ? relative.format(Math.round(seconds / step[2]), step[1]) : shortTime.format(date);
  return h("time", { datetime: iso, title: `${iso} (${shortTime.format(date)})` }, text);
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
  } catch {
    announce(`The browser does not allow copying. ${what}: ${text}`);
  }
}

/** An id that one click copies. */
export function id(value, what = "Id") {
  return h("button", { type: "button", class: "id", title: `Copy ${value}`, "aria-label": `Copy ${what} ${value}`, onclick: () => copy(value, what) }, value);
}

export function button(label, action, attributes = {}) {
  return h("button", { type: "button", onclick: action, ...attributes }, label);
}

/** A button that copies a text made at the moment. */
export function copyButton(label, text, what) {
  return button(label, () => copy(text(), what));
}

/** Names a state by word and colour. */
export function badge(text, kind = "") {
  return h("span", { class: `badge ${kind}` }, text);
}

let fields = 0;

/** A labelled control. The control gets an id, and the hint describes it. */
export function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : null);
}

/** What an error of the API says, in its words. */
export function problem(error, retry) {
  const box = h("div", { class: "problem", role: "alert" });
  const entries = error.entries ?? [{ message: error.message ?? String(error) }];
  const lines = entries.slice(0, 20).map((entry) =>
    h("p", {}, entry.message, entry.since ? [" Since ", time(entry.since), "."] : null, entry.code ? h("span", { class: "quiet" }, ` ${entry.code}`) : null, entry.field ? h("code", {}, ` ${entry.field}`) : null));
  if (entries.length > 20) lines.push(h("p", { class: "quiet" }, `and ${entries.length - 20} more`));
  return fill(box, lines,
    error.status ? h("p", { class: "quiet" }, `Status ${error.status}`, error.requestId ? [" · request ", id(error.requestId, "Request id")] : null) : null,
    retry ? button("Try again", retry) : null);
}

/** Shows what a promise comes to: busy, then what `show` makes of it, or the error with a way to try again. */
export async function load(place, promise, show, retry) {
  place.setAttribute("aria-busy", "true");
  fill(place, h("p", { class: "busy" }, "Loading…"));
  try {
    fill(place, show(await promise));
  } catch (error) {
    fill(place, problem(error, retry));
  } finally {
    place.removeAttribute("aria-busy");
  }
}

/**
 * A dialog over the page. `content` gets the function that closes it; the promise comes to what it was closed with, or to
 * undefined if the reader turned away.
 */
export function dialog(title, content, { closable = true } = {}) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: `dialog-${++fields}` }, title);
    const element = h("dialog", { "aria-labelledby": heading.id });
    const before = document.activeElement;
    let result;
    const close = (value) => {
      result = value;
      element.close();
    };
    element.append(heading, content(close));
    element.addEventListener("cancel", (event) => closable || event.preventDefault());
    element.addEventListener("close", () => {
      element.remove();
      if (before?.isConnected) before.focus();
      resolve(result);
    });
    document.body.append(element);
    element.showModal();
  });
}

/** Asks before what cannot be undone. */
export function confirmed(title, text, action, kind = "danger") {
  return dialog(title, (close) => h("div", {},
    h("p", {}, text),
    h("div", { class: "actions" }, button(action, () => close(true), { class: kind }), button("Cancel", () => close(false)))));
}

/** Runs while a button waits, which keeps a second click from doing it twice. Its error is shown at `place`. */
export async function during(control, place, work) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  fill(place);
  try {
    return await work();
  } catch (error) {
    fill(place, problem(error));
  } finally {
    control.removeAttribute("aria-disabled");
  }
}

/** A table that scrolls by itself when it is too wide. */
export function table(caption, heads, rows, attributes = {}) {
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption },
    h("table", attributes, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows)));
}

/** A link to where a step sends its user, if it is one that a browser may follow; else its text. */
export function outside(address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // Text, then.
  }
  return url && (url.protocol === "https:" || url.protocol === "http:")
    ? h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, address)
    : h("span", {}, address);
}
