// A copy, with other connections in place of those that the source refers to.
import { post } from "./api.js";
import { button, dialog, during, field, h } from "./dom.js";

const ID = /^[0-9a-f]{24}$/;

/** What looks like a connection's id: by the name of the member that holds it. */
export function connections(value) {
  const found = new Map();
  const visit = (part, where) => {
    if (Array.isArray(part)) part.forEach((element) => visit(element, where));
    else if (part && typeof part === "object") Object.entries(part).forEach(([name, inner]) => visit(inner, name));
    else if (typeof part === "string" && ID.test(part) && /connection/i.test(where)) found.set(part, found.get(part) ?? where);
  };
  const { _id, _sourceId, _connectorId, ...rest } = value;
  visit(rest, "");
  for (const step of Array.isArray(value.install) ? value.install : []) {
    if (step?._connectionId && step.name && found.has(step._connectionId)) found.set(step._connectionId, step.name);
  }
  return found;
}

export async function clone(document) {
  const made = await dialog("Clone", (close) => {
    const name = h("input", { maxlength: "200", value: `Clone - ${document.value.name ?? ""}`.slice(0, 200) });
    const maps = [...connections(document.value)].map(([from, where]) => [from, where, h("input", { spellcheck: "false", pattern: "[0-9a-f]{24}", class: "mono" })]);
    const fault = h("div");
    const submit = h("button", { type: "submit", class: "first" }, "Clone");
    const key = crypto.randomUUID();
    let tries = 0;
    return h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        during(submit, fault, async () => {
          const connectionMap = Object.fromEntries(maps.filter(([, , input]) => input.value).map(([from, , input]) => [from, input.value.trim()]));
          const body = { name: name.value, connectionMap };
          try {
            const answer = await post(`integrations/${encodeURIComponent(document.value._id)}/clone`, body, { "Idempotency-Key": `${key}-${tries}` });
            close((await answer.json())._id);
          } catch (error) {
            // A refusal leaves its key free; only an answer that was lost must meet the same one again.
            if (error.status >= 400 && error.status < 500) tries++;
            throw error;
          }
        });
      },
    }, field("Name", name),
    maps.length ? h("fieldset", {}, h("legend", {}, "Connections"), h("p", { class: "hint" }, "Empty keeps the connection of the source."), maps.map(([from, where, input]) => field(`${where}: ${from}`, input)))
      : h("p", { class: "quiet" }, "It refers to no connection."),
    fault, h("div", { class: "actions" }, submit, button("Cancel", () => close())));
  });
  if (made) location.hash = `#/integrations/${made}`;
}
