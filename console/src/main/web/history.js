// What was, who changed it, and the way back.
import { call, documentOf, getJson, post, session } from "./api.js";
import { announce, badge, button, confirmed, during, field, fill, h, id, load, table, time } from "./dom.js";
import { patchTable, shortened } from "./diff.js";

const PAGE = 100;

/** The newest rows of the audit; an error where the stack keeps none. */
export async function auditRows(_id, limit) {
  return getJson(`integrations/${encodeURIComponent(_id)}/audit?limit=${limit}`);
}

/** What a part of the page says where this stack has no such route. */
export function missing(what) {
  return h("p", { class: "empty" }, `This stack keeps no ${what}.`);
}

export function history(context) {
  const place = h("div");
  const path = `integrations/${encodeURIComponent(context.current().value._id)}`;
  const revisions = h("div");
  const audit = h("div");
  const detail = h("div");
  const description = h("input", { maxlength: "200" });
  const fault = h("div");
  const submit = h("button", { type: "submit" }, "Keep this state");

  fill(place,
    h("section", { "aria-labelledby": "revisions" }, h("h2", { id: "revisions" }, "Revisions"), revisions, detail,
      session.mayWrite ? h("form", { class: "inline", onsubmit: (event) => {
        event.preventDefault();
        during(submit, fault, async () => {
          const answer = await post(`${path}/revisions/create?ignoreIfNoChanges=true`, { description: description.value });
          announce(answer.status === 204 ? "The newest revision is a snapshot of this state already" : "Kept");
          description.value = "";
          drawRevisions();
        });
      } }, field("Name the present state", description), submit, fault) : null),
    h("section", { "aria-labelledby": "audit" }, h("h2", { id: "audit" }, "Who changed what"), audit));
  drawRevisions();
  drawAudit();
  return place;

  function quietly(promise, what) {
    return promise.catch((error) => {
      if (error.isUnknownRoute) return missing(what);
      throw error;
    });
  }

  function drawRevisions() {
    load(revisions, quietly(getJson(`${path}/revisions?limit=${PAGE}`), "revisions"), (rows) => {
      if (!Array.isArray(rows)) return rows;
      return rows.length === 0 ? h("p", { class: "empty" }, "Nothing is recorded yet. A change takes some seconds to appear here.")
        : table("Revisions", ["When", "What", "By", "Version", ""], rows.map((row) => h("tr", {},
          h("td", {}, time(row.createdAt)), h("td", {}, badge(row.type), " ", row.description ?? ""), h("td", {}, author(row.createdBy)), h("td", {}, row.version ?? "–"),
          h("td", { class: "actions" }, button("Compare", () => compare(row), { "aria-label": `Compare the state of ${row.createdAt} with the present one` }),
            session.mayWrite ? button("Go back to it…", () => revert(row), { "aria-label": `Go back to the state of ${row.createdAt}` }) : null))));
    }, drawRevisions);
  }

  function compare(row) {
    load(detail, getJson(`${path}/revisions/${encodeURIComponent(row._id)}/diff`), (operations) =>
      [h("h3", {}, "From that state to the present one"), patchTable(operations, "From that state to the present one")], () => compare(row));
  }

  async function revert(row) {
    if (!(await confirmed("Go back to this state?", "What you may write becomes what it was then. The present state stays among the revisions.", "Go back", "first"))) return;
    await load(detail, call(`${path}/revisions/${encodeURIComponent(row._id)}/revert`, { method: "POST", headers: { "If-Match": context.current().etag } }).then(documentOf), (found) => {
      context.changed(found);
      announce("Done");
      drawRevisions();
      drawAudit();
      return null;
    });
  }

  function drawAudit() {
    load(audit, quietly(auditRows(context.current().value._id, PAGE), "audit"), (rows) => {
      if (!Array.isArray(rows)) return rows;
      return rows.length === 0 ? h("p", { class: "empty" }, "Nothing is recorded yet.")
        : table("Audit", ["When", "What", "By", "Changes"], rows.map((row) => h("tr", {},
          h("td", {}, time(row.time)), h("td", {}, badge(row.event)), h("td", {}, author(row.by)),
          h("td", {}, (row.fieldChanges ?? []).slice(0, 20).map((change) => h("p", { class: "change" }, h("code", {}, change.fieldPath), " ", h("del", {}, shortened(change.oldValue)), " ", h("ins", {}, shortened(change.newValue)))),
            row.truncated ? h("p", { class: "quiet" }, "and more than is kept") : null))));
    }, drawAudit);
  }
}

/** Who did it, by the id that the row has. */
function author(by) {
  if (!by || typeof by === "string") return by ?? "–";
  const who = by._userId ?? by._connectorId;
  return [who ? id(who, "Id of the author") : String(by.operator ?? "operator"), by.label ? h("span", { class: "quiet" }, ` ${by.label}`) : null];
}
