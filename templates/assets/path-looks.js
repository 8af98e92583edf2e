// What the list shows of where one is: marks, words, folds and what lies behind.

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
 * @typedef {object} Marks
 * @property {Map<string, string>} places What each step or end is: "here" or "walked".
 * @property {Map<string, string>} made The choices that led here, as `from to`.
 */

/**
 * Say where one is, what lies behind and which choices led here.
 * @param {State} state
 * @param {boolean} ends Whether an end one has reached is a place of its own.
 * @returns {Marks}
 */
export function marks({ past, step, exit }, ends) {
  const end = exit && `${step}~outcome/${exit}`;
  const chain = [...past, step, end].filter(Boolean);
  const made = chain.slice(1).map((to, index) => `${chain[index]} ${to}`);
  const stops = ends ? chain : [...past, step].filter(Boolean);
  const places = new Map(stops.map((id, index) => [id, stops[index + 1] ? "walked" : "here"]));
  return { places, made: new Map(made.map((choice) => [choice, "made"])) };
}

/**
 * Return what is otherwise than before: a change costs far more than a look.
 * @param {Map<string, string>} before
 * @param {Map<string, string>} now
 */
export function changed(before, now) {
  const known = new Set([...before.keys(), ...now.keys()]);
  return [...known].filter((key) => before.get(key) !== now.get(key));
}

/**
 * Put first, of the services one can go on to, those of the region one has come from.
 * @param {HTMLElement} root
 * @param {State} state
 */
export function nearFirst(root, { before }) {
  const regionOf = (/** @type {string | undefined} */ service) => service?.split("/")[0];
  const regions = before.map(({ service }) => regionOf(service));
  const region = regions.findLast((name) => name !== regionOf(root.dataset.service));
  if (!region) return;
  for (const list of root.querySelectorAll(".pp-ways__list")) {
    const rows = [...list.children];
    const near = rows.filter((row) => row.querySelector(`[data-to*="~${region}/"]`));
    if (near.some((row, index) => row !== rows[index])) list.prepend(...near);
  }
}

/**
 * Mark in the list which step one is at, which are walked and which choices were made.
 * @param {HTMLElement} root
 * @param {State} before What is marked already.
 * @param {State} state
 * @param {Words} words
 */
export function markList(root, before, state, words) {
  const [old, now] = [marks(before, false), marks(state, false)];
  const step = (/** @type {string} */ id) => root.querySelector(`#vaihe-${CSS.escape(id)}`);
  for (const id of changed(old.places, now.places)) {
    const found = step(id);
    const place = now.places.get(id) ?? "";
    if (!found) continue;
    set(found, "data-place", place);
    set(found, "aria-current", place === "here" ? "step" : "");
    flag(found.querySelector(".pp-step__name"), "pp-step__place", words[place] ?? "");
  }
  for (const choice of changed(old.made, now.made)) {
    const [from = "", to = ""] = choice.split(" ");
    const chosen = now.made.has(choice);
    const ways = step(from)?.querySelectorAll(`a.pp-way[data-to="${CSS.escape(to)}"]`) ?? [];
    for (const way of ways) {
      way.toggleAttribute("data-chosen", chosen);
      flag(way, "pp-way__chosen", chosen ? (words.chosen ?? "") : "");
    }
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
  const rows = /** @type {HTMLElement[]} */ ([...list.children]);
  const folds = rows.filter((row) => row.className === "pp-folded");
  if (!filtered && !folds.length) return;
  for (const fold of folds) fold.remove();
  const steps = rows.filter((row) => row.dataset.step);
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
