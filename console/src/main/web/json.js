// JSON as text. What a reader did not touch is never parsed and written anew: numbers keep their digits and members their order.

export class JsonFault extends Error {
  constructor(message, text, offset) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    super(`Line ${line}, column ${column}: ${message}`);
    this.offset = offset;
  }
}

const TOKEN = /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const SPACE = /[ \t\n\r]*/y;
const MAX_DEPTH = 100;

/**
 * Reads a text token by token and hands each value's place to `visit(depth, name, start, end)` when it ends; only members of
 * the outermost object have a name. Throws a JsonFault with the place of what is wrong.
 */
function scan(text, emit, visit) {
  let at = 0;
  let token;
  let start = 0;
  const fault = (message, offset = start) => {
    throw new JsonFault(message, text, offset);
  };
  const next = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    start = SPACE.lastIndex;
    TOKEN.lastIndex = start;
    const found = TOKEN.exec(text);
    if (!found) {
      token = null;
      if (start < text.length) fault(text[start] === '"' ? "this string does not end, or holds a character that must be escaped." : `"${[...text.slice(start, start + 4)][0]}" does not belong here.`);
      return;
    }
    token = found[0];
    at = TOKEN.lastIndex;
  };
  const wanted = (what) => fault(token === null ? `the text ends where ${what} should stand.` : `${what} should stand here.`);
  const value = (depth, name) => {
    if (depth > MAX_DEPTH) fault(`nested more than ${MAX_DEPTH} deep.`);
    const from = start;
    if (token === "{") {
      emit("{", depth);
      const names = new Set();
      next();
      if (token !== "}") {
        for (;;) {
          if (token?.[0] !== '"') wanted("a name in double quotes");
          const member = JSON.parse(token);
          if (names.has(member)) fault(`the name ${token} stands twice in one object.`);
          names.add(member);
          emit("name", depth + 1, token);
          next();
          if (token !== ":") wanted("a colon");
          next();
          value(depth + 1, depth === 0 ? member : undefined);
          if (token !== ",") break;
          emit(",", depth + 1);
          next();
        }
        if (token !== "}") wanted("a comma or }");
        emit("}", depth);
      } else emit("{}", depth);
    } else if (token === "[") {
      emit("[", depth);
      next();
      if (token !== "]") {
        for (;;) {
          emit("element", depth + 1);
          value(depth + 1);
          if (token !== ",") break;
          emit(",", depth + 1);
          next();
        }
        if (token !== "]") wanted("a comma or ]");
        emit("]", depth);
      } else emit("[]", depth);
    } else if (token === null || ",:}]".includes(token)) wanted("a value");
    else emit("value", depth, token);
    const to = at;
    next();
    visit?.(depth, name, from, to);
  };
  next();
  value(0);
  if (token !== null) fault("something stands behind the end.");
}

/** Parses for showing: a number is shown with the digits that it has in the text, where the browser can tell them. */
export function exact(text) {
  return JSON.parse(text, (name, value, context) => (typeof value === "number" && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value));
}

const nothing = () => {};

/** Checks a text that should be a JSON object; throws a JsonFault. */
export function check(text) {
  if (!/^\s*\{/.test(text)) {
    scan(text, nothing);
    throw new JsonFault("settings are an object: { … }.", text, 0);
  }
  scan(text, nothing);
}

/** Indents by two. Only white space changes. */
export function format(text) {
  const out = [];
  scan(text, (kind, depth, token) => {
    const line = "\n" + "  ".repeat(depth);
    if (kind === "name") out.push(line, token, ": ");
    else if (kind === "element") out.push(line);
    else if (kind === "{}" || kind === "[]") out.push(kind[1]);
    else if (kind === "}" || kind === "]") out.push(line, kind);
    else out.push(token ?? kind);
  });
  return out.join("");
}

/** The text of each member of an object, by name, as it stands there. */
export function members(text) {
  const found = new Map();
  scan(text, nothing, (depth, name, from, to) => depth === 1 && name !== undefined && found.set(name, text.slice(from, to)));
  return found;
}
