// What the list shows of where one is: marks, words and folds.

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

// Only what is otherwise than before is touched: a change costs far more than a look.

/**
 * Say where one is, what lies behind and which choices led here.
 * @param {State} state
 */
export function walked({ past, step, exit }) {
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
 * Set an attribute, or take it away where there is no value.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export function set(element, name, value) {
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
