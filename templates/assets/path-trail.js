// What lies behind: how much it is, in words, and the steps walked.

import { say } from "./path-looks.js";

/**
 * @typedef {import("./path-looks.js").Words} Words
 */

/**
 * Say how much lies behind.
 * @param {number} count
 * @param {boolean} first Whether one is at the first step; one may also have come from elsewhere.
 * @param {Words} words
 */
export function behind(count, first, words) {
  if (!count) return (first && words.behind0) || "";
  return say(count === 1 ? words.behind1 : words.behindN, { n: count });
}

/**
 * List the steps walked, those on the paths of earlier services first.
 *
 * The names of other services' steps are in one file for all, so that asking for it tells nothing.
 * @param {HTMLElement} list
 * @param {import("./path-state.js").Visit[]} before
 * @param {string[]} own
 * @param {string} root
 */
export async function showTrail(list, before, own, root) {
  const asked = JSON.stringify([before, own]);
  if (list.dataset.asked === asked) return;
  list.dataset.asked = asked;
  const names = before.length ? await stepNames(root) : {};
  if (list.dataset.asked !== asked) return;
  const earlier = before.flatMap(({ service, steps }) => {
    const found = Object.hasOwn(names, service) ? names[service] : undefined;
    const known = new Map(Object.entries(found?.steps ?? {}));
    const own = steps.flatMap((id) => known.get(id) ?? []);
    return found ? [own.length ? `${found.name}:` : found.name, ...own] : [];
  });
  list.replaceChildren(
    ...[...earlier, ...own].map((text) => {
      const row = document.createElement("li");
      row.textContent = text;
      return row;
    }),
  );
}

/**
 * @param {string} root
 * @returns {Promise<Record<string, {name: string, steps: Record<string, string>}>>}
 */
async function stepNames(root) {
  try {
    return await (await fetch(`${root}data/names.json`)).json();
  } catch {
    return {};
  }
}
