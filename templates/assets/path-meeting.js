// The meeting: nothing scrolls on a projector.

import { say } from "./path-looks.js";

/** @typedef {import("./path-looks.js").Words} Words */

/** Pixels kept free above the buttons at the foot. */
const GAP = 28;

/**
 * Let the choices that do not fit the screen wait for their turn.
 * @param {HTMLElement} root
 * @param {HTMLElement | null} here The step one is at.
 * @param {boolean} meeting
 * @param {Words} words
 */
export function fitChoices(root, here, meeting, words) {
  const fitted = meeting && matchMedia("(min-width: 900px)").matches;
  for (const more of root.querySelectorAll(".pp-ways__more")) {
    const step = /** @type {HTMLElement | null} */ (more.closest("[data-step]"));
    if (step) pageWays(step, false, 0, words);
  }
  if (!here || !fitted) return;
  const foot = root.querySelector(".pp-walk")?.getBoundingClientRect().height ?? 0;
  pageWays(here, true, innerHeight - foot - GAP, words);
}

/**
 * Show as many choices at a time as there is room for. The first ones stand beside the text; a
 * press brings the next ones, over the whole width.
 * @param {HTMLElement} step
 * @param {boolean} fitted Whether what does not fit waits.
 * @param {number} bottom The lowest pixel on screen that choices may use.
 * @param {Words} words
 */
function pageWays(step, fitted, bottom, words) {
  step.querySelector(".pp-ways__more")?.remove();
  step.removeAttribute("data-wide");
  const list = step.querySelector(".pp-ways__list");
  if (!list) return;
  const rows = /** @type {HTMLElement[]} */ ([...list.children]);
  for (const row of rows) row.hidden = false;
  if (!fitted || list.getBoundingClientRect().bottom <= bottom) return;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "pp-tool pp-ways__more";
  list.after(more);
  /** @param {number} first */
  const show = (first) => {
    step.toggleAttribute("data-wide", first > 0);
    let end = rows.length;
    do {
      for (const [index, row] of rows.entries()) row.hidden = index < first || index >= end;
      const rest = rows.length - end;
      more.textContent = rest ? say(words.more, { n: rest }) : (words.firstWays ?? "");
    } while (more.getBoundingClientRect().bottom > bottom && end > first + 1 && end--);
    more.onclick = () => {
      const next = end < rows.length ? end : 0;
      show(next);
      rows[next]?.querySelector("a")?.focus();
    };
  };
  show(0);
}
