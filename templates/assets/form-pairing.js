// Which item of a new list continues which of the old one: as `palvelupolku` pairs what a workbook
// changes. No page.

/** The keys that name an item: its own id, or what it leads to or is of. */
const NAMES = ["id", "service", "step", "outcome", "law", "actor"];
/** How much two texts have in common that are one before and after a change. */
const ALIKE = 0.6;
/** From how many letters on those that are common do not begin what two texts have in common. */
const LONG = 200;

/**
 * Return for each new item the place of the old one that it continues, or nothing.
 *
 * The same item comes first, then one of the same name and days, then one of the same name, then
 * one that only has another name. What has no name is paired by its words, or by its place when
 * as many are left.
 * @param {any[]} old Plain data.
 * @param {any[]} now
 * @returns {(number | undefined)[]}
 */
function paired(old, now) {
  /** @type {(number | undefined)[]} */
  const found = now.map(() => undefined);
  for (const sign of [inOrder, versionOf, nameOf, restOf]) {
    const signs = old.map(sign);
    for (const place of waitingFor(found)) {
      const meant = sign(now[place]);
      const at = signs.findIndex((own, n) => own && own === meant && !found.includes(n));
      if (at >= 0) {
        found[place] = at;
      }
    }
  }
  pairByWords(old, now, found);
  return found;
}

/**
 * Return data as a text that is the same for the same data.
 * @param {any} data
 */
function inOrder(data) {
  return JSON.stringify(data, (_, inside) =>
    isMap(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inside,
  );
}

/** @param {any} item */
function nameKey(item) {
  return isMap(item) ? NAMES.find((key) => key in item) : undefined;
}

/** @param {any} item */
function nameOf(item) {
  const key = nameKey(item);
  return key && inOrder([key, item[key]]);
}

/** @param {any} item */
function versionOf(item) {
  const name = nameOf(item);
  return name && inOrder([name, item.valid_from, item.valid_to]);
}

/** @param {any} item */
function restOf(item) {
  const key = nameKey(item);
  const rest = Object.entries(key ? item : {}).filter(([other]) => other !== key);
  return rest.length > 0 ? inOrder(Object.fromEntries(rest)) : undefined;
}

/** @param {(number | undefined)[]} found */
function waitingFor(found) {
  return [...found.keys()].filter((place) => found[place] === undefined);
}

/**
 * Pair what has no name: the texts that are most alike, then those that are left in order.
 * @param {any[]} old
 * @param {any[]} now
 * @param {(number | undefined)[]} found
 */
function pairByWords(old, now, found) {
  const free = () => [...old.keys()].filter((at) => !found.includes(at) && !nameKey(old[at]));
  const waiting = () => waitingFor(found).filter((place) => !nameKey(now[place]));
  const pairs = waiting().flatMap((place) =>
    free().map((at) => ({ place, at, ratio: likeness(wordsOf(old[at]), wordsOf(now[place])) })),
  );
  const near = pairs.filter(({ ratio }) => ratio >= ALIKE);
  for (const { place, at } of near.sort((a, b) => b.ratio - a.ratio)) {
    if (found[place] === undefined && !found.includes(at)) {
      found[place] = at;
    }
  }
  const [places, left] = [waiting(), free()];
  if (places.length === left.length) {
    for (const [number, place] of places.entries()) {
      found[place] = left[number];
    }
  }
}

/**
 * Return all that an item says, its keys left out: those are alike in every item.
 * @param {any} item
 */
function wordsOf(item) {
  return textsOf(item).join(" ");
}

/**
 * @param {any} item
 * @returns {string[]}
 */
function textsOf(item) {
  if (typeof item === "string") {
    return [item];
  }
  return typeof item === "object" && item ? Object.values(item).flatMap(textsOf) : [];
}

/**
 * Return how alike two texts are, 0…1: the same figure as Python’s `difflib` gives.
 * @param {string} old
 * @param {string} now
 */
function likeness(old, now) {
  const [one, other] = [[...old], [...now]];
  const all = one.length + other.length;
  const count = common(one, other, beginnings(other), [0, one.length, 0, other.length]);
  return all === 0 ? 1 : (2 * count) / all;
}

/**
 * Return where each letter stands, but for those that are everywhere in a long text.
 * @param {string[]} letters
 */
function beginnings(letters) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (const [place, letter] of letters.entries()) {
    places.set(letter, [...(places.get(letter) ?? []), place]);
  }
  const most = letters.length < LONG ? Infinity : Math.floor(letters.length / 100) + 1;
  return new Map([...places].filter(([, of]) => of.length <= most));
}

/**
 * Return how many letters two texts have in common: their longest same part, and so on around it.
 * @param {string[]} one
 * @param {string[]} other
 * @param {Map<string, number[]>} places Those of the letters of the other.
 * @param {[number, number, number, number]} within Where the parts begin and end.
 * @returns {number}
 */
function common(one, other, places, within) {
  const [first, end, start, last] = within;
  const [at, place, size] = longest(one, other, places, within);
  if (size === 0) {
    return 0;
  }
  const before = common(one, other, places, [first, at, start, place]);
  return size + before + common(one, other, places, [at + size, end, place + size, last]);
}

/**
 * @param {string[]} one
 * @param {string[]} other
 * @param {Map<string, number[]>} places
 * @param {[number, number, number, number]} within
 * @returns {[number, number, number]} Where the longest same part begins in both, and its length.
 */
function longest(one, other, places, [first, end, start, last]) {
  let [at, place, size] = [first, start, 0];
  /** @type {Map<number, number>} */
  let before = new Map();
  for (let n = first; n < end; n += 1) {
    const runs = new Map();
    for (const m of places.get(one[n] ?? "") ?? []) {
      if (m >= start && m < last) {
        const run = (before.get(m - 1) ?? 0) + 1;
        runs.set(m, run);
        if (run > size) {
          [at, place, size] = [n - run + 1, m - run + 1, run];
        }
      }
    }
    before = runs;
  }
  while (at > first && place > start && one[at - 1] === other[place - 1]) {
    [at, place, size] = [at - 1, place - 1, size + 1];
  }
  while (at + size < end && place + size < last && one[at + size] === other[place + size]) {
    size += 1;
  }
  return [at, place, size];
}

// What the other scripts of the form use.
Object.assign(globalThis, { paired, inOrder });
