// What the picture shows of where one is.

import { set, walked } from "./path-looks.js";

/**
 * @typedef {import("./path-state.js").State} State
 * @typedef {import("./path-looks.js").Words} Words
 */

/**
 * Mark in the picture where one is and what is walked, and whose steps stand out.
 * @param {SVGElement} picture
 * @param {State} state
 * @param {Words} words
 * @param {(node: string) => boolean} mine Whether the step is of the role one looks at.
 */
export function markPicture(picture, state, words, mine) {
  const { here, past, made } = walked(state);
  for (const node of /** @type {NodeListOf<SVGAElement>} */ (
    picture.querySelectorAll("a.pp-node")
  )) {
    const id = node.dataset.node ?? "";
    const place = id === here ? "here" : past.has(id) ? "walked" : "";
    const own = state.role !== "" && mine(id);
    node.toggleAttribute("data-other", state.role !== "" && !own && !id.includes("~"));
    if (place === (node.dataset.place ?? "") && own === node.hasAttribute("data-mine")) continue;
    set(node, "data-place", place);
    set(node, "aria-current", place === "here" ? "step" : "");
    node.toggleAttribute("data-mine", own);
    const told = [words[place], own ? words.you : ""].filter(Boolean).join(", ");
    node.dataset.name ??= node.getAttribute("aria-label") ?? "";
    node.setAttribute("aria-label", [node.dataset.name, told].filter(Boolean).join(", "));
    for (const old of node.querySelectorAll(".pp-pin")) old.remove();
    pin(node, words[place] ?? "", "");
    pin(node, (own && words.you) || "", " pp-pin--own");
  }
  fitPins(picture);
  for (const line of /** @type {NodeListOf<SVGElement>} */ (picture.querySelectorAll(".pp-line"))) {
    const { from, to } = line.dataset;
    line.toggleAttribute("data-chosen", made.has(`${from} ${to}`));
  }
}

/**
 * Bring the card of where one is to the middle of the picture's frame.
 * @param {SVGElement} picture
 * @param {Element | null} node
 */
export function bringToView(picture, node) {
  const card = node?.getBoundingClientRect();
  const box = picture.closest(".pp-diagram__box");
  if (!card || !box) return;
  const frame = box.getBoundingClientRect();
  box.scrollTop += card.top - frame.top - (frame.height - card.height) / 2;
  box.scrollLeft += card.left - frame.left - (frame.width - card.width) / 2;
}

/**
 * Pin a word on the edge of a card in the picture.
 * @param {SVGAElement} node
 * @param {string} text
 * @param {string} kind What the class of the pin ends in.
 */
function pin(node, text, kind) {
  if (!text) return;
  const svg = "http://www.w3.org/2000/svg";
  const group = document.createElementNS(svg, "g");
  const word = document.createElementNS(svg, "text");
  group.setAttribute("class", `pp-pin${kind}`);
  group.setAttribute("aria-hidden", "true");
  word.textContent = text;
  word.setAttribute("y", "4.5");
  group.append(document.createElementNS(svg, "rect"), word);
  node.append(group);
}

/**
 * Give pins the room their words take, also widely spaced; all are measured before any is changed.
 *
 * In a picture that is not shown nothing can be measured: its pins wait until it is.
 * @param {SVGElement} picture
 */
function fitPins(picture) {
  const pins = [...picture.querySelectorAll(".pp-pin:not([transform])")];
  const width = (/** @type {Element | null | undefined} */ shape) =>
    /** @type {SVGGraphicsElement} */ (shape).getBBox().width;
  const sizes = pins.map((group) => [
    width(group.lastElementChild),
    width(group.parentElement?.querySelector(".pp-node__box")),
  ]);
  for (const [index, group] of pins.entries()) {
    const [words = 0, card = 0] = sizes[index] ?? [];
    if (!words) continue;
    const room = words * 1.3 + 16;
    // On the corner or beside the number: lines come and go at the middle of a card's edges.
    const middle = group.classList.contains("pp-pin--own") ? 36 + room / 2 : card - room / 2 + 8;
    group.setAttribute("transform", `translate(${middle} 0)`);
    const edge = /** @type {Element} */ (group.firstElementChild);
    edge.setAttribute("x", String(-room / 2));
    edge.setAttribute("y", "-11");
    edge.setAttribute("width", String(room));
    edge.setAttribute("height", "22");
    edge.setAttribute("rx", "11");
  }
}
