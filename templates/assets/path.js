// A path that one can walk: the address tells where one is, and the page follows the address.

import { Visits } from "./path-history.js";
import { ARROWS, move, turnPage } from "./path-keys.js";
import { behind, foldOthers, markList, nearFirst, say, showTrail } from "./path-looks.js";
import { fitChoices } from "./path-meeting.js";
import { bringToView, markPicture } from "./path-picture.js";
import { address, fit, format, goBack, goTo, NOWHERE, parse } from "./path-state.js";

/**
 * @typedef {import("./path-state.js").State} State
 * @typedef {import("./path-state.js").Step} Step
 * @typedef {import("./path-state.js").View} View
 */

class Path extends HTMLElement {
  /** @type {Step[]} */
  #path = [];
  /** @type {State} */
  #state = NOWHERE;
  /** @type {Record<string, string>} */
  #words = {};
  #visits = new Visits();
  /** What the list and the picture show. */
  #marked = NOWHERE;
  /** The node one came from in the picture, for the way up. */
  #from = "";
  #title = document.title;
  /** @type {View} The view in which a meeting was begun, and to which one comes back from it. */
  #entered = "walk";

  connectedCallback() {
    this.#words = JSON.parse(this.#one("[data-pp-words]")?.textContent ?? "{}");
    this.#path = this.#all("[data-step]").map(read);
    this.#addTools();
    addEventListener("hashchange", () => this.#follow());
    addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("resize", () => this.#fit());
    document.addEventListener("fullscreenchange", () => this.#buttons());
    document.addEventListener("click", (event) => this.#onJump(event));
    for (const touch of ["focusin", "pointerover", "click"]) {
      this.addEventListener(touch, (event) => this.#aim(event), { capture: true });
    }
    this.addEventListener("click", (event) => this.#onClick(event));
    this.#one(".pp-diagram__fold")?.addEventListener("toggle", () => this.#looks());
    this.addEventListener("change", (event) => this.#onRole(event));
    this.#state = this.#fitted(parse(location.hash)).state;
    this.#showView();
    // Focus that moves while the page loads is lost again in some browsers.
    const begin = () => setTimeout(() => this.#begin());
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true });
  }

  /**
   * Show where the address leads. Our tools have moved what stands below them since its jump.
   * In somebody else's page a path that nobody has touched begins still.
   */
  #begin() {
    this.#follow(this.dataset.still ? this.#state : NOWHERE);
    const { role, step } = this.#state;
    if (role) this.#one(".pp-roles")?.setAttribute("open", "");
    const told = this.#one("[role=status]")?.textContent;
    if (!step) document.getElementById(told ? "vaiheet" : location.hash.slice(1))?.scrollIntoView();
  }

  /** Put the page's own controls in place: without a script there are none that do nothing. */
  #addTools() {
    for (const part of this.#all("template[data-pp-part]")) {
      part.replaceWith(/** @type {HTMLTemplateElement} */ (part).content.cloneNode(true));
    }
    this.#one("[data-do=full]")?.toggleAttribute("hidden", !document.fullscreenEnabled);
    this.#one("[data-do=copy]")?.toggleAttribute("hidden", !navigator.clipboard);
  }

  /** @param {State} state */
  #fitted(state) {
    const roles = this.#all("input[name=pp-role]");
    return fit(
      state,
      this.#path,
      roles.map((role) => role.getAttribute("value") ?? ""),
    );
  }

  /** Read the address and show what it says; a new place's name is heard first. */
  #follow(before = this.#state) {
    const { state, changed } = this.#fitted(parse(location.hash));
    this.#state = state;
    this.#visits.note();
    this.#looks();
    this.#tell(...this.#shown());
    if (before.view !== state.view) this.#onView(before.view);
    if (changed) this.#tell(changed);
    if (state.step && (before.step !== state.step || before.exit !== state.exit)) {
      this.#arrive();
    }
  }

  /** Let the name of where one is be heard, and what one does there fill the screen. */
  #arrive() {
    const { step, exit, view } = this.#state;
    const name = exit ? ".pp-end h3" : "[data-place=here] h3";
    this.#one(name)?.focus({ preventScroll: true });
    (view === "list" ? this.#step(step) : this.#one("[data-pp-progress]"))?.scrollIntoView();
  }

  #fit() {
    const { step, view } = this.#state;
    fitChoices(this, this.#step(step), view === "meeting", this.#words);
  }

  #showView() {
    document.documentElement.dataset.ppView = this.#state.view;
    this.dataset.view = this.#state.view;
  }

  #looks() {
    const state = this.#state;
    this.#showView();
    const walked = state.past.length > 0 || state.before.length > 0 || state.exit !== "";
    this.toggleAttribute("data-walked", walked && state.step !== "");
    this.toggleAttribute("data-before", state.before.length > 0);
    this.toggleAttribute("data-ended", state.exit !== "");
    nearFirst(this, state);
    const marked = this.#marked;
    this.#marked = state;
    markList(this, marked, state, this.#words);
    const filtered = state.role !== "" && state.view === "list";
    const list = this.#one(".pp-steps__list");
    const shown = (/** @type {HTMLElement} */ step) =>
      this.#mine(step) || step.dataset.step === state.step;
    if (list) foldOthers(list, shown, filtered, this.#words);
    this.#links();
    this.#buttons();
    this.#trail();
    const end = state.exit ? this.#made?.dataset.title : "";
    const title = end || this.#step(state.step)?.dataset.title;
    // What measures the page comes last, so that it is laid out but once.
    const picture = /** @type {SVGElement | null} */ (this.querySelector(".pp-diagram__svg"));
    if (picture) {
      this.#rove(state.step || (this.#one("a[data-node]")?.dataset.node ?? ""));
      markPicture(picture, marked, state, this.#words, (id) => this.#mine(this.#step(id)));
      bringToView(picture, this.#node(state.step));
    }
    this.#fit();
    requestAnimationFrame(() => setTimeout(() => this.#paper()));
    const named = !title || title === this.dataset.name;
    document.title = named ? this.#title : `${title} – ${this.#title}`;
  }

  /**
   * Give a link, before it is used, the address of the place it leads to with what has been walked.
   * @param {Event} event
   */
  #aim({ target }) {
    const found = target instanceof Element ? target.closest("a[data-to],a[data-node]") : null;
    if (!found) return;
    const link = /** @type {HTMLElement} */ (found);
    const state = this.#state;
    const { to = "", node = "", from = state.step } = link.dataset;
    link.dataset.plain ??= link.getAttribute("href") ?? "";
    const { plain } = link.dataset;
    const aimed = address(state, from, to || node, this.#path, this.#service, plain);
    link.setAttribute("href", aimed);
  }

  /** Give the links that stand beside the path the addresses of where one is. */
  #links() {
    const state = this.#state;
    const back = goBack(state, this.#service);
    for (const link of this.#all("[data-pp-back]")) {
      link.toggleAttribute("hidden", back === null);
      if (back) link.setAttribute("href", this.#page(back.service) + format(back.state));
    }
    const { view, role } = state;
    const [first] = state.before;
    const step = first?.steps[0] ?? this.#path[0]?.id ?? "";
    const start = format({ ...NOWHERE, view, role, step });
    const whole = this.#page(first?.service ?? this.#service) + start;
    for (const link of this.#all("[data-pp-start]")) link.setAttribute("href", whole);
    for (const link of document.querySelectorAll("a[data-pp-version],a[data-pp-begin]")) {
      const begin = link.hasAttribute("data-pp-begin");
      /** @type {HTMLAnchorElement} */ (link).hash = begin ? "n=k" : format(state);
    }
  }

  #buttons() {
    const full = document.fullscreenElement !== null;
    for (const button of this.#all("button[data-do]")) {
      const act = button.dataset.do;
      if (act === "full") button.setAttribute("aria-pressed", String(full));
      button.dataset.begin ??= button.textContent ?? "";
      const { begin, end } = button.dataset;
      if (end) button.textContent = (act === this.#state.view ? end : begin) ?? "";
    }
    const role = `input[name=pp-role][value="${this.#state.role}"]`;
    for (const radio of this.#all(role)) /** @type {HTMLInputElement} */ (radio).checked = true;
  }

  /** Tell in words how far one has come, and show the steps walked, earlier services included. */
  #trail() {
    const { past, before, step, exit } = this.#state;
    const earlier = before.reduce((sum, { steps }) => sum + steps.length, 0);
    const all = earlier + past.length + (exit ? 1 : 0);
    const ahead = exit ? "" : (this.#step(step)?.dataset.ahead ?? "");
    const first = step === this.#path[0]?.id && ahead !== "";
    const told = `${behind(all, first, this.#words)} ${ahead}`.trim();
    this.#one("[data-pp-progress]")?.replaceChildren(told);
    for (const part of this.#all("[data-pp-end]")) {
      part.textContent = this.#made?.dataset[part.dataset.ppEnd ?? ""] || "";
    }
    const ask = exit ? this.#one("[data-place=here] .pp-now__ask") : null;
    this.#one("[data-pp-ask]")?.replaceChildren(...(ask?.cloneNode(true).childNodes ?? []));
    const list = this.#one("[data-pp-trail]");
    if (list) {
      const { name = "", root = "" } = this.dataset;
      const own = [...past, step].flatMap((id) => this.#step(id)?.dataset.title ?? []);
      const named = before.length === 0 || own[0] === name;
      void showTrail(list, before, named ? own : [`${name}:`, ...own], root);
    }
  }

  /** What makes the code to scan is fetched after the page is there; it is needed on paper only. */
  async #paper() {
    const sheet = this.#one("[data-pp-sheet]");
    const drawn = await import("./path-paper.js").catch(() => null);
    if (sheet) drawn?.writeAddress(sheet, location.href);
  }

  /** @param {View} before */
  #onView(before) {
    const { view } = this.#state;
    if (view === "meeting") this.#tell("meetingOn");
    if (before !== "meeting") return;
    this.#tell("meetingOff");
    if (document.fullscreenElement) document.exitFullscreen();
    this.#one("[data-do=meeting]")?.focus();
  }

  /**
   * Let a link inside the page lead where it leads, and lose nothing of the walk.
   * @param {MouseEvent} event
   */
  #onJump(event) {
    const found = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const { step, view } = this.#state;
    if (!found || event.defaultPrevented || inNewTab(event) || (!step && view === "list")) return;
    if (found.matches("[data-to],[data-node],[data-pp-back],[data-pp-start]")) return;
    const id = found.getAttribute("href")?.slice(1) ?? "";
    const asked = parse(id).step;
    const place = document.getElementById(id);
    if (!place) return;
    event.preventDefault();
    if (this.#step(asked)) {
      location.hash = format(goTo(this.#state, asked, this.#path));
      return;
    }
    if (!place.matches("a,button,[tabindex]")) place.tabIndex = -1;
    place.focus();
    place.scrollIntoView();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = event.target instanceof Element ? event.target : null;
    const back = target?.closest("[data-pp-back]");
    if (back && !inNewTab(event) && this.#visits.back(back.getAttribute("href")))
      event.preventDefault();
    const act = target?.closest("button[data-do]")?.getAttribute("data-do");
    if (act === "walk") this.#show(this.#state.view === "walk" ? "list" : "walk");
    if (act === "meeting") this.#meet();
    if (act === "full" && document.fullscreenElement) document.exitFullscreen();
    else if (act === "full") document.documentElement.requestFullscreen().catch(() => {});
    if (act === "print") print();
    if (act === "copy") this.#copy();
    if (act === "clear") this.#clear();
  }

  /** @param {View} view */
  #show(view) {
    location.hash = format(this.#fitted({ ...this.#state, view }).state);
  }

  /** Begin a meeting, or come back from it to where one was: a walk goes on as a walk. */
  #meet() {
    const { view, before } = this.#state;
    if (view === "meeting") return this.#show(before.length ? "walk" : this.#entered);
    this.#entered = view;
    this.#show("meeting");
  }

  #copy() {
    navigator.clipboard.writeText(location.href).then(
      () => this.#tell("copied"),
      () => this.#tell("copyFailed"),
    );
  }

  /** Leave nothing of the walk in the address; the browser's own history is the reader's to clear. */
  #clear() {
    this.#visits.replace("#");
    this.#follow();
    this.#tell("cleared");
    this.#one(".pp-steps > h2")?.focus();
  }

  /** @param {Event} event */
  #onRole(event) {
    const choice = event.target;
    if (!(choice instanceof HTMLInputElement) || choice.name !== "pp-role") return;
    this.#state = { ...this.#state, role: choice.value };
    this.#visits.replace(format(this.#state));
    this.#looks();
    if (choice.value) this.#tell(...this.#shown());
    else this.#tell("shownAll");
  }

  /**
   * Say whose steps are shown and how many they are; nothing where all are.
   * @returns {[string, Record<string, string | number>]}
   */
  #shown() {
    const { role, view } = this.#state;
    if (!role || view !== "list") return ["", {}];
    const steps = this.#all("[data-step]");
    const n = steps.filter((step) => !step.hidden).length;
    const who = this.#one("input[name=pp-role]:checked")?.parentElement?.textContent?.trim() ?? "";
    const name = n === 1 ? "shown1" : "shownN";
    return [name, { who, n, all: steps.length }];
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : null;
    const node = /** @type {SVGAElement | null} */ (target?.closest("svg a[data-node]") ?? null);
    if (node && this.contains(node)) this.#onPictureKey(event, node.dataset.node ?? "");
    else if (this.#state.view === "meeting") this.#onMeetingKey(event);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} node
   */
  #onPictureKey(event, node) {
    if (event.key === "Escape") this.#one(".pp-steps > h2")?.focus();
    if (!ARROWS.has(event.key)) return;
    event.preventDefault();
    const nodes = this.#all("a[data-node]").map((card) => card.dataset.node ?? "");
    const next = move(event.key, node, this.#from, this.#path, nodes);
    if (next === null) return this.#tell(event.key);
    this.#from = node;
    this.#rove(next);
    this.#node(next)?.focus();
  }

  /** @param {KeyboardEvent} event */
  #onMeetingKey(event) {
    // Escape closes what lies on top first: an explanation, then the full screen.
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && !document.fullscreenElement) this.#meet();
    turnPage(this, event);
  }

  /**
   * Let one node of the picture take the Tab key.
   * @param {string} name
   */
  #rove(name) {
    for (const node of this.#all('a[data-node][tabindex="0"]')) node.setAttribute("tabindex", "-1");
    this.#node(name)?.setAttribute("tabindex", "0");
  }

  /**
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   */
  #tell(name, values) {
    const status = this.#one("[role=status]");
    if (!status) return;
    status.textContent = say(this.#words[name], values);
    // That a meeting has begun is seen anyway; its words need the room.
    status.toggleAttribute("data-quiet", name === "meetingOn");
  }

  /** The choice that led to the end one is at. */
  get #made() {
    const { step, exit } = this.#state;
    return this.#one(`a.pp-way[data-to="${CSS.escape(`${step}~outcome/${exit}`)}"]`);
  }

  /** @param {HTMLElement | null | undefined} step */
  #mine(step) {
    return step?.dataset.roles?.split(" ").includes(this.#state.role) ?? false;
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement | null}
   */
  #one(selector) {
    return this.querySelector(selector);
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement[]}
   */
  #all(selector) {
    return [...this.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));
  }

  /** @param {string} id */
  #step(id) {
    return id ? this.#one(`#vaihe-${CSS.escape(id)}`) : null;
  }

  /** @param {string} id */
  #node(id) {
    return this.#one(`a[data-node="${CSS.escape(id)}"]`);
  }

  get #service() {
    return this.dataset.service ?? "";
  }

  /** @param {string} service */
  #page(service) {
    const { root = "", suffix = "" } = this.dataset;
    return service === this.#service ? "" : `${root}${service}/${suffix}`;
  }
}

/**
 * Read a step and its choices from the list.
 * @param {HTMLElement} element
 * @returns {Step}
 */
function read(element) {
  const ways = [...element.querySelectorAll("a.pp-way")].map((found) => {
    const { to = "", kind = "" } = /** @type {HTMLElement} */ (found).dataset;
    return { to, kind };
  });
  const old = element.dataset.old?.split(" ") ?? [];
  return { id: element.dataset.step ?? "", old, ways };
}

/** @param {MouseEvent} event */
function inNewTab(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

customElements.define("pp-path", Path);
