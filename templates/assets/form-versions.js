// Days, and what is wrong with the versions of steps, of which each holds on its days. No page.

/** @param {any} text */
function isDay(text) {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/**
 * Return a day as files have it; what is no day stays.
 * @param {any} text “20.11.2026” or “2026-11-20”.
 */
function isoDay(text) {
  const [, day = "", month = "", year] =
    /^\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\s*$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

/**
 * @param {string} day
 * @param {number} count
 */
function shifted(day, count) {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Tell of steps of one id at one time, and of a time between two of them that has none.
 * @param {Dated[]} steps
 * @param {Tell} tell
 */
function versionFaults(steps, tell) {
  for (const id of new Set(steps.map((step) => step.id).filter(Boolean))) {
    const versions = steps.filter((step) => step.id === id);
    const ordered = versions.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
    /** @type {Dated | undefined} */
    let before; // that of all before a step which lasts the longest
    for (const step of ordered) {
      if (before && step.from <= before.to) {
        doubled(step, steps.indexOf(before), tell);
      } else if (before && step.from > shifted(before.to, 1)) {
        tell(`${step.at}.id`, "gap", `Vaiheelle ”${id}” jää aika ilman versiota.`);
      }
      before = !before || step.to >= before.to ? step : before;
    }
  }
}

/**
 * Tell of two changes to one version of a step: those to several versions are right.
 * @param {Dated[]} steps Those of an overlay.
 * @param {Tell} tell
 */
function changeFaults(steps, tell) {
  const versions = steps.map((step) => JSON.stringify([step.id, step.valid_from, step.valid_to]));
  for (const [number, step] of steps.entries()) {
    const first = versions.indexOf(versions[number] ?? "");
    if (step.id && first < number) {
      doubled(step, first, tell);
    }
  }
}

/**
 * @param {Dated} step
 * @param {number} first The place of the step that has the id already.
 * @param {Tell} tell
 */
function doubled(step, first, tell) {
  const message = `Tunnus ”${step.id}” on jo vaiheella ${first + 1}.`;
  tell(`${step.at}.id`, "duplicate-id", message);
}

// What the other scripts of the form use.
Object.assign(globalThis, { isDay, isoDay, shifted, versionFaults, changeFaults });
