// YAML → plain data, and new data into the YAML it came from: what has not changed stays as its
// author wrote it, comments too. New texts get the layout that `palvelupolku fmt` keeps. No page.

const YAML_WIDTH = 76;
/** What looks like the end of a document. */
const DOCUMENT_MARK = /^(?:---|\.\.\.)/;
/** What YAML 1.2 (10.3.2, core schema) takes for something else than text. */
const NO_TEXT = /^(?:[-+.]?\d[\d.eE+_]*|0[xo][\da-f]+|true|false|null|~|[-+]?\.(?:inf|nan))$/i;

/**
 * Read a file. Every scalar stays the text that its author typed.
 * @param {string} text
 * @returns {{document: any, data: any, faults: string[]}}
 */
function readYaml(text) {
  const options = { schema: "failsafe", keepSourceTokens: true, customTags: asWritten };
  const document = YAML.parseDocument(
    text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n"),
    options,
  );
  document.spaced = lastComment(text.split("\n")).at(0) === "";
  const faults = document.errors.map((/** @type {any} */ fault) => {
    const line = fault.linePos?.[0]?.line ?? 1;
    return `Rivin ${line} kirjoitusasu on väärä. Korjaa se tekstieditorissa.`;
  });
  YAML.visit(document, {
    Node: (/** @type {any} */ _, /** @type {any} */ node) => {
      if (node.anchor || YAML.isAlias(node)) {
        faults.push("Merkillä & tai * viitataan toiseen kohtaan. Kirjoita teksti kokonaan.");
        return YAML.visit.BREAK;
      }
    },
  });
  const data = faults.length > 0 ? undefined : document.toJS();
  if (faults.length === 0 && !isMap(data)) {
    faults.push("Tiedosto on tyhjä tai ei ala avaimella.");
  }
  return { document, data, faults };
}

/** @returns {any} A file in which nothing is written yet. */
function emptyYaml() {
  return YAML.parseDocument("{}", { schema: "failsafe", customTags: asWritten });
}

/**
 * Put data into a file and return its text.
 * @param {any} document
 * @param {any} data Plain data with its keys in order.
 * @param {(key: string) => boolean} isPlain Whether the values of a key are no texts.
 */
function writeYaml(document, data, isPlain) {
  document.contents = merged(document, document.contents, data, "", isPlain);
  blocks(document.contents);
  const text = document.toString({ lineWidth: 0, indentSeq: false, singleQuote: true });
  const lines = text.split("\n").map((/** @type {string} */ line) => line.trimEnd());
  const end = document.comment ? lastComment(lines) : [];
  const body = lines.slice(0, lines.length - end.length);
  const kept = end.length > 0 && !document.spaced ? end.slice(end.findIndex(Boolean)) : end;
  return `${[...body, ...kept].join("\n").replace(/^\n+|\n+$/g, "")}\n`;
}

/**
 * Return the blank lines and comments that end a file: the library sets them apart by a blank one.
 * @param {string[]} lines
 */
function lastComment(lines) {
  const last = lines.findLastIndex((line) => line !== "" && !line.startsWith("#"));
  return lines.slice(last + 1);
}

/**
 * @param {any} document
 * @param {any} old A node, or nothing.
 * @param {any} value
 * @param {string} key
 * @param {(key: string) => boolean} isPlain
 * @returns {any}
 */
function merged(document, old, value, key, isPlain) {
  if (old && same(inLanguages(old.toJS(document)), inLanguages(value))) {
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
  const is = (/** @type {any} */ node, /** @type {any} */ item) =>
    same(inLanguages(node.toJS(document)), inLanguages(item));
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
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/**
 * @param {any} data
 * @returns {any}
 */
function sorted(data) {
  if (Array.isArray(data)) {
    return data.map(sorted);
  }
  const parts = isMap(data) ? Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
  return isMap(data) ? Object.fromEntries(parts.map(([k, v]) => [k, sorted(v)])) : data;
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

/**
 * Turn `{a: b}` and `[a, b]` into lines of their own.
 * @param {any} node
 */
function blocks(node) {
  YAML.visit(node, {
    Collection: (/** @type {any} */ _, /** @type {any} */ part) => {
      part.flow = false;
    },
  });
}

/**
 * The tags of a file, of which texts are written as they were, or folded where they are new.
 * @param {any[]} tags
 */
function asWritten(tags) {
  return tags.map((tag) => (tag.tag === "tag:yaml.org,2002:str" ? textTag(tag) : tag));
}

/** @param {any} tag */
function textTag(tag) {
  return {
    ...tag,
    stringify: (
      /** @type {any} */ item,
      /** @type {any} */ context,
      /** @type {any} */ onComment,
      /** @type {any} */ onChompKeep,
    ) =>
      source(item, context.indent) ??
      folded(item, context) ??
      tag.stringify(item, context, onComment, onChompKeep),
  };
}

/**
 * Return what the author wrote, on the indent where it now stands; nothing for a new text.
 * @param {any} item
 * @param {string} indent
 */
function source(item, indent) {
  const token = item.srcToken;
  if (token?.type === "block-scalar") {
    const header = token.props.find((/** @type {any} */ p) => p.type === "block-scalar-header");
    const lines = token.source.trimEnd().split("\n");
    const depths = lines.filter(Boolean).map((/** @type {string} */ l) => l.search(/\S|$/));
    const least = Math.min(...depths);
    const moved = lines.map((/** @type {string} */ l) => (l.trim() ? indent + l.slice(least) : ""));
    return /\d/.test(header.source) ? undefined : [header.source, ...moved].join("\n");
  }
  return token && !token.source.includes("\n") ? token.source : undefined;
}

/**
 * Return a new long text on lines of at most so many letters.
 * @param {any} item
 * @param {{indent: string}} context
 */
function folded(item, context) {
  if (item.type !== "BLOCK_FOLDED") {
    return undefined;
  }
  /** @type {string[]} */
  const lines = [];
  for (const word of item.value.split(/(?<=\S) (?=\S)/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= YAML_WIDTH) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return [">-", ...lines.map((line) => context.indent + line)].join("\n");
}

// What the other scripts of the form use.
Object.assign(globalThis, { readYaml, emptyYaml, writeYaml });
