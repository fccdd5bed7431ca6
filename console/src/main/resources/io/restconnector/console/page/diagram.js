// Draws a process, its tokens and its calls. The library is read when the first one is drawn.
import { text } from "./api.js";
import { el } from "./dom.js";
import { wrap } from "./wrap.js";

let library = null;
let drawn = { id: null };

function script() {
  library ??= new Promise((resolve, reject) => {
    document.head.append(el("script", {
      src: new URL("bpmn-visualization.js", import.meta.url).href,
      onload: () => resolve(window.bpmnvisu),
      onerror: () => reject(new Error("The library that draws diagrams was not loaded.")),
    }));
  });
  return library;
}

/** The same element as long as it is the same instance: only what stands on it changes. */
export function diagram(id, view, summaries, choose) {
  if (drawn.id !== id) {
    const canvas = el("div", { class: "canvas" });
    drawn = {
      id,
      element: el("figure", { class: "diagram" },
        el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Diagram" }, canvas),
        el("figcaption", { class: "hint" },
          el("span", { class: "key token" }), "token", " ",
          el("span", { class: "key passed" }), "passed", " ",
          el("code", {}, "{ }"), " REST task, with its last call. The list below says the same.")),
      bpmn: draw(id, canvas, choose),
    };
  }
  const { bpmn, element } = drawn;
  bpmn.then((each) => {
    mark(each, view, summaries);
    scrollTo(view.tokens.join());
  }, (error) => element.replaceChildren(error.message));
  return element;
}

async function draw(id, canvas, choose) {
  const [bpmnvisu, xml] = await Promise.all([script(), text(`instances/${encodeURIComponent(id)}/diagram`)]);
  const bpmn = new bpmnvisu.BpmnVisualization({ container: canvas, navigation: { enabled: false } });
  // Names as text of the drawing: as HTML they would be markup that a model brings in, with inline styles.
  bpmn.graph.setHtmlLabels(false);
  const label = bpmn.graph.getLabel.bind(bpmn.graph);
  bpmn.graph.getLabel = (cell) => wrap(label(cell), cell.isVertex() ? cell.geometry?.width : 0);
  bpmn.load(xml);
  const { width, height } = bpmn.graph.getGraphBounds();
  // Where there is no room for it to be legible, it is scrolled.
  canvas.style.minWidth = `${width * SMALLEST + 2 * MARGIN}px`;
  new ResizeObserver(() => {
    canvas.style.height = `${Math.min(height, height / width * canvas.clientWidth) + 2 * MARGIN}px`;
    bpmn.navigation.fit({ type: bpmnvisu.FitType.Center, margin: MARGIN });
  }).observe(canvas);
  canvas.querySelector("svg")?.setAttribute("aria-hidden", "true");
  canvas.addEventListener("click", (event) => {
    const activity = event.target.closest("[data-bpmn-id]")?.dataset.bpmnId;
    if (activity) {
      choose(activity);
    }
  });
  return bpmn;
}

/** Where the drawing is wider than its place, the token is in sight when it has moved. */
function scrollTo(tokens) {
  const token = drawn.element.querySelector(".token, .failed");
  if (token && drawn.tokens !== tokens) {
    drawn.tokens = tokens;
    const place = drawn.element.firstElementChild;
    const { left, width } = place.getBoundingClientRect();
    place.scrollLeft += token.getBoundingClientRect().left - left - width / 2;
  }
}

function mark(bpmn, view, summaries) {
  const registry = bpmn.bpmnElementsRegistry;
  registry.addCssClasses(view.passed, "passed");
  for (const { id, method } of view.activities) {
    registry.removeAllOverlays(id);
    registry.removeCssClasses(id, ["token", "passed", "failed"]);
    const token = view.tokens.includes(id);
    const failed = view.deadLetters.some((job) => job.activity === id);
    if (failed) {
      registry.addCssClasses(id, "failed");
    } else if (token) {
      registry.addCssClasses(id, "token");
    } else if (view.passed.includes(id)) {
      registry.addCssClasses(id, "passed");
    }
    const overlays = [];
    if (token) {
      overlays.push(overlay("bottom-right", "●", failed ? BAD : TOKEN));
    }
    if (method) {
      overlays.push(overlay("bottom-left", "{ }", PLAIN));
    }
    const summary = summaries.get(id);
    if (summary) {
      overlays.push(overlay("top-center", summary.text, summary.kind === "good" ? GOOD : BAD));
    }
    if (overlays.length > 0) {
      registry.addOverlays(id, overlays);
    }
  }
}

const MARGIN = 24;
const SMALLEST = 0.65;
const PLAIN = { fill: "#eef1f5", text: "#1b2430", stroke: "#6b7686" };
const GOOD = { fill: "#e3f4e8", text: "#0b5c2d", stroke: "#0b5c2d" };
const BAD = { fill: "#fde8e6", text: "#9b1c14", stroke: "#9b1c14" };
const TOKEN = { fill: "#0b5cab", text: "#ffffff", stroke: "#0b5cab" };

function overlay(position, label, { fill, text: color, stroke }) {
  return {
    position, label,
    style: { font: { color, size: 11 }, fill: { color: fill }, stroke: { color: stroke, width: 1 } },
  };
}
