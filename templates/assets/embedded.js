// In a frame on somebody else's page: tells that page how high the path is, and nothing more. A
// path begins here at its first step, and as it begins, it leaves the page around alone.

const root = document.documentElement;

function tellHeight() {
  const height = Math.ceil(root.getBoundingClientRect().height);
  parent.postMessage({ palvelupolku: { height } }, "*");
}

/**
 * Return the link that was pressed.
 * @param {Event} event
 */
function pressed({ target }) {
  return target instanceof Element ? target.closest("a") : null;
}

/**
 * Let the way back be a link: the browser's history is that of the whole window.
 * @param {Event} event
 */
function keepBack(event) {
  if (pressed(event)?.matches("[data-pp-back]")) event.stopPropagation();
}

/**
 * Keep in the frame what has become a place on this page.
 * @param {Event} event
 */
function keepInside(event) {
  const link = pressed(event);
  if (link?.getAttribute("href")?.startsWith("#")) link.setAttribute("target", "_self");
}

/** Whether the reader has done something here, or has come here on a walk. */
const touched = /[#;]e=/.test(location.hash) || navigator.userActivation?.hasBeenActive;
const path = /** @type {HTMLElement | null} */ (document.querySelector(".pp-path"));
if (path && !touched) path.dataset.still = "yes";
if (path?.matches(":not(.pp-path--card)") && !location.hash) {
  history.replaceState(history.state, "", "#n=k");
}
for (const fold of document.querySelectorAll(".pp-diagram__fold")) {
  fold.toggleAttribute("open", matchMedia("(min-width: 641px)").matches);
}
addEventListener("click", keepBack, { capture: true });
addEventListener("click", keepInside);
addEventListener("message", ({ source, data }) => {
  if (source === parent && data === "palvelupolku") tellHeight();
});
new ResizeObserver(tellHeight).observe(root);
// Out of sight no size is observed, and the path has its first step in a task after the load.
addEventListener("load", () => setTimeout(() => setTimeout(tellHeight)));

export {};
