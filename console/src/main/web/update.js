// Long work in portions: each outcome as it comes, a way to stop between two, and a summary to copy.
import { call, getDocument, operation, patch, put, session } from "./api.js";
import { badge, button, confirmed, copyButton, fill, h, table } from "./dom.js";

// Ten calls for a thousand installs: as many as one token may make in a minute, unless the stack says otherwise.
const PORTION = 100;
const PATIENCE = 8;
const LISTED = 300;
const KINDS = { started: "good", ended: "good", already_in_progress: "locked", not_in_progress: "", not_found: "bad", failed: "bad", "not asked": "" };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The place where a run shows itself, and the two kinds of run. `done` is called after each. */
export function updates(done, keep) {
  const place = h("section", { "aria-label": "Progress" });
  let running = false;
  let stopped = false;
  keep?.(() => running);

  return {
    place,
    busy: () => running,
    stop: () => (stopped = true),
    async begin(rows) {
      if (running || rows.length === 0) return;
      if (!(await confirmed(`Begin the update of ${rows.length}?`, "Each account's settings are closed until you end its update.", "Begin", "first"))) return;
      await run("Beginning updates", rows, PORTION, async (portion) => {
        const answer = await (await put(`connectors/${encodeURIComponent(session.principal.id)}/update`, { _integrationIds: portion.map((row) => row._integrationId) })).json();
        return answer.map((one) => [one._integrationId, one.status]);
      });
    },
    async end(rows) {
      if (running || rows.length === 0) return;
      if (!(await confirmed(`End the update of ${rows.length}?`, "The accounts may change their settings again.", "End", "first"))) return;
      await run("Ending updates", rows, 1, async ([row]) => {
        const found = await getDocument(row._integrationId);
        if (!found.value.updateInProgress) return [[row._integrationId, "not_in_progress"]];
        await patch(found, [operation("replace", "/updateInProgress", "false")]);
        return [[row._integrationId, "ended"]];
      });
    },
  };

  async function run(title, rows, size, work) {
    running = true;
    stopped = false;
    const outcomes = new Map();
    const names = new Map(rows.map((row) => [row._integrationId, row.name]));
    const bar = h("progress", { max: rows.length, value: 0, "aria-label": title });
    const said = h("p", { role: "status" });
    const list = h("div");
    const actions = h("div", { class: "actions" }, button("Stop after this portion", () => {
      stopped = true;
      fill(said, "Stopping after this portion…");
    }));
    fill(place, h("div", { class: "run" }, h("h2", {}, title), bar, said, actions, list));

    for (let at = 0; at < rows.length && !stopped; at += size) {
      const portion = rows.slice(at, at + size);
      try {
        for (const [one, status] of await patiently(() => work(portion), said)) outcomes.set(one, { status });
      } catch (error) {
        const why = `${error.message}${error.requestId ? ` (request ${error.requestId})` : ""}`;
        portion.forEach((row) => outcomes.set(row._integrationId, { status: "failed", why }));
        // What holds for one portion holds for the next.
        if ([0, 401, 403].includes(error.status)) stopped = true;
      }
      bar.value = Math.min(at + size, rows.length);
      fill(said, `${bar.value} of ${rows.length}. `, counts());
      draw();
    }
    rows.forEach((row) => outcomes.has(row._integrationId) || outcomes.set(row._integrationId, { status: "not asked" }));
    running = false;
    fill(said, h("strong", {}, stopped && bar.value < rows.length ? "Stopped. " : "Done. "), counts());
    fill(actions, copyButton("Copy the summary", summary, "Summary"), button("Close", () => fill(place)));
    draw();
    done();

    function counts() {
      const by = new Map();
      outcomes.forEach(({ status }) => by.set(status, (by.get(status) ?? 0) + 1));
      return [...by].map(([status, n]) => `${n} ${status.replaceAll("_", " ")}`).join(", ");
    }

    function draw() {
      // What went wrong first.
      const order = [...outcomes].sort(([, a], [, b]) => rank(a.status) - rank(b.status)).slice(0, LISTED);
      fill(list, table("Outcomes", ["Name", "Id", "Outcome"], order.map(([one, { status, why }]) =>
        h("tr", {}, h("td", { class: "name" }, names.get(one) ?? "–"), h("td", {}, h("code", {}, one)), h("td", {}, badge(status.replaceAll("_", " "), KINDS[status]), why ? ` ${why}` : null)))),
      outcomes.size > LISTED ? h("p", { class: "quiet" }, `and ${outcomes.size - LISTED} more, which the summary has`) : null);
    }

    function summary() {
      return [`${title}: ${counts()}`, ...[...outcomes].map(([one, { status, why }]) => [one, status, names.get(one) ?? "", why ?? ""].join("\t"))].join("\n");
    }
  }

  /** Waits as long as the API asks to; a call that begins updates may be repeated without harm. */
  async function patiently(work, said) {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (tries === PATIENCE || ![429, 502, 503, 504].includes(error.status)) throw error;
        const seconds = Math.max(1, error.retryAfter || 1);
        fill(said, `The API asks to wait ${seconds} s…`);
        await pause(seconds * 1000);
      }
    }
  }
}

const rank = (status) => ["failed", "not_found", "not asked", "already_in_progress", "not_in_progress"].indexOf(status) + 1 || 9;
