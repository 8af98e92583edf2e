// Questions the browser tests ask of a page as it stands. Each answers with a list of faults in
// words, which is empty when all is well. They look at the drawing itself, not at how it was made.

const ROUNDING = 0.75;

const drawings = () => [...document.querySelectorAll("svg.pp-diagram__svg")];
const cardsOf = (svg) => [...svg.querySelectorAll(".pp-node")];
const OWNERS = ".pp-node, .pp-label, .pp-pin, .pp-column";
const textsOf = (group) => [...group.querySelectorAll("text")].filter((text) => text.closest(OWNERS) === group);
const shapeOf = (group) => group.querySelector("rect, path");
const called = (element) =>
  (element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim().slice(0, 70);

/** A shape's box on the screen; the drawings are shown 1:1. */
function boxOf(shape) {
  const { x, y, width, height } = shape.getBBox();
  const { e, f } = shape.getScreenCTM();
  return new DOMRect(x + e, y + f, width, height);
}

function overlap(one, two, spare = ROUNDING) {
  return (
    one.left + spare < two.right && two.left + spare < one.right &&
    one.top + spare < two.bottom && two.top + spare < one.bottom
  );
}

/** How far a point lies outside a box; negative inside it. */
function distance(box, point) {
  const across = Math.max(box.left - point.x, point.x - box.right);
  const along = Math.max(box.top - point.y, point.y - box.bottom);
  return Math.max(across, along);
}

function pointsOf(path, pace = 2) {
  const matrix = path.getScreenCTM();
  const length = path.getTotalLength();
  const count = Math.max(1, Math.ceil(length / pace));
  return Array.from({ length: count + 1 }, (_, index) =>
    path.getPointAtLength((length * index) / count).matrixTransform(matrix),
  );
}

/** The card whose drawn outline a point touches, or nothing. */
function touched(outlines, point, reach = 4) {
  const away = ({ outline }) => Math.min(...outline.map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
  const [nearest] = outlines.map((one) => ({ card: one.card, away: away(one) })).sort((one, two) => one.away - two.away);
  return nearest && nearest.away <= reach ? nearest.card : undefined;
}

/** Each line with its points and the cards at its two ends. */
function linesOf(svg) {
  const cards = cardsOf(svg).map((card) => ({ card, outline: pointsOf(shapeOf(card)) }));
  return [...svg.querySelectorAll("path.pp-line")].map((path) => {
    const points = pointsOf(path);
    const arrow = path.nextElementSibling?.matches(".pp-arrow") ? path.nextElementSibling : null;
    const tip = arrow ? pointsOf(arrow)[0] : points[points.length - 1];
    const back = arrow?.nextElementSibling?.matches(".pp-arrow--back") ? arrow.nextElementSibling : null;
    const start = back ? pointsOf(back)[0] : points[0];
    return { path, points, both: back !== null, from: touched(cards, start), to: touched(cards, tip) };
  });
}

const luminance = (colour) => {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const parsed = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
const contrast = (one, two) => {
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

/** Whether a link stands among other words, where its size is the line's. */
function inSentence(link) {
  if (getComputedStyle(link).display !== "inline") return false;
  let block = link.parentElement;
  while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
  let words = block?.textContent ?? "";
  for (const other of block?.querySelectorAll("a") ?? []) words = words.replace(other.textContent, "");
  return /[\p{L}\d]/u.test(words);
}

const visible = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
  element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().height > 0;

const questions = {
  /** Does each text of the drawing lie inside its own card, pill or badge? */
  textsOutside() {
    const faults = [];
    for (const group of document.querySelectorAll(".pp-node, .pp-label, .pp-pin")) {
      for (const text of textsOf(group)) {
        const before = text.previousElementSibling;
        const holder = before?.tagName === "circle" ? before : shapeOf(group);
        const words = boxOf(text);
        const box = boxOf(holder);
        const out = Math.max(box.left - words.left, words.right - box.right, box.top - words.top, words.bottom - box.bottom);
        if (holder.tagName !== "circle" && out > ROUNDING) {
          faults.push(`”${text.textContent}” leaves ”${called(group)}” by ${out.toFixed(1)} px`);
        }
        // Slanted and round shapes are narrower than their boxes; letters stand on the middle rows.
        const { x, y, width, height } = text.getBBox();
        const shift = holder.getScreenCTM().inverse().multiply(text.getScreenCTM());
        for (const [column, row] of [[0, 0.3], [1, 0.3], [0, 0.75], [1, 0.75]]) {
          const point = new DOMPoint(x + width * column, y + height * row).matrixTransform(shift);
          if (!holder.isPointInFill(point)) faults.push(`”${text.textContent}” leaves the shape of ”${called(group)}”`);
        }
      }
    }
    return [...new Set(faults)];
  },

  /** Do any two cards or pills lie on each other, or leave the drawing? */
  overlaps() {
    const faults = [];
    for (const svg of drawings()) {
      const frame = svg.getBoundingClientRect();
      const groups = [...cardsOf(svg), ...svg.querySelectorAll(".pp-label")];
      const boxes = groups.map((group) => boxOf(shapeOf(group)));
      boxes.forEach((box, index) => {
        if (distance(frame, box) > 0 || distance(frame, { x: box.right, y: box.bottom }) > 0) {
          faults.push(`”${called(groups[index])}” leaves the drawing`);
        }
        for (let other = 0; other < index; other += 1) {
          if (overlap(box, boxes[other])) faults.push(`”${called(groups[index])}” lies on ”${called(groups[other])}”`);
        }
      });
    }
    return faults;
  },

  /** Does any pin lie on words, on a number, on another card or pill, or leave the drawing? */
  pinsAstray() {
    const faults = [];
    for (const svg of drawings()) {
      const frame = svg.getBoundingClientRect();
      const pins = [...svg.querySelectorAll(".pp-pin")];
      for (const pin of pins) {
        const box = boxOf(shapeOf(pin));
        if (distance(frame, box) > 0 || distance(frame, { x: box.right, y: box.bottom }) > 0) faults.push(`”${called(pin)}” leaves the drawing`);
        const card = pin.closest(".pp-node");
        const others = [...svg.querySelectorAll(".pp-node, .pp-label")].filter((group) => group !== card).map(shapeOf);
        const own = [...textsOf(card), ...card.querySelectorAll("circle")];
        const beside = pins.filter((other) => other !== pin).map(shapeOf);
        for (const shape of [...others, ...own, ...beside]) {
          if (overlap(box, boxOf(shape))) faults.push(`”${called(pin)}” of ”${called(card)}” lies on ”${called(shape.parentElement)}”`);
        }
      }
    }
    return faults;
  },

  /** Which marks of a walk in the drawing are told by colour alone, or not at all? */
  marksByColour() {
    const faults = [];
    const style = (group) => getComputedStyle(shapeOf(group));
    const width = (group) => parseFloat(style(group).strokeWidth);
    const kind = (card) => [...card.classList].find((name) => /^pp-node--[a-z]/.test(name));
    for (const card of document.querySelectorAll(".pp-node")) {
      const { place, mine, other } = card.dataset;
      const pins = [...card.querySelectorAll(".pp-pin")].map((pin) => pin.textContent);
      const plain = [...document.querySelectorAll(`.${kind(card)}:not([data-place], [data-mine])`)].map(width);
      if ((place || mine !== undefined) && !pins.every(Boolean)) faults.push(`”${called(card)}” has an empty pin`);
      if (pins.length !== (place ? 1 : 0) + (mine === undefined ? 0 : 1)) faults.push(`”${called(card)}” has ${pins.length} pins`);
      const rest = [...document.querySelectorAll(".pp-node:not([data-place=here])")].map(width);
      if (place === "here" && !(width(card) >= 5 && rest.every((one) => one < width(card)))) faults.push(`”${called(card)}” is no thicker`);
      if (mine !== undefined && !plain.every((one) => one < width(card))) faults.push(`”${called(card)}” of mine is no thicker`);
      if ((other === undefined) === (style(card).strokeDasharray !== "none")) faults.push(`”${called(card)}” is ${other === undefined ? "" : "not "}dashed`);
    }
    const chosen = (line) => line.dataset.chosen !== undefined;
    const lines = [...document.querySelectorAll(".pp-line")].map((line) => [chosen(line), parseFloat(getComputedStyle(line).strokeWidth)]);
    const most = Math.max(...lines.filter(([made]) => !made).map(([, wide]) => wide));
    if (lines.some(([made, wide]) => made && wide < most + 2)) faults.push("a chosen line is no thicker than others");
    return faults;
  },

  /** Which words of the walk are cut off, or lie on other words or on a control that is not theirs? */
  cut() {
    const faults = [];
    const hidden = (element) => {
      for (let up = element; up; up = up.parentElement) if (getComputedStyle(up).clipPath !== "none") return true;
      return !visible(element);
    };
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) {
      const { currentNode: text } = walker;
      const element = text.parentElement;
      if (!text.data.trim() || element.closest("svg, script, template") || hidden(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) if (rect.width > 1) words.push({ element, rect });
    }
    const told = ({ element }) => `”${element.textContent.trim().slice(0, 40)}”`;
    for (const word of words) {
      for (let up = word.element; up; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        const box = up.getBoundingClientRect();
        if (overflowX === "hidden" && word.rect.right > box.right + 1) faults.push(`${told(word)} is cut`);
        if (overflowY === "hidden" && word.rect.bottom > box.bottom + 1) faults.push(`${told(word)} is cut`);
      }
    }
    const controls = [...document.querySelectorAll(".pp-way, .pp-tool, .pp-folded button, .pp-roles label")].filter((one) => !hidden(one));
    for (const [index, one] of words.entries()) {
      for (const two of words.slice(index + 1)) {
        if (overlap(one.rect, two.rect, 5)) faults.push(`${told(one)} lies on ${told(two)}`);
      }
      for (const control of controls) {
        if (!control.contains(one.element) && overlap(one.rect, control.getBoundingClientRect(), 2)) faults.push(`${told(one)} lies on ”${called(control)}”`);
      }
    }
    return [...new Set(faults)];
  },

  /** Which large buttons are lower than they should be, or too near each other? */
  crowded(height, gap) {
    const boxes = [...document.querySelectorAll("pp-path :is(.pp-way, .pp-tool)")].filter(visible).map((one) => ({ one, box: one.getBoundingClientRect() }));
    const faults = boxes.filter(({ box }) => box.height < height - 0.1).map(({ one, box }) => `”${called(one)}” is ${box.height} px high`);
    boxes.forEach(({ one, box }, index) => {
      for (const other of boxes.slice(index + 1)) {
        const apart = Math.max(other.box.left - box.right, box.left - other.box.right, other.box.top - box.bottom, box.top - other.box.bottom);
        if (apart < gap - 0.1) faults.push(`”${called(one)}” is ${apart.toFixed(1)} px from ”${called(other.one)}”`);
      }
    });
    return faults;
  },

  /** Does any line run through a card it does not join, or through another line's pill? */
  linesThrough(conditions) {
    const faults = [];
    for (const svg of drawings()) {
      const cards = cardsOf(svg).map((card) => ({ card, box: boxOf(shapeOf(card)) }));
      const lines = linesOf(svg);
      const labelled = conditions ? lines.filter(({ path }) => conditions[`${path.dataset.from} ${path.dataset.to}`]) : [];
      const pills = [...svg.querySelectorAll(".pp-label")].map((label, index) => ({
        label, box: boxOf(shapeOf(label)), owner: labelled[index]?.path,
      }));
      for (const { path, points, from, to } of lines) {
        const line = `line ${path.dataset.from} – ${path.dataset.to}`;
        if (!from || !to) faults.push(`${line} joins ${from ? "" : "nothing at its start "}${to ? "" : "nothing at its end"}`);
        for (const [side, end] of [["from", from], ["to", to]]) {
          const step = document.getElementById(`kaavio-${path.dataset[side]}`);
          if (step && end && step !== end) faults.push(`${line} touches ”${called(end)}” instead`);
        }
        const hit = (box) => points.some((point) => distance(box, point) < -1);
        for (const { card, box } of cards) {
          if (card !== from && card !== to && hit(box)) faults.push(`${line} runs through ”${called(card)}”`);
        }
        for (const { label, box, owner } of pills) {
          if (owner !== path && hit(box)) faults.push(`${line} runs through the pill ”${called(label)}”`);
        }
      }
    }
    return faults;
  },

  /** The pairs of cards that the lines of a drawing join, as their links' addresses, by arrow. */
  joined() {
    return drawings().flatMap(linesOf).flatMap(({ both, from, to }) => {
      const [one, two] = [from?.href.baseVal, to?.href.baseVal];
      return both ? [[one, two], [two, one]] : [[one, two]];
    });
  },

  /** The words of each pill, in order, without the hyphens of its line breaks. */
  pills() {
    return [...document.querySelectorAll(".pp-label")].map((label) =>
      [...label.querySelectorAll("text")].map((text) => text.textContent).join(" "),
    );
  },

  /** Is every text of the drawing at least 4.5 : 1 on what lies under it, and every outline 3 : 1? */
  faint(least = 4.5) {
    const faults = [];
    const page = parsed(getComputedStyle(document.body).backgroundColor);
    for (const text of document.querySelectorAll("svg.pp-diagram__svg text")) {
      const before = text.previousElementSibling;
      const under = before?.tagName === "circle" ? before : shapeOf(text.closest(OWNERS));
      const style = getComputedStyle(text);
      const ratio = contrast(parsed(style.fill), parsed(getComputedStyle(under).fill));
      const solid = [text, under].every((e) => ["opacity", "fillOpacity"].every((key) => getComputedStyle(e)[key] === "1"));
      if (!(ratio >= least) || !solid) faults.push(`”${text.textContent}” ${ratio.toFixed(2)}${solid ? "" : ", see-through"}`);
    }
    for (const shape of document.querySelectorAll(".pp-node__box, .pp-line, .pp-pin rect, .pp-label__box")) {
      const style = getComputedStyle(shape);
      const ratio = contrast(parsed(style.stroke), page);
      if (!(ratio >= 3)) faults.push(`outline of ”${called(shape.parentElement)}” ${ratio.toFixed(2)}`);
    }
    return faults;
  },

  /** Which colours of cards, pills and lines do not come from the reader's own palette? */
  ownColours() {
    const probe = document.createElement("span");
    document.body.append(probe);
    const palette = ["Canvas", "CanvasText", "LinkText", "Highlight", "HighlightText"].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    const faults = [];
    for (const shape of document.querySelectorAll("svg.pp-diagram__svg :is(rect, path, circle, text)")) {
      const style = getComputedStyle(shape);
      const { fill } = style;
      const stroke = parseFloat(style.strokeWidth) ? style.stroke : "none";
      for (const [part, colour] of [["fill", fill], ["stroke", stroke]]) {
        if (colour !== "none" && !palette.includes(colour)) faults.push(`${part} of ${shape.getAttribute("class")} is ${colour}`);
      }
    }
    return [...new Set(faults)];
  },

  /** Which controls are too small to hit: our own under 44 px high, others under 24 px? */
  smallTargets() {
    const own = "button, .pp-button, .pp-way, .pp-menu a, .pp-door, .pp-service, .pp-search__results a, .pp-node, .pp-tool, .pp-roles label, .pp-roles > summary, .pp-diagram__fold > summary, .pp-jump a, .pp-versions a";
    const faults = [];
    for (const control of document.querySelectorAll("a[href], button, summary, input, .pp-roles label")) {
      if (!visible(control) || control.matches("label input") || control.matches(".pp-skip") || inSentence(control)) continue;
      const { width, height } = control.getBoundingClientRect();
      const least = control.matches(own) ? 44 : 24;
      if (height < least - 0.01 || width < 24) {
        faults.push(`”${called(control)}” (${control.className.baseVal ?? control.className}) is ${width.toFixed(0)} × ${height.toFixed(1)}`);
      }
    }
    return [...new Set(faults)];
  },

  /** Which of the controls that can be seen do nothing without a script? */
  deadControls() {
    return [...document.querySelectorAll("button, input, select, textarea, [role=button], a:not([href])")]
      .filter(visible)
      .map(called);
  },

  /** Where the focus is: "" at the end of the page, else the element's name and its faults. */
  focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: "", faults: [] };
    const faults = [];
    const [rect] = [...element.getClientRects()].filter((r) => r.width && r.height);
    if (!rect || !visible(element)) faults.push("is not visible");
    else {
      const inside = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [rect.left + rect.width * x, rect.top + rect.height * y]));
      const seen = inside.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && element.contains(top);
      });
      if (!seen) faults.push("is out of view or covered");
    }
    const look = () => {
      const shapes = element instanceof SVGElement ? [shapeOf(element)] : [element];
      return shapes.map((shape) => {
        const { outlineStyle, outlineWidth, stroke, strokeWidth } = getComputedStyle(shape);
        return { ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth), stroke: `${stroke} ${strokeWidth}`, strokeWidth: parseFloat(strokeWidth) };
      })[0];
    };
    const on = look();
    element.blur();
    const off = look();
    element.focus({ preventScroll: true, focusVisible: true });
    const marked = on.ring >= 3 || (on.stroke !== off.stroke && on.strokeWidth >= 3);
    if (!marked) faults.push("shows no focus");
    return { name: `${element.tagName.toLowerCase()} ”${called(element)}”`, faults };
  },

  /** What on the page is not ours, but came out of a text? */
  foreign() {
    const faults = [];
    if (window.__pwned !== undefined) faults.push("the canary ran");
    // The one frame of ours, to which the script beside it gives its height.
    const ours = ".pp-embed__example > [src^='../'][src$='/upota/']";
    // The guide's own pictures, and links of a frame that open in its whole window.
    const pictures = "[src^='../kuvat/'][src$='.png']";
    const outward = "head > [target='_top']:not([href])";
    const alien = `iframe:not(${ours}), object, embed, img:not(${pictures}), form, style, base:not(${outward}), frame, video, audio, foreignObject, animate, set, use, script:not([src], [type='application/json']), meta[http-equiv=refresh i], link[rel=import], svg:not(.pp-diagram__svg, [data-pp-code] > svg)`;
    for (const element of document.querySelectorAll(alien)) faults.push(`<${element.tagName.toLowerCase()}>`);
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const fitted = element.matches(ours) && /^height: \d+px;$/.test(element.getAttribute("style"));
        if (/^on|^style$|^srcdoc$|^formaction$/i.test(name) && !(name === "style" && fitted)) faults.push(`${name} on <${element.tagName.toLowerCase()}>`);
        if (/href$|^src$/i.test(name)) {
          const { protocol, host } = new URL(value, document.baseURI);
          if (!/^https?:$/.test(protocol) || host.includes("canary")) faults.push(`${name}="${value.slice(0, 60)}"`);
        }
      }
    }
    return faults;
  },

  /** What the browser keeps of the visit. */
  async kept() {
    const kept = {
      cookie: document.cookie,
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      databases: (await indexedDB.databases()).map(({ name }) => name).join(),
      caches: (await caches.keys()).join(),
      workers: (await navigator.serviceWorker.getRegistrations()).length ? "service worker" : "",
    };
    return Object.entries(kept).filter(([, value]) => value && value !== "{}").map(([key, value]) => `${key}: ${value}`);
  },

  /** How far the page can be scrolled sideways, in px. */
  sideways() {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return [];
    const edge = document.documentElement.clientWidth;
    const culprits = [...document.querySelectorAll("main *, header *, footer *")]
      .filter((e) => visible(e) && e.getBoundingClientRect().right > edge + 1 && !e.closest(".pp-diagram__box"))
      .map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
    return [`${wide} px too wide: ${culprits.slice(0, 3).join(", ")}`];
  },
};
