// Where one is on a path, as it stands in the address. Pure: no page, no storage.

/**
 * @typedef {{to: string, kind: string}} Way A choice: the node it leads to, and its kind.
 * @typedef {{id: string, old: string[], ways: Way[]}} Step A step of the path on this page.
 * @typedef {{service: string, steps: string[]}} Visit Steps walked on another service's path.
 * @typedef {"list" | "walk" | "meeting"} View
 * @typedef {object} State
 * @property {string} step The step one is at; empty before the first one is chosen.
 * @property {string[]} past The steps walked before it, the oldest first.
 * @property {string} exit The outcome one has reached from the step, or nothing.
 * @property {View} view
 * @property {string} role The actor whose steps stand out, or nothing.
 * @property {Visit[]} before The services walked before this one.
 */

/** @type {State} */
export const NOWHERE = { step: "", past: [], exit: "", view: "list", role: "", before: [] };

const ID = /^[a-z0-9-]{1,64}$/;
/** `region/service`, or `region/kunnat/municipality/service`. */
const SERVICE = /^[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64}){1,3}$/;
const VIEWS = /** @type {const} */ ({ k: "walk", m: "meeting" });
const MOST_STEPS = 200;
const MOST_VISITS = 12;

/**
 * Read the part of an address after `#`. What does not fit is left out, never an error.
 * @param {string} fragment
 * @returns {State}
 */
