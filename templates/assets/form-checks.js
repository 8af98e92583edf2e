// What a form’s shape cannot tell by itself: what is empty, ids that nobody has, and so on. Each fault
// names its field by the library’s path, so that it is told beside that field. No page.

/** @typedef {{path: string, property: string, message: string}} Fault Property: the rule’s name. */
/** @typedef {{kind: string, ids: Record<string, Set<string>>}} Known What the site knows. */

/**
 * @param {any} schema The shape of the whole form.
 * @param {any} value The value of the whole form, without what is empty.
 * @param {Known} known
 * @returns {Fault[]}
 */
function crossFaults(schema, value, known) {
  /** @type {Fault[]} */
  const faults = [];
  const tell = (/** @type {string} */ path, /** @type {string} */ rule, /** @type {string} */ m) =>
    faults.push({ path, property: rule, message: m });
  checkPart(schema, value, "root", known, tell);
  if (known.kind === "palvelu" || known.kind === "taydennys") {
    pathFaults(value, known.kind === "palvelu", tell);
  }
  // What is wrong on many days is told once.
  const first = new Map(faults.map((fault) => [`${fault.property} ${fault.path}`, fault]));
  return [...first.values()];
}

/**
 * @param {any} schema
 * @param {any} value
 * @param {string} path
 * @param {Known} known
 * @param {Tell} tell
 */
function checkPart(schema, value, path, known, tell) {
  if (Array.isArray(value)) {
    checkIds(value, path, tell);
    for (const [number, item] of value.entries()) {
      checkPart(schema.items, item, `${path}.${number}`, known, tell);
    }
  } else if (isMap(value)) {
    checkKeys(schema, value, path, tell);
    for (const [key, inside] of Object.entries(value)) {
      checkPart(schema.properties[key], inside, `${path}.${key}`, known, tell);
    }
  } else {
    checkText(schema, value, path, known, tell);
  }
}

/**
 * @param {any[]} items
 * @param {string} path
 * @param {Tell} tell
 */
function checkIds(items, path, tell) {
  const seen = new Set();
  for (const [number, item] of items.entries()) {
    const id = item?.[FORM_ID];
    if (id && seen.has(id)) {
      const message = `Tunnus ”${id}” on jo tässä luettelossa.`;
      tell(`${path}.${number}.${FORM_ID}`, "duplicate-id", message);
    }
    seen.add(id);
  }
}

/**
 * @param {any} schema
 * @param {any} value
 * @param {string} path
 * @param {Tell} tell
 */
function checkKeys(schema, value, path, tell) {
  for (const key of schema.required) {
    if (value[key] === undefined) {
      tell(`${path}.${key}`, "missing-key", "Täytä tämä kohta.");
    }
  }
  for (const key of Object.keys(value)) {
    const [name = "", language] = key.split(FORM_BETWEEN);
    if (name && language && value[name] === undefined && !schema.required.includes(name)) {
      tell(`${path}.${key}`, "missing-key", "Kirjoita sama ensin suomeksi.");
    }
  }
}

/**
 * @param {any} schema
 * @param {any} value
 * @param {string} path
 * @param {Known} known
 * @param {Tell} tell
 */
function checkText(schema, value, path, known, tell) {
  if (value === "" || (schema.pattern && !new RegExp(schema.pattern).test(value))) {
    return;
  }
  const ids = known.ids[schema["x-refers"]];
  if (ids && !ids.has(value)) {
    const message = `Tunnusta ”${value}” ei ole. ${nearest(value, ids)}`.trim();
    tell(path, `unknown-${schema["x-refers"]}`, message);
  }
  if (schema["x-day"] && !isDay(value)) {
    tell(path, "value", "Tätä päivää ei ole kalenterissa.");
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
Object.assign(globalThis, { crossFaults, nearest });
