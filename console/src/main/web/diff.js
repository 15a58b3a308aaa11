// What differs between two texts, line by line, and what a JSON Patch says.
import { h, table } from "./dom.js";

const MAX_EDITS = 600;
const CONTEXT = 2;

/** Myers' shortest edit of what lies between the common beginning and end; [kind, line] with kind " ", "-" or "+". */
export function lines(before, after) {
  const a = before.split("\n");
  const b = after.split("\n");
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [
    ...a.slice(0, head).map((line) => [" ", line]),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map((line) => [" ", line]),
  ];
}

function middle(a, b) {
  const whole = () => [...a.map((line) => ["-", line]), ...b.map((line) => ["+", line])];
  const furthest = new Map([[1, 0]]);
  const trail = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_EDITS); d++) {
    trail.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1)) ? furthest.get(k + 1) : furthest.get(k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) [x, y] = [x + 1, y + 1];
      furthest.set(k, x);
      if (x >= a.length && y >= b.length) return back(a, b, trail, d);
    }
  }
  // Too different to be worth the search.
  return whole();
}

function back(a, b, trail, edits) {
  const out = [];
  let x = a.length;
  let y = b.length;
  for (let d = edits; d > 0; d--) {
    const furthest = trail[d];
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = furthest.get(fromK);
    const fromY = fromX - fromK;
    while (x > fromX + (down ? 0 : 1) && y > fromY + (down ? 1 : 0)) {
      out.push([" ", a[--x]]);
      y--;
    }
    if (down) out.push(["+", b[--y]]);
    else out.push(["-", a[--x]]);
  }
  while (x > 0 && y > 0) {
    out.push([" ", a[--x]]);
    y--;
  }
  return out.reverse();
}

/** The differences with a little of what stands around them. */
export function difference(before, after, label) {
  const all = lines(before, after);
  const near = new Set();
  all.forEach(([kind], at) => {
    if (kind !== " ") for (let i = at - CONTEXT; i <= at + CONTEXT; i++) near.add(i);
  });
  if (near.size === 0) return h("p", { class: "quiet" }, "No difference.");
  const rows = [];
  let gap = false;
  for (let at = 0; at < all.length && rows.length < 2000; at++) {
    if (!near.has(at)) {
      gap = true;
      continue;
    }
    if (gap) rows.push(h("div", { class: "gap" }, "⋯"));
    gap = false;
    const [kind, line] = all[at];
    rows.push(kind === "+" ? h("ins", {}, `+ ${line}`) : kind === "-" ? h("del", {}, `- ${line}`) : h("div", {}, `  ${line}`));
  }
  return h("div", { class: "difference", tabindex: "0", role: "region", "aria-label": label }, rows);
}

/** A JSON Patch as a table. */
export function patchTable(operations, caption) {
  if (operations.length === 0) return h("p", { class: "quiet" }, "No difference.");
  return table(caption, ["What", "Where", "Value"], operations.slice(0, 500).map((one) =>
    h("tr", {}, h("td", {}, one.op), h("td", {}, h("code", {}, one.path)), h("td", {}, h("code", { class: "value" }, "value" in one ? shortened(one.value) : one.from ?? "")))));
}

/** A value for a table's cell. It is shown, never sent. */
export function shortened(value) {
  const text = value === undefined ? "–" : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
