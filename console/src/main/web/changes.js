// How far the account's changes of settings have come on their way to the publisher's backend.
import { call, getJson, session } from "./api.js";
import { announce, badge, button, during, fill, h, load, table, time } from "./dom.js";
import { missing } from "./history.js";

const KINDS = { waiting: "busy", delivered: "good", suspended: "bad" };

export function changes(context) {
  const place = h("div");
  const list = h("div");
  const fault = h("div");
  const { value } = context.current();
  const path = `integrations/${encodeURIComponent(value._id)}/changes`;
  fill(place, h("h2", {}, "Propagation"), value._connectorId ? null : h("p", { class: "quiet" }, "Only settings of a managed integration are propagated."), list, fault);
  draw();
  return place;

  function draw() {
    load(list, getJson(`${path}?limit=100`).catch((error) => {
      if (error.isUnknownRoute) return null;
      throw error;
    }), (rows) => {
      if (rows === null) return missing("state of propagation");
      const all = session.principal.connector && session.mayWrite ? button("Send all settings as they are", () => redeliver(all, {})) : null;
      const again = button("Look again", draw);
      if (rows.length === 0) return [h("p", { class: "empty" }, "No change of settings was made yet."), h("div", { class: "actions" }, again, all)];
      return [table("Changes on their way", ["No.", "When", "Keys", "Status", "Attempts", "Last error", ""], rows.map((row) => {
        const from = button("Deliver from here", () => redeliver(from, { from: row.sequence }), { "aria-label": `Deliver again from change ${row.sequence}` });
        return h("tr", {}, h("td", {}, String(row.sequence)), h("td", {}, time(row.time)),
          h("td", {}, keys(row.pending).map((key) => h("code", { class: "key" }, key))),
          h("td", {}, badge(row.status, KINDS[row.status] ?? "")), h("td", {}, String(row.attempts ?? 0), row.lastAttempt ? [", last ", time(row.lastAttempt)] : null),
          h("td", {}, row.lastError ?? "–"), h("td", {}, session.principal.connector && session.mayWrite ? from : null));
      })), h("div", { class: "actions" }, again, all)];
    }, draw);
  }

  function redeliver(control, body) {
    return during(control, fault, async () => {
      await call(`${path}/redeliver`, { method: "POST", body: JSON.stringify(body) });
      announce("Delivery begins");
      draw();
    });
  }
}

function keys(pending) {
  if (Array.isArray(pending)) return pending.map(String);
  return pending && typeof pending === "object" ? Object.keys(pending) : [];
}
