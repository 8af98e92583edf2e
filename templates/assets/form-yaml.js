// YAML → plain data, and YAML → a file: a text that has not changed stays as its author wrote it. New
// texts get the layout that `palvelupolku fmt` keeps. No page.

const YAML_WIDTH = 76;
/** What ends what stands on the line of a key. */
const LINE_ENDS = new Set(["comment", "newline"]);

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
  keepHead(document);
  document.spaced = lastComment(text.split("\n")).at(0) === "";
  const faults = document.errors.map((/** @type {any} */ fault) => {
    const line = fault.linePos?.[0]?.line ?? 1;
    return `Rivin ${line} kirjoitusasu on väärä. Korjaa se tekstieditorissa.`;
  });
  if (document.warnings.length > 0 || document.directives.yaml.explicit) {
    faults.push("Merkillä ! tai % alkava kohta voi kadota. Kirjoita teksti lainausmerkkeihin.");
  }
  YAML.visit(document, {
    Pair: placeComments,
    Node: (/** @type {any} */ _, /** @type {any} */ node) => {
      if (node.anchor || YAML.isAlias(node)) {
        faults.push("Merkillä & tai * viitataan toiseen kohtaan. Kirjoita teksti kokonaan.");
        return YAML.visit.BREAK;
      }
    },
  });
  const data = faults.length > 0 ? undefined : document.toJS();
  if (faults.length === 0 && !isMap(data)) {
    faults.push("Tiedosto on tyhjä tai ei ala kohdalla.");
  }
  return { document, data, faults };
}

/**
 * Hang the comments that a blank line parts from the first key on the file: they are of the whole.
 * @param {any} document
 */
function keepHead(document) {
  const first = document.contents?.items?.[0]?.key;
  const [, head, own] = /^(.*?)\n\n+((?:(?!\n\n).)*)$/s.exec(first?.commentBefore ?? "") ?? [];
  if (head) {
    document.commentBefore = [document.commentBefore, head].filter(Boolean).join("\n\n");
    first.commentBefore = own;
  }
}

/**
 * Hang a comment beside a key on the key, and those below it on the first part of its list or map:
 * the library hangs them all on the whole, where they would go to the line of another part.
 * @param {any} _ Where the key stands.
 * @param {any} pair A key and its value.
 */
function placeComments(_, { key, value: whole, srcToken }) {
  const next = srcToken?.sep?.find((/** @type {any} */ { type }) => LINE_ENDS.has(type));
  if (whole?.commentBefore && next?.type === "comment" && !key.comment) {
    const [beside, ...below] = whole.commentBefore.split("\n");
    key.comment = beside;
    whole.spaceBefore ||= below[0] === "";
    whole.commentBefore = below.join("\n").replace(/^\n+/, "");
  }
  const first = YAML.isCollection(whole) ? whole.items[0] : undefined;
  const part = YAML.isPair(first) ? first.key : first;
  if (part && whole.commentBefore) {
    part.commentBefore = [whole.commentBefore, part.commentBefore].filter(Boolean).join("\n");
    whole.commentBefore = undefined;
  }
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
  const lines = withoutEnds(
    document.toString({ lineWidth: 0, indentSeq: false, singleQuote: true }),
  );
  const end = document.comment ? lastComment(lines) : [];
  const body = lines.slice(0, lines.length - end.length);
  const kept = end.length > 0 && !document.spaced ? end.slice(end.findIndex(Boolean)) : end;
  return `${[...body, ...kept].join("\n").replace(/^\n+|\n+$/g, "")}\n`;
}

/**
 * Return the lines without blanks at their ends, but inside a text of many lines as they are.
 * @param {string} text
 * @returns {string[]}
 */
function withoutEnds(text) {
  const starts = new YAML.LineCounter();
  const laid = YAML.parseDocument(text, { schema: "failsafe", lineCounter: starts });
  const inside = new Set();
  YAML.visit(laid, {
    Scalar: (/** @type {any} */ _, /** @type {any} */ { range: [start, end] }) => {
      const last = starts.linePos(end).line;
      for (let line = starts.linePos(start).line + 1; line < last; line += 1) {
        inside.add(line);
      }
    },
  });
  return text.split("\n").map((line, at) => (inside.has(at + 1) ? line : line.trimEnd()));
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
 * The tags of a file, of which texts are written as they were, or folded where they are new: the
 * comment of one on many lines beside its mark, for after its last line it would be text.
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
    ) => {
      const text = source(item, context.indent) ?? folded(item, context);
      if (item.comment && text?.includes("\n")) {
        onComment();
        return text.replace("\n", () => ` #${item.comment}\n`);
      }
      return text ?? tag.stringify(item, context, onComment, onChompKeep);
    },
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
    const lines = token.source.replace(/\n$/, "").split("\n");
    const texts = lines.filter((/** @type {string} */ line) => line.trim());
    const least = Math.min(...texts.map((/** @type {string} */ line) => line.search(/\S/)));
    const moved = lines.map(
      (/** @type {string} */ line) => line.slice(least) && indent + line.slice(least),
    );
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
