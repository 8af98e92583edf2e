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
    return mergedMap(document, YAML.isMap(old) ? old : inFinnish(old), value, isPlain);
  }
  if (YAML.isMap(old)) {
    const finnish = old.items.find((/** @type {any} */ part) => String(part.key) === "fi");
    const text = merged(document, finnish?.value, value, key, isPlain);
    const said = [old, finnish?.key].flatMap((part) => [part?.commentBefore, part?.comment]);
    text.commentBefore = [...said, text.commentBefore].filter(Boolean).join("\n");
    return text;
  }
  const node = new YAML.Scalar(value);
  if (YAML.isScalar(old)) {
    Object.assign(node, { comment: old.comment, commentBefore: old.commentBefore });
  }
  node.type = styleOf(value, isPlain(key));
  return node;
}

/**
 * Return a map in which a text that was in no language is the Finnish one.
 * @param {any} text A node, or nothing.
 */
function inFinnish(text) {
  const map = new YAML.YAMLMap();
  if (YAML.isScalar(text) && text.value) {
    map.add(new YAML.Pair(new YAML.Scalar("fi"), text));
  }
  return map;
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
      keepComments(pair, node);
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
 * Hang on a key the comments that would go elsewhere with its new value: those beside an empty one,
 * and those of a map of which only the Finnish text is left.
 * @param {any} pair A key and its old value.
 * @param {any} node The new value.
 */
function keepComments({ key, value: old }, node) {
  if (YAML.isCollection(node) && YAML.isScalar(old) && !old.value && old.comment) {
    const [beside, ...below] = old.comment.split("\n");
    key.comment = beside;
    node.commentBefore = below.join("\n");
  } else if (YAML.isMap(old) && YAML.isScalar(node)) {
    key.commentBefore = [key.commentBefore, node.commentBefore].filter(Boolean).join("\n");
    node.commentBefore = "";
  }
}

/**
 * @param {any} document
 * @param {any} list
 * @param {any[]} value
 * @param {string} key
 * @param {(key: string) => boolean} isPlain
 */
function mergedList(document, list, value, key, isPlain) {
  const old = list.items;
  const were = old.map((/** @type {any} */ node) => asFilled(node.toJS(document)));
  const places = paired(were, value.map(asFilled));
  list.items = value.map((item, number) =>
    merged(document, old[places[number] ?? -1], item, key, isPlain),
  );
  return list;
}

/**
 * Tell whether two data say the same: blanks around a text say nothing to the program.
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  return inOrder(asFilled(one)) === inOrder(asFilled(other));
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
