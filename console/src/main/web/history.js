// What was, who changed it, and the way back.
import { call, documentOf, getDocument, page, post, session } from "./api.js";
import { announce, badge, button, confirmed, during, field, fill, h, id, load, table, time } from "./dom.js";
import { difference, patchTable, shortened } from "./diff.js";
import { exact, format, members } from "./json.js";

const PAGE = 100;
const CHANGES_SHOWN = 10;

/** When the lock that is on it now began, as the audit has it; undefined where that has no such row. */
export async function lockedSinceByAudit(_id) {
  return (await page(`integrations/${encodeURIComponent(_id)}/audit?limit=50`)).rows.find((row) => row.event === "lock")?.time;
}

/**
 * The revisions and the audit. `context.current()` is the present document, or null when the integration was deleted: then
 * what is kept can still be looked at and brought back.
 */
export function history(context) {
  const place = h("div");
  const path = `integrations/${encodeURIComponent(context._id)}`;
  // Rows by the names of their own columns, and numbers with the digits that the API sent.
  const read = (what) => page(`${path}/${what}?limit=${PAGE}`, exact);
  draw();
  return place;

  function draw() {
    return load(place, Promise.all([read("revisions"), read("audit")]), (found) => [revisions(found[0]), audit(found[1])], draw);
  }

  function revisions(first) {
    const all = first.rows;
    const detail = h("div", { tabindex: "-1" });
    const list = growing(first, (rows) => table("Revisions", ["When", "What", "By", "Version", ""], rows.map(line)));
    return h("section", { "aria-labelledby": "revisions" }, head("revisions", "Revisions"), list, detail, context.current() && session.mayWrite ? keepForm() : null);

    function line(row) {
      const present = isPresent(row);
      const when = `the state of ${row.createdAt}`;
      const locked = closed();
      return h("tr", {},
        h("td", {}, time(row.createdAt)), h("td", {}, badge(words(row.type)), present ? badge("present state", "good") : null, row.description ? ` ${row.description}` : null),
        h("td", {}, author(row.createdBy)), h("td", {}, row.version ?? "–"),
        h("td", { class: "actions" }, button("Show", () => show(row), { "aria-label": `Show ${when}` }),
          button("Compare", () => compare(row), { "aria-label": `Compare ${when}` }),
          session.mayWrite && !present ? button("Go back to it…", () => locked ? announce(locked) : revert(row), { "aria-label": `Go back to ${when}`, "aria-disabled": locked ? "true" : null, title: locked }) : null));
    }

    /** Shows it under the table, where the reader is led. */
    async function tell(promise, content, again) {
      await load(detail, promise, content, again);
      detail.scrollIntoView({ block: "nearest" });
      detail.focus({ preventScroll: true });
    }

    function one(row) {
      return `${path}/revisions/${encodeURIComponent(row._id)}`;
    }

    function show(row) {
      return tell(call(one(row)).then((answer) => answer.text()), (text) =>
        [h("h3", {}, "The state of ", time(row.createdAt)), h("pre", { class: "code", tabindex: "0" }, format(members(text).get("document") ?? "null"))], () => show(row));
    }

    /** What leads from that state to the present one, or to one that the reader chooses. */
    function compare(row, to = "") {
      const others = all.filter((other) => other._id !== row._id && !isPresent(other));
      const choice = h("select", { onchange: () => compare(row, choice.value) },
        context.current() && !isPresent(row) ? h("option", { value: "" }, "the present state") : null,
        others.map((other) => h("option", { value: other._id }, `${new Date(other.createdAt).toLocaleString()}, ${words(other.type)}${other.description ? `: ${other.description}` : ""}`)));
      const target = to || (context.current() && !isPresent(row) ? "" : others[0]?._id);
      if (target === undefined) return announce("There is no other state to compare it with");
      choice.value = target;
      const query = target ? `?to=${encodeURIComponent(target)}` : "";
      return tell(call(`${one(row)}/diff${query}`).then((answer) => answer.text()).then(exact), (operations) =>
        [h("h3", {}, "What changed since ", time(row.createdAt)), field("Up to", choice), patchTable(operations, "What changed")], () => compare(row, to));
    }

    async function revert(row) {
      const present = context.current();
      const sure = present
        ? await confirmed("Go back to this state?", "What you may write becomes what it was then. The present state stays among the revisions.", "Go back", "first")
        : await confirmed("Bring it back?", "The integration is there again, under its own id, as it was then.", "Bring it back", "first");
      if (!sure) return;
      await tell(backTo(row, present), (content) => content, () => revert(row));
    }

    async function backTo(row, present) {
      let found;
      try {
        found = await documentOf(await call(`${one(row)}/revert`, { method: "POST", headers: present ? { "If-Match": present.etag } : {} }));
      } catch (error) {
        if (error.status !== 412) throw error;
        found = await getDocument(context._id);
        context.changed(found);
        return h("div", { class: "problem", role: "alert" }, h("p", {}, "The integration was changed meanwhile, so it was left as it is. If you still want that state, go back to it once more."),
          h("h3", {}, "What changed meanwhile"), difference(format(present.text), format(found.text), "What changed meanwhile"));
      }
      announce(present ? "It is as it was then" : "It is back");
      context.changed(found);
      if (present) draw();
      return null;
    }
  }

  function keepForm() {
    const description = h("input", { maxlength: "1000" });
    const fault = h("div");
    const submit = h("button", { type: "submit" }, "Keep this state");
    return h("form", { class: "inline", onsubmit: (event) => {
      event.preventDefault();
      during(submit, fault, async () => {
        const answer = await post(`${path}/revisions/create?ignoreIfNoChanges=true`, description.value ? { description: description.value } : {});
        announce(answer.status === 204 ? "The newest revision is a snapshot of this state already" : "Kept");
        if (answer.status !== 204) draw();
      });
    } }, field("Name the present state", description), submit, fault);
  }

  function audit(first) {
    return h("section", { "aria-labelledby": "audit" }, head("audit", "Who changed what"),
      growing(first, (rows) => table("Audit", ["When", "What", "By", "Changes", "Request"], rows.map((row) => {
        const changes = (row.fieldChanges ?? []).map(change);
        return h("tr", {},
          h("td", {}, time(row.time)), h("td", {}, badge(words(row.event))), h("td", {}, author(row.by)),
          h("td", {}, changes.slice(0, CHANGES_SHOWN),
            changes.length > CHANGES_SHOWN ? h("details", {}, h("summary", {}, `${changes.length - CHANGES_SHOWN} more`), changes.slice(CHANGES_SHOWN)) : null,
            row.truncated ? h("p", { class: "quiet" }, "There was more than an entry keeps.") : null),
          h("td", {}, row.requestId ? id(row.requestId, "Request id") : "–"));
      }))));
  }

  function head(name, label) {
    return h("div", { class: "head" }, h("h2", { id: name }, label), name === "revisions" ? button("Look again", draw) : null);
  }

  /** A list that shows its next page when it is asked to, and itself anew when the integration changes. */
  function growing(first, whole) {
    const { rows } = first;
    if (rows.length === 0) return h("p", { class: "empty" }, "Nothing is recorded. A change takes some seconds to appear here, and a stack may be set to keep no history.");
    let { next } = first;
    const place = h("div");
    const fault = h("div");
    const older = button("Show older", () => during(older, fault, async () => {
      const found = await page(next, exact);
      rows.push(...found.rows);
      next = found.next;
      grown();
    }));
    context.listen?.(grown);
    grown();
    return [place, fault, older];

    function grown() {
      fill(place, whole(rows));
      older.hidden = !next;
    }
  }

  function isPresent(row) {
    const bare = (tag) => String(tag).replace(/^(?:W\/)?"|"$/g, "");
    return Boolean(row.etag && context.current() && bare(row.etag) === bare(context.current().etag));
  }

  /** Why the reader cannot go back now, or null. */
  function closed() {
    return context.current()?.value.updateInProgress && !session.principal.connector ? "An update is in progress: go back when it has ended." : null;
  }
}

function change({ fieldPath, oldValue, newValue }) {
  return h("p", { class: "change" }, h("code", {}, fieldPath), " ", oldValue === undefined ? null : h("del", {}, shortened(oldValue)), " ", newValue === undefined ? null : h("ins", {}, shortened(newValue)));
}

const words = (name) => String(name ?? "").replaceAll("_", " ");

/** Who did it: an account, a connector or an operator, and the label of the token. */
function author(by) {
  if (!by || typeof by === "string") return by || "–";
  const kind = by._userId ? "account " : by._connectorId ? "connector " : by.operator ? "operator " : "";
  const who = by._userId ?? by._connectorId;
  return [h("span", { class: "quiet" }, kind), who ? id(who, "Id of the author") : by.operator && by.operator !== true ? String(by.operator) : kind ? null : "–", by.label ? h("span", { class: "quiet" }, ` ${by.label}`) : null];
}
