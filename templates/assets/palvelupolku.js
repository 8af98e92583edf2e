// Small helps on top of pages that work without them: the picture opens where there is room, a map
// shows what a service leads to, a word of the glossary opens where it stands, and so does the
// search. All words come from the page.

/** A name in any case weighs most; a step's long text stands beside a word list's short one. */
const RANKING = { pageLength: 0.1, termFrequency: 0.6, metaWeights: { title: 0, names: 5 } };

const MOST_RESULTS = 12;

/** Open the picture where there is room for it; on a narrow screen it waits folded. */
function openPicture() {
  for (const fold of document.querySelectorAll(".pp-diagram__fold")) {
    fold.toggleAttribute("open", matchMedia("(min-width: 641px)").matches);
  }
}

/**
 * On a map, let the lines of the service one points at stand out from the rest.
 * @param {Event} event
 */
function showWays(event) {
  const node = event.target instanceof Element ? event.target.closest("[data-node]") : null;
  for (const map of document.querySelectorAll(".pp-diagram--map svg")) {
    const name = node && map.contains(node) ? node.getAttribute("data-node") : null;
    map.toggleAttribute("data-pointed", name !== null);
    for (const line of map.querySelectorAll("[data-from]")) {
      const { from, to } = /** @type {SVGElement} */ (line).dataset;
      line.toggleAttribute("data-near", from === name || to === name);
    }
  }
}

/**
 * Make the search usable: nothing of it is loaded before it is opened.
 * @param {HTMLButtonElement} button
 * @param {HTMLDialogElement} dialog
 */
function enableSearch(button, dialog) {
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector(".pp-search__results"));
  const status = /** @type {HTMLElement} */ (dialog.querySelector("[role=status]"));
  const base = new URL(dialog.dataset.ppBase ?? ".", location.href);
  /** @type {Promise<any> | undefined} */
  let engine;
  let latest = 0;

  function open() {
    dialog.showModal();
    input.focus();
    find();
  }

  async function load() {
    const loaded = await import(new URL("pagefind/pagefind.js", base).href);
    await loaded.options({ ranking: RANKING });
    await loaded.init();
    return loaded;
  }

  async function find() {
    const asked = ++latest;
    const words = input.value.trim();
    const { ppNone = "", ppSome = "", ppFailed = "" } = dialog.dataset;
    try {
      engine ??= load();
      const found = words ? (await (await engine).search(words)).results : [];
      const shown = found.slice(0, MOST_RESULTS).map((/** @type {any} */ r) => r.data());
      const results = await Promise.all(shown);
      if (asked !== latest) return;
      list.replaceChildren(...results.map(item));
      const count = String(found.length);
      status.textContent = !words ? "" : found.length ? ppSome.replace("{n}", count) : ppNone;
    } catch {
      engine = undefined;
      status.textContent = ppFailed;
    }
  }

  /** @param {{meta: {address: string, title?: string, place?: string}}} result */
  function item(result) {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(result.meta.address, base).href;
    for (const part of /** @type {const} */ (["title", "place"])) {
      const words = document.createElement("span");
      words.className = `pp-search__${part}`;
      words.textContent = result.meta[part] ?? "";
      link.append(words);
    }
    link.addEventListener("click", () => dialog.close());
    row.append(link);
    return row;
  }

  button.hidden = false;
  button.addEventListener("click", open);
  input.addEventListener("input", find);
  dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
}

/**
 * Open a word of the glossary where it stands. The link leads to the same place by itself.
 * @param {HTMLDialogElement} dialog
 */
function enableExplaining(dialog) {
  /** @type {Promise<Document> | undefined} */
  let glossary;

  /** @param {string} url */
  async function load(url) {
    const html = await (await fetch(url)).text();
    return new DOMParser().parseFromString(html, "text/html");
  }

  /** @param {HTMLAnchorElement} link */
  async function explain(link) {
    glossary ??= load(link.href);
    const page = await glossary;
    const entry = page.getElementById(link.hash.slice(1));
    const words = [entry?.querySelector("dt"), entry?.querySelector("dd")?.firstChild];
    for (const [index, place] of dialog.querySelectorAll("p").entries()) {
      place.textContent = /** @type {Node} */ (words[index]).textContent;
    }
    const whole = /** @type {HTMLAnchorElement} */ (dialog.querySelector("a"));
    whole.href = link.href;
    dialog.showModal();
  }

  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.pp-link--term") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    explain(link).catch(() => location.assign(link.href));
  });
  dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
}

const button = document.querySelector("[data-pp-search-open]");
const dialog = document.querySelector("[data-pp-search]");
if (button instanceof HTMLButtonElement && dialog instanceof HTMLDialogElement) {
  enableSearch(button, dialog);
}
const explaining = document.querySelector("[data-pp-explain]");
if (explaining instanceof HTMLDialogElement) enableExplaining(explaining);
openPicture();
// A page that has moved takes along where on it one was going.
for (const link of document.querySelectorAll("a[data-pp-moved]")) {
  /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
}
for (const kind of ["pointerover", "focusin"]) addEventListener(kind, showWays);
