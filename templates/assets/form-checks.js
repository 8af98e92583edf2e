// What a form's shape cannot tell by itself: ids that nobody has, two steps of one name, and so on.
// Each fault names its field by the library's path, so that it is told beside that field. No page.

/** @typedef {{path: string, property: string, message: string}} Fault */
/** @typedef {{kind: string, ids: Record<string, Set<string>>}} Known What the site knows. */

/**
 * @param {any} schema The shape of the whole form.
 * @param {any} value The value of the whole form.
 * @param {Known} known
 * @returns {Fault[]}
 */
function crossFaults(schema, value, known) {
  /** @type {Fault[]} */
  const faults = [];
  const tell = (/** @type {string} */ path, /** @type {string} */ message) =>
    faults.push({ path, property: "cross", message });
  checkPart(schema, value, "root", known, tell);
  const steps = Array.isArray(value.steps) ? value.steps : [];
  if (known.kind === "palvelu" || known.kind === "taydennys") {
    checkSteps(steps, known.kind === "palvelu", tell);
  }
  for (const [key, text] of Object.entries(value)) {
    if (key.split(FORM_BETWEEN)[0] === "summary" && String(text).length > 150) {
      tell(`root.${key}`, `Tiivistelmässä on ${String(text).length} merkkiä, enintään 150 sopii.`);
    }
  }
  return faults;
}

/**
 * Look at ids wherever they stand.
 * @param {any} schema
 * @param {any} value
 * @param {string} path
 * @param {Known} known
 * @param {(path: string, message: string) => unknown} tell
 */
function checkPart(schema, value, path, known, tell) {
  if (Array.isArray(value)) {
    const seen = new Set();
    for (const [number, item] of value.entries()) {
      const name = item?.[FORM_ID];
      if (name && seen.has(name)) {
        tell(`${path}.${number}.${FORM_ID}`, `Tunnus ”${name}” on jo tässä luettelossa.`);
      }
      seen.add(name);
      checkPart(schema.items, item, `${path}.${number}`, known, tell);
    }
  } else if (isMap(value)) {
    for (const [key, inside] of Object.entries(value)) {
      checkPart(schema.properties[key], inside, `${path}.${key}`, known, tell);
    }
  } else if (schema?.["x-refers"] && value) {
    const ids = known.ids[schema["x-refers"]];
    if (ids && !ids.has(value)) {
      tell(path, `Tunnusta ”${value}” ei ole. ${nearest(value, ids)}`.trim());
    }
  }
}

/**
 * @param {any[]} steps
 * @param {boolean} whole Whether every step of the path is here.
 * @param {(path: string, message: string) => unknown} tell
 */
function checkSteps(steps, whole, tell) {
  const ids = new Set(steps.map((step) => step.id));
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const [number, step] of steps.entries()) {
    const path = `root.steps.${number}`;
    const first = seen.get(step.id);
    const timed = step.valid_from || step.valid_to;
    if (step.id && first !== undefined && !timed) {
      tell(`${path}.id`, `Tunnus ”${step.id}” on jo vaiheella ${first + 1}.`);
    }
    seen.set(step.id, first ?? number);
    checkChoices(step, path, ids, whole, tell);
  }
  if (whole && steps.length > 0 && !steps.some((step) => step.kind === "start")) {
    tell("root.steps.0.kind", "Polulta puuttuu alku. Anna ensimmäisen vaiheen lajiksi alku.");
  }
}

/**
 * @param {any} step
 * @param {string} path
 * @param {Set<string>} ids
 * @param {boolean} whole
 * @param {(path: string, message: string) => unknown} tell
 */
function checkChoices(step, path, ids, whole, tell) {
  const choices = Array.isArray(step.choices) ? step.choices : [];
  for (const [number, choice] of choices.entries()) {
    const at = `${path}.choices.${number}`;
    const targets = ["step", "service", "outcome"].filter((key) => choice[key]);
    if (targets.length !== 1) {
      tell(`${at}.${targets[1] ?? "step"}`, "Anna yksi kohde: vaihe, palvelu tai lopputulos.");
    }
    if (whole && choice.step && !ids.has(choice.step)) {
      const hint = nearest(choice.step, ids);
      tell(`${at}.step`, `Vaihetta ”${choice.step}” ei ole tällä polulla. ${hint}`.trim());
    }
    if (choices.length > 1 && !choice.condition && (choice.kind ?? "onward") !== "parallel") {
      tell(`${at}.condition`, "Vaihtoehtoja on monta. Kerro, milloin näin mennään.");
    }
  }
}

/**
 * Return a Finnish “did you mean” for a misspelt id, or nothing.
 * @param {string} word
 * @param {Iterable<string>} known
 */
function nearest(word, known) {
  let [best, least] = ["", Math.max(2, word.length / 3)];
  for (const name of known) {
    const far = distance(word, name ?? "");
    if (name && far <= least) {
      [best, least] = [name, far - 1];
    }
  }
  return best ? `Tarkoititko ”${best}”?` : "";
}

/**
 * Return how many letters differ (Levenshtein).
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, number) => number);
  for (const [number, letter] of [...one].entries()) {
    const next = [number + 1];
    for (const [place, against] of [...other].entries()) {
      const swap = (row[place] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(swap, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

// What the other scripts of the form use.
Object.assign(globalThis, { crossFaults });
