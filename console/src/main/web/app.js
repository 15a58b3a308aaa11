// Which page stands in the window: signed out, an account's or a publisher's. The address after # says which of them.
import { onExpired, session, signIn } from "./api.js";
import { button, dialog, during, field, fill, h, id } from "./dom.js";
import { installBase } from "./install-base.js";
import { integration } from "./integration.js";
import { integrations } from "./integrations.js";

const main = document.getElementById("main");
const nav = document.getElementById("nav");
const who = document.getElementById("who");

const ROUTES = [
  [/^#\/integrations\/([^/]+)(?:\/(\w+))?$/, integration],
  [/^#\/base$/, installBase],
  [/^#?\/?$/, (...all) => (session.principal.connector ? installBase : integrations)(...all)],
  [/^#\/all$/, integrations],
];

let leave = () => {};
let unsaved = () => false;
let shown = "";

/** A page that holds what was typed and not saved says so, and the reader is asked before it goes. */
function keep(question) {
  unsaved = question;
}

async function show() {
  if (location.hash === shown) return;
  if (unsaved() && !window.confirm("What you typed is not saved. Leave it?")) {
    history.replaceState(null, "", shown || "#/");
    return;
  }
  shown = location.hash;
  leave();
  leave = () => {};
  unsaved = () => false;
  if (!session.principal) return signedOut();
  header();
  for (const [pattern, page] of ROUTES) {
    const found = pattern.exec(location.hash);
    if (!found) continue;
    const place = h("div", { class: "page" });
    fill(main, place);
    leave = page(place, ...found.slice(1).map((part) => part && decodeURIComponent(part)), { keep, again }) ?? (() => {});
    return;
  }
  fill(main, h("h1", {}, "No such page"), h("p", {}, h("a", { href: "#/" }, "To the start")));
}

/** Shows the page anew, as after a change that concerns all of it. */
function again() {
  unsaved = () => false;
  shown = "-";
  show();
}

function header() {
  const { principal } = session;
  const links = principal.connector
    ? [["#/base", "Install base"], ["#/all", "Integrations"]]
    : [["#/all", "Integrations"]];
  const here = location.hash.length > 2 ? location.hash : links[0][0];
  fill(nav, links.map(([address, label]) => h("a", { href: address, "aria-current": here.startsWith(address) ? "page" : null }, label)), h("a", { href: "docs", target: "_blank", rel: "noopener" }, "Reference"));
  fill(who,
    h("span", { class: "quiet" }, principal.connector ? "Connector " : "Account "), id(principal.id), session.mayWrite ? null : h("span", { class: "badge" }, "read only"),
    button("Sign out", () => {
      if (unsaved() && !window.confirm("What you typed is not saved. Leave it?")) return;
      unsaved = () => false;
      session.end();
      location.hash = "#/";
      shown = "-";
      show();
    }));
  document.title = "Integration console";
}

/** A form for a token; `done` is called when the API has accepted it. */
function tokenForm(done, label) {
  const input = h("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true, class: "token" });
  const fault = h("div");
  const submit = h("button", { type: "submit", class: "first" }, label);
  return h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      during(submit, fault, async () => {
        await signIn(input.value.trim());
        input.value = "";
        done();
      });
    },
  }, field("Token", input, "It stays in this tab's memory and is gone when the tab is. It is sent to this API only."), fault, h("div", { class: "actions" }, submit));
}

function signedOut() {
  fill(nav, h("a", { href: "docs", target: "_blank", rel: "noopener" }, "Reference"));
  fill(who);
  fill(main, h("div", { class: "page narrow" },
    h("h1", {}, "Integration console"),
    h("p", {}, "An account's token shows its integrations; a connector's token shows the publisher's install base."),
    tokenForm(again, "Open")));
  main.querySelector("input").focus();
}

let asking = null;
onExpired(() => {
  if (!session.principal) return false;
  asking ??= dialog("Your token has ended", (close) => h("div", {},
    h("p", {}, "It expired or was revoked. Everything you typed is still here: give a new token of the same ", session.principal.connector ? "connector" : "account", ", and what you began goes on."),
    tokenForm(() => close(true), "Go on"))).then((renewed) => {
    asking = null;
    if (renewed) header();
    return Boolean(renewed);
  });
  return asking;
});

window.addEventListener("hashchange", show);
window.addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());
shown = "-";
show();
