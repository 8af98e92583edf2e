// New data into the YAML it came from: what has not changed stays as it was, comments too. No page.

/** What looks like the end of a document. */
const DOCUMENT_MARK = /^(?:---|\.\.\.)/;
/** What YAML 1.2 (10.3.2, core schema) takes for something else than text. */
const NO_TEXT = /^(?:[-+.]?\d[\d.eE+_]*|0[xo][\da-f]+|true|false|null|~|[-+]?\.(?:inf|nan))$/i;

/**
 * @param {any} document
 * @param {any} old A node, or nothing.
 * @param {any} value
 * @param {string} key
 * @param {(key: string) => boolean} isPlain
 * @returns {any}
 */
function merged(document, old, value, key, isPlain) {
  if (old && same(old.toJS(document), value)) {
    return old;
  }
  if (Array.isArray(value)) {
    return mergedList(document, YAML.isSeq(old) ? old : new YAML.YAMLSeq(), value, key, isPlain);
  }
  if (isMap(value)) {
    return mergedMap(document, YAML.isMap(old) ? old : new YAML.YAMLMap(), value, isPlain);
  }
  const node = new YAML.Scalar(value);
  node.type = styleOf(value, isPlain(key));
  if (YAML.isScalar(old)) {
    Object.assign(node, { comment: old.comment, commentBefore: old.commentBefore });
  }
  return node;
}

/**
 * @param {any} document
 * @param {any} map
 * @param {Record<string, any>} value
 * @param {(key: string) => boolean} isPlain
 */
function mergedMap(document, map, value, isPlain) {
  const order = Object.keys(value);
  map.items = map.items.filter((/** @type {any} */ pair) => order.includes(String(pair.key)));
  for (const [number, key] of order.entries()) {
    const pair = map.items.find((/** @type {any} */ known) => String(known.key) === key);
    const node = merged(document, pair?.value, value[key], key, isPlain);
    if (pair) {
      pair.value = node;
      continue;
    }
    const later = new Set(order.slice(number + 1));
    const at = map.items.findIndex((/** @type {any} */ known) => later.has(String(known.key)));
    const name = new YAML.Scalar(key);
    name.type = styleOf(key, false);
    map.items.splice(at < 0 ? map.items.length : at, 0, new YAML.Pair(name, node));
  }
  return map;
}

/**
 * Items at both ends that are the same stay; those between are changed in their order.
 * @param {any} document
 * @param {any} list
 * @param {any[]} value
 * @param {string} key
 * @param {(key: string) => boolean} isPlain
 */
function mergedList(document, list, value, key, isPlain) {
  const old = list.items;
  const is = (/** @type {any} */ node, /** @type {any} */ item) => same(node.toJS(document), item);
  const least = Math.min(old.length, value.length);
  let first = 0;
  while (first < least && is(old[first], value[first])) {
    first += 1;
  }
  let last = 0;
  while (last < least - first && is(old.at(-1 - last), value.at(-1 - last))) {
    last += 1;
  }
  const between = value.slice(first, value.length - last);
  const were = old.slice(first, old.length - last);
  // One more or one less: the others are paired by what they are called, not by their place.
  const by = (/** @type {any} */ item) =>
    isMap(item) ? (item.id ?? item.service ?? item.name) : item;
  const used = new Set();
  const nodes = between.map((item, number) => {
    const named = were.find(
      (/** @type {any} */ node) => !used.has(node) && same(by(node.toJS(document)), by(item)),
    );
    const free =
      were.length === between.length && !used.has(were[number]) ? were[number] : undefined;
    const node = named ?? free;
    used.add(node);
    return merged(document, node, item, key, isPlain);
  });
  list.items = [...old.slice(0, first), ...nodes, ...old.slice(old.length - last)];
  return list;
}

/**
 * Tell whether two data say the same: blanks around a text say nothing to the program.
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  return JSON.stringify(sorted(inLanguages(one))) === JSON.stringify(sorted(inLanguages(other)));
}

/**
 * @param {any} data
 * @returns {any}
 */
function sorted(data) {
  if (Array.isArray(data)) {
    return data.map(sorted);
  }
  if (!isMap(data)) {
    return typeof data === "string" ? data.trim() : data;
  }
  const parts = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parts.map(([k, v]) => [k, sorted(v)]));
}

/**
 * @param {string} text
 * @param {boolean} plain
 */
function styleOf(text, plain) {
  if (text.includes("\n")) {
    return "BLOCK_LITERAL";
  }
  if (text.length > YAML_WIDTH) {
    return "BLOCK_FOLDED";
  }
  const quoted = DOCUMENT_MARK.test(text) || (!plain && NO_TEXT.test(text));
  return quoted ? "QUOTE_SINGLE" : "PLAIN";
}

// What the other scripts of the form use.
Object.assign(globalThis, { merged });
