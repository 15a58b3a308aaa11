// Calls of the API that this page came from. The token lives in this module's memory and goes into one header.

const base = new URL(".", location.href.split("#")[0]);
let token = null;
let principal = null;
let askAgain = null;

export class ApiError extends Error {
  constructor(status, entries, requestId, retryAfter) {
    super(entries[0]?.message ?? `The API answered ${status}.`);
    this.status = status;
    this.entries = entries;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  get code() {
    return this.entries[0]?.code;
  }
}

/** Who the page works for: an account or a connector. */
export const session = {
  get principal() {
    return principal;
  },
  get mayWrite() {
    return principal?.scope === "*";
  },
  end() {
    token = null;
    principal = null;
  },
};

/** How a token is asked for when the one in use has ended; it comes to a new token, or null. */
export function onExpired(ask) {
  askAgain = ask;
}

/** Begins to work with a token, or throws what the API says of it. */
export async function signIn(candidate) {
  const answer = await send("tokenInfo", {}, candidate);
  const info = await answer.json();
  const found = { id: info._userId ?? info._connectorId, connector: info._connectorId !== undefined, scope: info.scope };
  if (principal && (principal.id !== found.id || principal.connector !== found.connector)) {
    throw new ApiError(0, [{ message: "That token belongs to somebody else. Sign out first to work for them." }]);
  }
  token = candidate;
  principal = found;
}

async function send(path, { method = "GET", headers = {}, body } = {}, bearer = token) {
  let answer;
  try {
    answer = await fetch(new URL(path, base), {
      method,
      body,
      headers: { Accept: "application/json", Authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new ApiError(0, [{ message: "The API cannot be reached. Nobody knows whether a write took effect; look before you repeat it." }]);
  }
  if (answer.ok) return answer;
  let entries = [];
  try {
    entries = (await answer.json()).errors ?? [];
  } catch {
    // Something in between answered, in words of its own.
  }
  throw new ApiError(answer.status, entries, answer.headers.get("x-request-id"), Number(answer.headers.get("Retry-After")) || 0);
}

/** One call. When the token has ended, a new one is asked for, and the call is made once more. */
export async function call(path, options) {
  for (;;) {
    try {
      return await send(path, options);
    } catch (error) {
      if (error.status !== 401 || !askAgain || !(await askAgain())) throw error;
    }
  }
}

/** One integration: its text as it came, what the text says, and the tag that a save must name. */
export async function getDocument(id) {
  return documentOf(await call(`integrations/${encodeURIComponent(id)}`));
}

export async function documentOf(answer) {
  const text = await answer.text();
  return { text, value: JSON.parse(text), etag: answer.headers.get("ETag") };
}

/** A JSON Patch given as text, so that numbers stay as they are written. */
export async function patch(document, operations) {
  return documentOf(await call(`integrations/${encodeURIComponent(document.value._id)}`, {
    method: "PATCH",
    headers: { "If-Match": document.etag },
    body: `[${operations.join(",")}]`,
  }));
}

/** One operation; `text` is the value as JSON. */
export function operation(op, path, text) {
  return `{"op":"${op}","path":${JSON.stringify(path)}${text === undefined ? "" : `,"value":${text}`}}`;
}

export const post = (path, body, headers) =>
  call(path, { method: "POST", body: body === undefined ? undefined : JSON.stringify(body), headers });

export const put = (path, body) => call(path, { method: "PUT", body: JSON.stringify(body) });

/** One page of a list, and where the next one is. */
export async function page(path, parse = JSON.parse) {
  const answer = await call(path);
  const link = /<([^>]*)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "");
  // The link names the host that the API knows itself by; only its query is followed, on this origin.
  return { rows: parse(await answer.text()), next: link ? path.split("?")[0] + new URL(link[1], base).search : null };
}

/** All pages of a list, one after the other; whoever listens may stop between them. */
export async function* pages(path) {
  let next = path;
  while (next) {
    const found = await page(next);
    yield found.rows;
    next = found.next;
  }
}
