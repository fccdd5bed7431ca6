// Which view is shown, and when it is read anew.
import { useCsrf, get } from "./api.js";
import { el, show } from "./dom.js";
import * as calls from "./calls.js";
import * as instances from "./instances.js";
import * as overview from "./overview.js";
import * as requests from "./requests.js";

const VIEWS = { overview, requests, calls, instances };
const PAUSE = 1500;
const main = document.getElementById("main");
const live = document.getElementById("live");
const problem = document.getElementById("problem");

const state = { actions: false, shown: "", turn: 0 };

/** "#/calls/7?find=x" in parts. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, id] = path.split("/");
  return {
    view: view in VIEWS ? view : "overview",
    id: id ? decodeURIComponent(id) : null,
    query: Object.fromEntries(new URLSearchParams(query ?? "")),
  };
}

/** Reads what the view needs, and draws it where it is not what is shown already. */
async function refresh() {
  const turn = ++state.turn;
  const at = route();
  try {
    const data = await VIEWS[at.view].load(at);
    if (turn !== state.turn) {
      return;
    }
    problem.hidden = true;
    const text = location.hash + JSON.stringify(data);
    if (text !== state.shown) {
      state.shown = text;
      show(main, VIEWS[at.view].render(data, at, page));
    }
  } catch (error) {
    if (turn === state.turn) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  }
}

/** What a view may ask of the page. */
const page = {
  canAct: () => state.actions,
  refresh: async () => {
    state.shown = "";
    await refresh();
  },
  go: (view, query) => {
    location.hash = `#/${view}?${new URLSearchParams(Object.entries(query).filter(([, value]) => value))}`;
  },
  tell: (sentence) => {
    document.getElementById("done").textContent = sentence;
  },
  fail: (error) => {
    problem.textContent = error.message;
    problem.hidden = false;
  },
};

/** A new address: tell which view it is, and begin to read at its top. */
async function navigate(first) {
  const at = route();
  for (const link of document.querySelectorAll("nav a")) {
    const current = link.getAttribute("href") === `#/${at.view}`;
    current ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  page.tell("");
  await refresh();
  const heading = main.querySelector(at.id ? ".detail h2" : "h1");
  document.title = `${(heading ?? main.querySelector("h1"))?.textContent ?? "Console"} – REST connector`;
  const typing = document.activeElement instanceof HTMLInputElement;
  if (!first && !typing) {
    heading?.focus();
  }
}

async function loop() {
  if (live.checked && !document.hidden) {
    await refresh();
  }
  setTimeout(loop, PAUSE);
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener("hashchange", () => navigate(false));
main.replaceChildren(el("p", { class: "hint" }, "Loading …"));
try {
  const { connector, csrf } = await get("overview");
  state.actions = connector.actions;
  useCsrf(csrf);
} catch (error) {
  page.fail(error);
}
await navigate(true);
setTimeout(loop, PAUSE);