export function parse(fragment) {
  const [first = "", ...rest] = plain(fragment.replace(/^#/, "")).split(";");
  const parts = first.startsWith("vaihe-") ? rest : [first, ...rest];
  const values = new Map(parts.map((part) => /** @type {[string, string]} */ (part.split("=", 2))));
  const value = (/** @type {string} */ key) => values.get(key) ?? "";
  const view = value("n");
  return {
    step: known(first.startsWith("vaihe-") ? first.slice("vaihe-".length) : ""),
    past: steps(value("p")),
    exit: known(value("x")),
    view: view === "k" || view === "m" ? VIEWS[view] : "list",
    role: known(value("r")),
    before: value("e").split(",").flatMap(visit).slice(-MOST_VISITS),
  };
}

/**
 * Write a state as the part of an address from `#` on.
 * @param {State} state
 * @returns {string}
 */
export function format(state) {
  const visits = state.before.map(({ service, steps }) => `${service}:${steps.join(".")}`);
  const parts = [
    state.step && `vaihe-${state.step}`,
    state.past.length && `p=${state.past.join(".")}`,
    state.exit && `x=${state.exit}`,
    state.view !== "list" && `n=${state.view === "walk" ? "k" : "m"}`,
    state.role && `r=${state.role}`,
    visits.length && `e=${visits.join(",")}`,
  ];
  return `#${parts.filter(Boolean).join(";")}`;
}

/**
 * Fit a state to the path as it is now: follow ids that have changed, drop steps that are gone.
 * @param {State} state
 * @param {Step[]} path
 * @param {string[]} roles The roles that the page offers.
 * @returns {{state: State, changed: "" | "gone" | "nearest" | "past" | "role"}}
 */
export function fit(state, path, roles) {
  const byId = new Map(path.flatMap((step) => [step.id, ...step.old].map((id) => [id, step])));
  const past = state.past.flatMap((id) => byId.get(id)?.id ?? []);
  const here = byId.get(state.step);
  const walking = state.view !== "list";
  const step = here?.id ?? (state.step ? past.at(-1) : undefined) ?? (walking ? path[0]?.id : "");
  const kept = here ? past : past.slice(0, -1);
  const chain = [...kept, step ?? ""];
  const from = 1 + chain.findLastIndex((_, index) => index > 0 && !leads(byId, chain, index));
  const start = from > 1 ? from - 1 : 0;
  const exit = leadsTo(byId.get(step ?? ""), `${step}~outcome/${state.exit}`) ? state.exit : "";
  const odd = roles.length > 0 && !["", ...roles].includes(state.role);
  const lost = kept.length < state.past.length || start > 0 || exit !== state.exit;
  return {
    state: {
      ...state,
      step: step ?? "",
      past: kept.slice(start),
      exit,
      role: roles.includes(state.role) ? state.role : "",
    },
    changed: state.step && !here ? (step ? "nearest" : "gone") : lost ? "past" : odd ? "role" : "",
  };
}

/**
 * Return the state after one has gone to a step: walked there, gone back to, or jumped to.
 * @param {State} state
 * @param {string} step
 * @param {Step[]} path
 * @returns {State}
 */
export function goTo(state, step, path) {
  const here = path.find(({ id }) => id === state.step);
  if (leadsTo(here, step)) {
    return { ...state, step, exit: "", past: [...state.past, state.step].slice(-MOST_STEPS) };
  }
  if (step === state.step) return { ...state, exit: "" };
  const again = state.past.lastIndexOf(step);
  return { ...state, step, exit: "", past: again < 0 ? [] : state.past.slice(0, again) };
}

/**
 * Return the state one step back, with the service it is in; nothing at the very start.
 * @param {State} state
 * @param {string} service
 * @returns {{service: string, state: State} | null}
 */
export function goBack(state, service) {
  if (state.exit) return { service, state: { ...state, exit: "" } };
  if (state.past.length) return { service, state: last(state, state.past) };
  const visit = state.before.at(-1);
  if (!visit) return null;
  const before = state.before.slice(0, -1);
  return { service: visit.service, state: last({ ...state, before }, visit.steps) };
}

/**
 * Return the state in which one enters another service, which is walked on with what lies behind.
 * @param {State} state
 * @param {string} service The service one leaves.
 * @returns {State}
 */
export function leave(state, service) {
  const steps = state.step ? [...state.past, state.step] : state.past;
  const before = [...state.before, { service, steps }].slice(-MOST_VISITS);
  return { ...NOWHERE, view: state.view, before };
}

/**
 * Return the address a choice or a card leads to, with what has been walked until there.
 * @param {State} state
 * @param {string} from The step the choice belongs to; the step one is at for a card.
 * @param {string} to A node: a step, or `step~place` for what lies outside the path.
 * @param {Step[]} path
 * @param {string} service The service this path belongs to.
 * @param {string} plain The link as it stands without a script.
 * @returns {string}
 */
export function address(state, from, to, path, service, plain) {
  const [start = "", place = ""] = to.includes("~") ? to.split("~") : [from];
  const begun = state.view !== "list" || state.step !== "" || state.before.length > 0;
  if (!begun && place && !place.startsWith("outcome/")) return plain;
  const there = start && start !== state.step ? goTo(state, start, path) : state;
  if (!place) return format(goTo(there, to, path));
  if (!place.startsWith("outcome/")) return plain.split("#")[0] + format(leave(there, service));
  return format({ ...there, exit: place.slice("outcome/".length) });
}

/**
 * @param {State} state
 * @param {string[]} steps
 * @returns {State}
 */
function last(state, steps) {
  return { ...state, exit: "", step: steps.at(-1) ?? "", past: steps.slice(0, -1) };
}

/**
 * @param {Map<string, Step>} byId
 * @param {string[]} chain
 * @param {number} index
 */
function leads(byId, chain, index) {
  return leadsTo(byId.get(chain[index - 1] ?? ""), chain[index] ?? "");
}

/**
 * @param {Step | undefined} step
 * @param {string} target
 */
function leadsTo(step, target) {
  return step?.ways.some(({ to }) => to === target) ?? false;
}

/** @param {string} fragment */
function plain(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** @param {string} id */
function known(id) {
  return ID.test(id) ? id : "";
}

/** @param {string} list */
function steps(list) {
  return list
    .split(".")
    .filter((id) => ID.test(id))
    .slice(-MOST_STEPS);
}

/**
 * @param {string} text
 * @returns {Visit[]}
 */
function visit(text) {
  const [service = "", list = ""] = text.split(":");
  return SERVICE.test(service) ? [{ service, steps: steps(list) }] : [];
}
