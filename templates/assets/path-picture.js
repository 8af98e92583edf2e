// What the picture shows of where one is.

import { changed, marks, set } from "./path-looks.js";

/**
 * @typedef {import("./path-state.js").State} State
 * @typedef {import("./path-looks.js").Words} Words
 */

/**
 * Mark in the picture where one is and what is walked, and whose steps stand out.
 * @param {SVGElement} picture
 * @param {State} before What is marked already.
 * @param {State} state
 * @param {Words} words
 * @param {(node: string) => boolean} mine Whether the step is of the role one looks at.
 */
export function markPicture(picture, before, state, words, mine) {
  const [old, now] = [marks(before, true), marks(state, true)];
  const { role } = state;
  const touched = changed(old.places, now.places).map((id) => `a.pp-node[data-node="${id}"]`);
  const nodes = before.role === role ? touched.join(",") : "a.pp-node";
  for (const found of nodes ? picture.querySelectorAll(nodes) : []) {
    const node = /** @type {SVGAElement} */ (found);
    const id = node.dataset.node ?? "";
    const own = role !== "" && mine(id);
    node.toggleAttribute("data-other", role !== "" && !own && !id.includes("~"));
    node.toggleAttribute("data-mine", own);
    markNode(node, now.places.get(id) ?? "", own, words);
  }
  if (picture.checkVisibility()) fitPins(picture);
  for (const choice of changed(old.made, now.made)) {
    const [from, to] = choice.split(" ");
    const line = picture.querySelector(`.pp-line[data-from="${from}"][data-to="${to}"]`);
    line?.toggleAttribute("data-chosen", now.made.has(choice));
  }
}

/**
 * @param {SVGAElement} node
 * @param {string} place
 * @param {boolean} own
 * @param {Words} words
 */
function markNode(node, place, own, words) {
  set(node, "data-place", place);
  set(node, "aria-current", place === "here" ? "step" : "");
  const told = [words[place], own ? words.you : ""].filter(Boolean).join(", ");
  node.dataset.name ??= node.getAttribute("aria-label") ?? "";
  node.setAttribute("aria-label", [node.dataset.name, told].filter(Boolean).join(", "));
  for (const old of node.querySelectorAll(".pp-pin")) old.remove();
  pin(node, words[place] ?? "", "");
  pin(node, (own && words.you) || "", " pp-pin--own");
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
  const across = card.left - frame.left - (frame.width - card.width) / 2;
  box.scrollBy(across, card.top - frame.top - (frame.height - card.height) / 2);
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
    const room = words * 1.3 + 16;
    // On the corner or beside the number: lines come and go at the middle of a card's edges.
    const middle = group.classList.contains("pp-pin--own") ? 36 + room / 2 : card - room / 2 + 8;
    group.setAttribute("transform", `translate(${middle} 0)`);
    const edge = /** @type {Element} */ (group.firstElementChild);
    edge.setAttribute("x", String(-room / 2));
    edge.setAttribute("width", String(room));
  }
}
