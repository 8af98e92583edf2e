// Keys: arrows move in the picture along the choices, never across empty paper; pages turn a meeting.

/**
 * @typedef {import("./path-state.js").Step} Step
 */

export const ARROWS = new Set(["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"]);

/**
 * Return the node an arrow leads to, or null when there is nothing that way.
 *
 * Down is the first choice, up where one came from, left and right the other choices of the same
 * step; the first and the last node are those of the drawing.
 * @param {string} arrow
 * @param {string} node
 * @param {string} from The node one came from in the picture, or nothing.
 * @param {Step[]} path
 * @param {string[]} nodes Every node in reading order.
 * @returns {string | null}
 */
export function move(arrow, node, from, path, nodes) {
  if (arrow === "Home") return nodes[0] ?? null;
  if (arrow === "End") return nodes.at(-1) ?? null;
  const above = sources(node, path);
  const source = above.includes(from) ? from : above[0];
  if (arrow === "ArrowUp") return source ?? null;
  if (arrow === "ArrowDown") return onward(node, path)[0] ?? null;
  const branch = source ? onward(source, path) : [];
  const place = branch.indexOf(node) + (arrow === "ArrowRight" ? 1 : -1);
  return branch.includes(node) ? (branch[place] ?? null) : null;
}

/**
 * Page on or back, where there is no more of the page to read that way.
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
export function turnPage(root, event) {
  if (event.key !== "PageDown" && event.key !== "PageUp") return;
  const below = document.documentElement.scrollHeight - innerHeight - scrollY;
  if (event.key === "PageUp" ? scrollY > 0 : below > 1) return;
  event.preventDefault();
  const back = /** @type {HTMLElement | null} */ (
    root.querySelector("[data-pp-back]:not([hidden])")
  );
  if (event.key === "PageUp") return back?.click();
  const ways = /** @type {HTMLElement[]} */ ([
    ...root.querySelectorAll("[data-place=here] a.pp-way"),
  ]);
  if (ways.length === 1) ways[0]?.click();
  else ways.find((way) => way.checkVisibility())?.focus();
}

/**
 * @param {string} node
 * @param {Step[]} path
 */
function onward(node, path) {
  const ways = path.find(({ id }) => id === node)?.ways ?? [];
  return ways.filter(({ kind }) => kind !== "return").map(({ to }) => to);
}

/**
 * @param {string} node
 * @param {Step[]} path
 */
function sources(node, path) {
  return path.filter(({ id }) => onward(id, path).includes(node)).map(({ id }) => id);
}
