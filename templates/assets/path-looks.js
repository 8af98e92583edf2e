// What a path's page shows of where one is: marks, words and folds. Decides nothing.

/**
 * @typedef {import("./path-state.js").State} State
 * @typedef {Record<string, string>} Words What the page says, by name; `{n}` stands for a number.
 */

/**
 * Fill the places of a sentence.
 * @param {string | undefined} sentence
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function say(sentence, values = {}) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Say how much lies behind.
 * @param {number} count
 * @param {boolean} first Whether one is at the first step; one may also have come from elsewhere.
 * @param {Words} words
 */
export function behind(count, first, words) {
  if (!count) return (first && words.behind0) || "";
  return say(count === 1 ? words.behind1 : words.behindN, { n: count });
}

// Only what is otherwise than before is touched: a change costs far more than a look.

/** @param {State} state */
function walked({ past, step, exit }) {
  const end = exit && `${step}~outcome/${exit}`;
  const chain = [...past, step, ...(end ? [end] : [])];
  const made = new Set(chain.slice(1).map((to, index) => `${chain[index]} ${to}`));
  return { here: end || step, past: new Set(end ? chain.slice(0, -1) : past), made };
}

/**
 * Put first, of the services one can go on to, those of the region one has come from.
 * @param {HTMLElement} root
 * @param {State} state
 */
export function nearFirst(root, { before }) {
  const regions = [...before, { service: root.dataset.service ?? "" }].map(
    ({ service }) => service.split("/")[0],
  );
  const region = regions.findLast((name) => name !== regions.at(-1));
  for (const link of root.querySelectorAll(`.pp-ways__list [data-to*="~${region}/"]`)) {
    const row = link.closest("li");
    const list = row?.parentElement;
    const first = list?.querySelector(`li:not(:has([data-to*="~${region}/"]))`);
    if (row && first && first.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) {
      first.before(row);
    }
  }
}

/**
 * Mark in the list which step one is at, which are walked and which choices were made.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Words} words
 */
export function markList(root, state, words) {
  const { past, made } = walked(state);
  for (const step of /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll("[data-step]")
  )) {
    const id = step.dataset.step ?? "";
    const place = id === state.step ? "here" : past.has(id) ? "walked" : "";
    if (place === (step.dataset.place ?? "")) continue;
    set(step, "data-place", place);
    set(step, "aria-current", place === "here" ? "step" : "");
    flag(step.querySelector(".pp-step__name"), "pp-step__place", words[place] ?? "");
  }
  for (const way of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("a.pp-way"))) {
    const chosen = made.has(`${way.dataset.from} ${way.dataset.to}`);
    if (chosen === way.hasAttribute("data-chosen")) continue;
    way.toggleAttribute("data-chosen", chosen);
    flag(way, "pp-way__chosen", chosen ? (words.chosen ?? "") : "");
  }
}

/**
 * Mark the same in the picture, and whose steps stand out.
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
 * Fold the steps of others to one line each run; a press on the line opens them.
 * @param {HTMLElement} list
 * @param {(step: HTMLElement) => boolean} mine
 * @param {boolean} filtered
 * @param {Words} words
 */
export function foldOthers(list, mine, filtered, words) {
  for (const fold of list.querySelectorAll(".pp-folded")) fold.remove();
  const steps = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-step]")]);
  /** @type {HTMLElement[]} */
  let run = [];
  for (const step of [...steps, null]) {
    if (step && filtered && !mine(step)) {
      step.hidden = true;
      run.push(step);
      continue;
    }
    if (step) step.hidden = false;
    if (run.length) run[0]?.before(folded(run, words));
    run = [];
  }
}

/**
 * Show as many choices at a time as there is room for. The first ones stand beside the text; a
 * press brings the next ones, over the whole width.
 * @param {HTMLElement} step
 * @param {boolean} fitted Whether what does not fit waits.
 * @param {number} bottom The lowest pixel on screen that choices may use.
 * @param {Words} words
 */
export function pageWays(step, fitted, bottom, words) {
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
    } while (more.getBoundingClientRect().bottom > bottom && --end > first);
    more.onclick = () => {
      const next = end < rows.length ? end : 0;
      show(next);
      rows[next]?.querySelector("a")?.focus();
    };
  };
  show(0);
}

/**
 * @param {HTMLElement[]} run
 * @param {Words} words
 */
function folded(run, words) {
  const row = document.createElement("li");
  const button = document.createElement("button");
  const who = [...new Set(run.map((step) => step.dataset.who ?? ""))].join(", ");
  row.className = "pp-folded";
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.textContent = say(run.length === 1 ? words.folded1 : words.foldedN, {
    n: run.length,
    who,
  });
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    for (const step of run) step.hidden = !open;
  });
  row.append(button);
  return row;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
function set(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/**
 * Put a short word into a place, or take it away.
 * @param {Element | null} parent
 * @param {string} name
 * @param {string} text
 */
function flag(parent, name, text) {
  parent?.querySelector(`.${name}`)?.remove();
  if (!parent || !text) return;
  const word = document.createElement("span");
  word.className = name;
  word.textContent = text;
  parent.append(" ", word);
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

/**
 * List the steps walked, those on the paths of earlier services first.
 *
 * The names of other services' steps are in one file for all, so that asking for it tells nothing.
 * @param {HTMLElement} list
 * @param {import("./path-state.js").Visit[]} before
 * @param {string[]} own
 * @param {string} root
 */
export async function showTrail(list, before, own, root) {
  const asked = JSON.stringify([before, own]);
  if (list.dataset.asked === asked) return;
  list.dataset.asked = asked;
  const names = before.length ? await stepNames(root) : {};
  if (list.dataset.asked !== asked) return;
  const earlier = before.flatMap(({ service, steps }) => {
    const found = Object.hasOwn(names, service) ? names[service] : undefined;
    const known = new Map(Object.entries(found?.steps ?? {}));
    const own = steps.flatMap((id) => known.get(id) ?? []);
    return found ? [own.length ? `${found.name}:` : found.name, ...own] : [];
  });
  list.replaceChildren(
    ...[...earlier, ...own].map((text) => {
      const row = document.createElement("li");
      row.textContent = text;
      return row;
    }),
  );
}

/**
 * @param {string} root
 * @returns {Promise<Record<string, {name: string, steps: Record<string, string>}>>}
 */
async function stepNames(root) {
  try {
    return await (await fetch(`${root}data/names.json`)).json();
  } catch {
    return {};
  }
}
